"""What stands before the door: the scene, a short form beside it, the language above."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from caseworker_app import i18n
from caseworker_app.i18n import _
from ui import theme
from ui.widgets.drawings import Scene
from ui.widgets.layout import ScrollPage, clear, column, line, row
from ui.widgets.text import IconText

FORM_WIDTH = 480


class LanguageChip(QToolButton):
    """Says which language the screen speaks, and offers the others."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        current = i18n.texts().language
        self.setProperty("filter", True)
        self.setText(f" {i18n.NAMES[current]}")
        look = theme.current()
        self.setIcon(theme.icon("languages", "text_2", 16))
        self.setIconSize(QSize(look.px(16), look.px(16)))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setStyleSheet(
            f"QToolButton {{ min-height: {look.px(38)}px; border-radius: {look.px(19)}px; }}"
            "QToolButton::menu-indicator { image: none; width: 0; }"
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Language: {name}").format(name=i18n.NAMES[current]))
        menu = QMenu(self)
        for language in i18n.LANGUAGES:
            action = menu.addAction(i18n.NAMES[language])
            action.triggered.connect(lambda _on=False, to=language: self.picked.emit(to))
        self.setMenu(menu)


class Front(QWidget):
    """Holds one form at a time. The scene makes room where the window is narrow."""

    language_wanted = Signal(str)

    def __init__(self, note: str = "") -> None:
        """`note` stands at the foot; without one, that everything stays on this laptop."""
        super().__init__()
        self._scene = Scene()
        self._sheet = ScrollPage(max_width=FORM_WIDTH, margin=24, centred=True)
        self.chip = LanguageChip()
        self.chip.picked.connect(self.language_wanted)
        self._place = column(gap=0)
        usual = _("Everything stays encrypted on this laptop. You do not need the internet.")
        foot = IconText("laptop", note or usual, "meta")
        self._sheet.add(None, self._place, None, line(), foot)
        self._edge = QFrame()
        self._edge.setFixedWidth(1)
        self._edge.setStyleSheet(f"background: {theme.current().hex('line')};")
        top = row(None, self.chip, margins=(32, 24, 32, 0))
        layout = row(self._scene, self._edge, column(top, self._sheet, gap=0), gap=0)
        layout.setStretch(0, 42)
        layout.setStretch(2, 58)
        self.setLayout(layout)

    def show_form(self, form: QWidget) -> None:
        """Put this form in the place of the one before."""
        clear(self._place)
        self._place.addWidget(form)
        form.show()

    def show_widget(self, widget: QWidget) -> None:
        """Scroll so far that `widget` can be seen."""
        self._sheet.show_widget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window has room for the form alone."""
        super().resizeEvent(event)
        wide = theme.current().width_class(self.width()) != "narrow"
        self._scene.setVisible(wide)
        self._edge.setVisible(wide)
