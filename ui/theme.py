"""How everything looks: colours, sizes, type and icons, in one value that widgets read when made.

`apply` makes a theme the current one. Widgets ask `current()` in their constructor; when the theme
or the text size changes, the main window builds its pages anew. Text, icons and controls grow with
the text size, whitespace grows by less (`Theme.space`).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QByteArray, QRectF, QResource, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from caseworker_app import paths
from caseworker_app.settings import Settings

FAMILY = "Hyperlegible Plain"
WidthClass = Literal["wide", "medium", "narrow"]
TURNED = "_turned"
TONES = ("accent", "person", "third", "ok", "warn", "danger")

_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "canvas",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Accent: "accent",
}


@lru_cache(maxsize=1)
def tokens() -> dict[str, dict[str, str]]:
    """The colours of every theme. A turned theme names only what differs from its upright one."""
    read = json.loads((paths.resources() / "theme" / "tokens.json").read_text("utf-8"))
    return {
        name: _with_edges({**read[name.removesuffix(TURNED)], **read[name]}, name) for name in read
    }


def _with_edges(colours: dict[str, str], name: str) -> dict[str, str]:
    """Tinted boxes have no outline; in high contrast each is outlined in its own colour."""
    contrast = name.startswith("contrast")
    edges = {f"{tone}_edge": colours[tone if contrast else f"{tone}_tint"] for tone in TONES}
    return {**colours, **edges, "edge": colours["line"] if contrast else "transparent"}


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: colours and a text size. `motion` is False when the coach wants less of it."""

    name: str = "light"
    scale: float = 1.0
    motion: bool = True

    def px(self, size: float) -> int:
        """The size of text, icons and controls at this text size."""
        return round(size * self.scale)

    def space(self, size: float) -> int:
        """The size of whitespace, which grows by less than the text."""
        return round(size * (1 + 0.4 * (self.scale - 1)))

    def hex(self, token: str) -> str:
        """The colour as it is written in a style sheet or an SVG."""
        return tokens()[self.name][token]

    def colour(self, token: str) -> QColor:
        """The colour of a token such as "accent"."""
        return QColor(self.hex(token))

    def font(self, size: float, weight: int = 400) -> QFont:
        """The font for widgets that paint their text themselves. `size` is before scaling."""
        font = QFont(_families())
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight(weight))
        return font

    @property
    def is_contrast(self) -> bool:
        """High contrast: tinted boxes need an outline, and the focus is always shown."""
        return self.name.startswith("contrast")

    @property
    def is_turned(self) -> bool:
        """The participant is looking: green paper, large type."""
        return self.name.endswith(TURNED)

    def turned(self) -> Theme:
        """The same look for the participant's side of the table."""
        return self if self.is_turned else replace(self, name=self.name + TURNED)

    def straight(self) -> Theme:
        """The same look for the coach's side of the table."""
        return replace(self, name=self.name.removesuffix(TURNED))

    def width_class(self, window_width: int) -> WidthClass:
        """How many columns fit: the width of the window, measured in text of this size."""
        width = window_width / self.scale
        if width >= 1100:
            return "wide"
        return "medium" if width >= 760 else "narrow"


def application() -> QApplication:
    """The program to Qt, drawn alike on every system.

    `QApplication.setStyle` would say it better, but hands back a QStyle, whose names take PySide6
    a tenth of the whole start.
    """
    QApplication.setApplicationName(paths.APP_NAME)
    return QApplication([*sys.argv[:1], "-style", "Fusion"])


_current: list[Theme] = []


def current() -> Theme:
    """The theme of the screen. RuntimeError before `apply`."""
    if not _current:
        raise RuntimeError("no theme yet: call theme.apply first")
    return _current[0]


def apply(app: QApplication, theme: Theme) -> None:
    """Make `theme` the look of the whole program, from now on."""
    _current[:] = [theme]
    app.setFont(theme.font(16))
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def chosen(app: QGuiApplication, settings: Settings) -> Theme:
    """The theme that the settings ask for; "system" follows the laptop's scheme and contrast."""
    name = settings.theme if settings.theme != "system" else _system_name(app)
    return Theme(name, settings.text_size / 100, motion=not settings.less_motion)


def follow_system(app: QGuiApplication, changed: Callable[[], None]) -> None:
    """Call `changed` whenever the laptop switches between light, dark and high contrast."""
    hints = app.styleHints()  # kept in a variable: its accessibility() dies with the wrapper
    hints.colorSchemeChanged.connect(lambda _scheme: changed())
    accessibility = hints.accessibility()
    accessibility.contrastPreferenceChanged.connect(lambda _contrast: changed())


def _system_name(app: QGuiApplication) -> str:
    hints = app.styleHints()
    accessibility = hints.accessibility()
    if accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


@lru_cache(maxsize=1)
def _families() -> list[str]:
    """All families that ship with the program, ours first. Registering them once is enough."""
    loaded: set[str] = set()
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        loaded.update(QFontDatabase.applicationFontFamilies(number))
    return [FAMILY, *sorted(name for name in loaded if not name.startswith(FAMILY))]


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, theme.colour(token))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text_3"))
    return palette


def style_sheet(theme: Theme) -> str:
    """The style sheet with its tokens, sizes and the place of the control glyphs filled in."""
    _register_controls(theme.name)
    sheet = (paths.resources() / "theme" / "theme.qss").read_text("utf-8")
    words = {
        **tokens()[theme.name],
        "controls": f":/controls/{theme.name}",
        "families": ", ".join(f'"{family}"' for family in _families()),
    }
    sized = re.sub(r"@(\d+)px", lambda found: f"{theme.px(int(found[1]))}px", sheet)
    return re.sub(r"\$(\w+)", lambda found: words[found[1]], sized)


# --- icons -------------------------------------------------------------------------------------


def icon(name: str, colour: str = "text", size: int = 20) -> QIcon:
    """A line icon from `resources/icons` in the colour of a token; `size` is before scaling."""
    return QIcon(pixmap(name, colour, size))


def pixmap(name: str, colour: str = "text", size: int = 20) -> QPixmap:
    """The same icon as a pixmap."""
    return _drawn("icons", name, current().hex(colour), current().px(size), _dpr())


def pictogram(name: str, colour: str = "text", size: int = 24) -> QPixmap:
    """The pictogram of a life domain, such as "L04_work". Always shown together with its word."""
    return _drawn("pictograms", name, current().hex(colour), current().px(size), _dpr())


def _dpr() -> float:
    screens = QGuiApplication.screens()
    return max((screen.devicePixelRatio() for screen in screens), default=1.0)


@lru_cache(maxsize=1024)
def _drawn(folder: str, name: str, colour: str, size: int, dpr: float) -> QPixmap:
    svg = _svg(paths.resources() / folder / f"{name}.svg").replace("currentColor", colour)
    if folder == "icons":
        svg = svg.replace('stroke-width="2"', 'stroke-width="1.9"')
    picture = QPixmap(round(size * dpr), round(size * dpr))
    picture.setDevicePixelRatio(dpr)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


@lru_cache(maxsize=256)
def _svg(file: Path) -> str:
    return file.read_text("utf-8")


# --- control glyphs ----------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _register_controls(name: str) -> bytes:
    """Hand Qt the tick, the radio dot and the arrows in this theme's colours.

    A style sheet takes pictures only by address, so they are packed into a Qt resource in memory:
    nothing is written to the disk. The cache keeps the bytes alive, as Qt asks.
    """
    words = tokens()[name]
    files = {
        file.name: re.sub(r"\$(\w+)", lambda found: words[found[1]], _svg(file)).encode()
        for file in sorted((paths.resources() / "theme" / "controls").glob("*.svg"))
    }
    packed = _packed(files)
    if not QResource.registerResourceData(packed, f"/controls/{name}"):
        raise RuntimeError("the control glyphs do not form a Qt resource")
    return packed


def _packed(files: dict[str, bytes]) -> bytes:
    """The files of one folder in Qt's binary resource format, version 1, uncompressed."""
    names = data = b""
    nodes = [(0).to_bytes(4, "big") + b"\0\2" + len(files).to_bytes(4, "big") + b"\0\0\0\1"]
    for name in sorted(files, key=_name_hash):
        place = len(names).to_bytes(4, "big") + b"\0\0" + b"\0\0\0\1"
        nodes.append(place + len(data).to_bytes(4, "big"))
        names += len(name).to_bytes(2, "big") + _name_hash(name).to_bytes(4, "big")
        names += name.encode("utf-16-be")
        data += len(files[name]).to_bytes(4, "big") + files[name]
    tree = b"".join(nodes)
    starts = (1, 20, 20 + len(tree), 20 + len(tree) + len(data))
    return b"qres" + b"".join(start.to_bytes(4, "big") for start in starts) + tree + data + names


def _name_hash(name: str) -> int:
    result = 0
    for letter in name:
        result = (result << 4) + ord(letter)
        result ^= (result & 0xF0000000) >> 23
        result &= 0x0FFFFFFF
    return result
