"""Draws every widget of the screen into pictures to be looked at.

`python tools/gallery.py OUT [de|nl|en]`: each theme at 100 %, the light one also at 150 and 200 %.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.talk import Missing
from caseworker_app.errors import DiskFull
from tools.gallery_pages import controls, rail, things, words
from ui import dialogs, theme
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.choices import NoAnswer
from ui.widgets.drawings import Scene, Tile
from ui.widgets.focus_ring import FocusRing
from ui.widgets.layout import Item, ScrollPage, column, row, stand_on
from ui.widgets.passwords import PasswordField
from ui.widgets.rating import RatingScale
from ui.widgets.text import IconText, Text, h1, lead
from ui.widgets.toast import Toast

DOUBLE = 2.0
LOOKS = (
    theme.Theme("light"),
    theme.Theme("dark"),
    theme.Theme("contrast"),
    theme.Theme("light", 1.5),
    theme.Theme("light", 2.0),
    theme.Theme("contrast", 2.0),
)


def page(items: Callable[[], list[Item]], width: int) -> QWidget:
    """One family of widgets on a page."""
    holder = QWidget()
    stand_on(holder, "surface")
    holder.setLayout(column(*items(), gap=14, margins=(32, 28, 32, 28)))
    layout = holder.layout()
    assert isinstance(layout, QVBoxLayout)
    holder.resize(width, 100)
    holder.show()
    QApplication.processEvents()
    holder.resize(width, max(layout.heightForWidth(width), layout.minimumSize().height()))
    return holder


def draw(app: QApplication, look: theme.Theme, folder: Path) -> None:
    """All pictures of one look."""
    theme.apply(app, look)
    ring = FocusRing(app)
    size = round(look.scale * 100)
    for name, items in (("controls", controls), ("words", words), ("things", things)):
        shown = page(items, round(640 * max(1.0, look.scale)) if look.scale < DOUBLE else 1080)
        _save(shown, folder / f"{name}_{look.name}_{size}.png")
    whole = QWidget()
    stand_on(whole, "canvas")
    welcome = ScrollPage(max_width=480)
    field = PasswordField("Passwort")
    opened = button("Öffnen", "primary", icon="lock-open", big=True)
    welcome.add(
        None,
        h1("Guten Morgen."),
        lead("Ihr Passwort öffnet die Akten auf diesem Laptop."),
        field,
        opened,
        None,
    )
    layout = row(rail(compact=look.scale > 1), Scene(), welcome, gap=0)
    layout.setStretch(1, 4)
    layout.setStretch(2, 6)
    whole.setLayout(layout)
    whole.resize(1280, 800)
    toast = Toast(welcome)
    whole.show()
    whole.activateWindow()
    toast.say("Schritt entfernt.", lambda: None)
    toast._slide.stop()  # noqa: SLF001
    toast._place()  # noqa: SLF001
    field.control.setFocus()
    opened.setFocus(Qt.FocusReason.TabFocusReason)
    ring._by_keyboard = True  # noqa: SLF001
    QApplication.processEvents()
    ring._follow(None, opened)  # noqa: SLF001
    _save(whole, folder / f"window_{look.name}_{size}.png")
    _save(dialogs.show_problem(None, DiskFull()), folder / f"sheet_{look.name}_{size}.png")


def turned(app: QApplication, look: theme.Theme, folder: Path) -> None:
    """The participant's side."""
    theme.apply(app, look.turned())
    sheet = ScrollPage(max_width=1000, ground="turned")
    scale = RatingScale(
        "Tevredenheid", "helemaal niet", "heel erg", last=3, last_when="vorige keer", big=True
    )
    scale.set_value(6)
    sheet.add(
        row(
            Tile(pictogram="L04_work", size=70, tone="plain"),
            Text("Werk en wat ik doe", "tbody", colour="text_2"),
            None,
            gap=16,
        ),
        Text("Hoe tevreden bent u met wat u nu doet?", "tq"),
        scale,
        Card(
            row(
                IconText("quote", "Op dinsdag schenk ik koffie.", "tbody", icon_colour="person"),
                button("Anders zeggen", "person_tint", icon="pen-line"),
            )
        ),
        None,
    )
    none = NoAnswer(turned=True)
    none.choose(Missing.NOT_SAID)
    sheet.add(
        none,
        row(
            button("Vorige", icon="arrow-left", big=True),
            None,
            button("Volgende", "person", trailing="arrow-right", big=True),
        ),
    )
    sheet.resize(1280, 800)
    sheet.show()
    QApplication.processEvents()
    _save(sheet, folder / f"turned_{look.name}_{round(look.scale * 100)}.png")


def _save(shown: QWidget, file: Path) -> None:
    QApplication.processEvents()
    shown.grab().save(str(file))
    print(file.name, shown.width(), shown.height())
    shown.close()
    shown.deleteLater()
    QApplication.processEvents()


def main() -> None:
    """Draw everything."""
    folder = Path(sys.argv[1] if sys.argv[1:] else "build/gallery")
    folder.mkdir(parents=True, exist_ok=True)
    i18n.use(sys.argv[2] if sys.argv[2:] else "en")
    app = theme.application()
    for look in LOOKS:
        draw(app, look, folder)
    for look in LOOKS[:3]:
        turned(app, look, folder)


if __name__ == "__main__":
    main()
