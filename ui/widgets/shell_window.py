"""The window itself: its look, its language and size, its cover, and the keys that change them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from caseworker_app import paths, settings
from caseworker_app.settings import TEXT_SIZES, Settings
from ui import theme
from ui.widgets.layout import stand_on
from ui.widgets.shell_cover import Coverable
from ui.widgets.shell_language import first_language, speak

SMALLEST = (480, 420)


class ShellWindow(QWidget):
    """Its title is the same at all times and names nobody.

    While it is `turned` to the participant it wears the look of their side of the table.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._settings = settings.load()
        self._turned = False
        self.setWindowTitle(paths.APP_NAME)
        stand_on(self, "surface")
        self._view = Coverable()
        QStackedLayout(self).addWidget(self._view)
        self._apply()
        self.resize(*self._settings.window)
        self.setMinimumSize(*SMALLEST)

    def use(self, new: Settings) -> None:
        """Go on with these settings, from now on and at the next start."""
        self._remember(new)
        self._apply()
        self.again()

    def again(self) -> None:
        """Draw what is in view anew, in the current look and language."""
        raise NotImplementedError

    def _apply(self) -> None:
        speak(self._app, first_language(self._settings))
        self._wear()

    def _wear(self) -> None:
        """Put on the look that is chosen, on this side of the table or the other."""
        look = theme.chosen(self._app, self._settings)
        theme.apply(self._app, look.turned() if self._turned else look)

    def _remember(self, new: Settings) -> None:
        """Remember the settings; a full disk keeps nobody from working with them."""
        self._settings = new
        with contextlib.suppress(OSError):
            settings.save(new)

    def _follow_system(self) -> None:
        theme.follow_system(self._app, self._on_system_look)

    def _on_system_look(self) -> None:
        if self._settings.theme == "system":
            self._apply()
            self.again()

    def _set_keys(self, acts: dict[str, Callable[[], object]]) -> None:
        """Keys that always act, and those that make the text larger or smaller."""
        sizes: dict[str, Callable[[], object]] = {
            "Ctrl++": lambda: self._resize_text(1),
            "Ctrl+=": lambda: self._resize_text(1),
            "Ctrl+-": lambda: self._resize_text(-1),
            "Ctrl+0": lambda: self._resize_text(0),
        }
        for keys, act in (acts | sizes).items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _resize_text(self, by: int) -> None:
        place = TEXT_SIZES.index(self._settings.text_size) + by if by else 0
        if 0 <= place < len(TEXT_SIZES) and TEXT_SIZES[place] != self._settings.text_size:
            self.use(replace(self._settings, text_size=TEXT_SIZES[place]))
