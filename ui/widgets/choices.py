"""One of a few: segments beside each other, boxed radio buttons, and the kinds of no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QPushButton,
    QRadioButton,
)

from caseworker_app.domain.picture_words import missing_words
from caseworker_app.domain.talk import Missing
from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.buttons import with_gap
from ui.widgets.layout import EvenLayout, FlowLayout, let_tab_stop_at
from ui.widgets.tips import set_tip

NARROWEST_SEGMENT, SEGMENT_PADDING = 60, 30
SEGMENTS_INSET = 3

OptionTone = Literal["plain", "person", "accent", "third"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: its value, its words, and the voice it belongs to."""

    value: object
    words: str
    icon: str = ""
    tone: OptionTone = "plain"


class Choice(QFrame):
    """What all choices share. `chosen` carries the new value, and comes only from the person."""

    chosen = Signal(object)

    def __init__(self, name: str, *, optional: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._optional = optional
        self._value: object = None
        self._buttons: dict[object, QAbstractButton] = {}

    def value(self) -> object:
        """What is chosen, or None."""
        return self._value

    def choose(self, value: object) -> None:
        """Show a value as chosen, or none, without a signal."""
        self._value = value
        for one, made in self._buttons.items():
            if made.isChecked() and one != value:
                made.setAutoExclusive(False)
                made.setChecked(False)
                made.setAutoExclusive(True)
        if value in self._buttons:
            self._buttons[value].setChecked(True)
        let_tab_stop_at(self._buttons.get(value), self._buttons.values())

    def set_words(self, value: object, words: str) -> None:
        """Show other words for one of the options."""
        self._buttons[value].setText(words.replace("&", "&&"))
        self._buttons[value].setAccessibleName(words)

    def _take(self, option: Option, made: QAbstractButton) -> None:
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setProperty("tone", option.tone)
        made.clicked.connect(lambda _checked=False: self._on_clicked(option.value))
        made.installEventFilter(self)
        self._buttons[option.value] = made
        self.set_words(option.value, option.words)

    def _on_clicked(self, value: object) -> None:
        if value == self._value and not self._optional:
            return
        self.choose(None if value == self._value else value)
        self.chosen.emit(self._value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            self._optional
            and self._value is not None
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        ):
            self._on_clicked(self._value)
            return True
        return super().eventFilter(watched, event)


class Segmented(Choice):
    """Two to four options in one bar: whose voice, picture or table, yes, later or no.

    Where room is short and every option has an icon, only the chosen one shows its words.
    `optional`: a second click, or Backspace, takes it back.
    """

    def __init__(self, name: str, options: Sequence[Option], *, optional: bool = False) -> None:
        super().__init__(name, optional=optional)
        self.setObjectName("segments")
        self._words: dict[object, str] = {}
        self._has_icons = all(option.icon for option in options)
        self._needed = 0
        self._layout = EvenLayout(self)
        for option in options:
            made = QPushButton()
            made.setAutoDefault(False)
            if option.icon:
                icon = _segment_icon(option)
                made.setIcon(icon)
                made.setIconSize(icon.availableSizes()[0])
            self._take(option, made)
            self._layout.addWidget(made)
        self.choose(None)

    def choose(self, value: object) -> None:
        super().choose(value)
        if self._has_icons:
            self._shorten()

    def set_words(self, value: object, words: str) -> None:
        super().set_words(value, words)
        self._words[value] = self._buttons[value].text()
        self._needed = 0
        self._put(value, self._words[value])

    def minimumSizeHint(self) -> QSize:
        """As long as icons can stand for words, they decide how narrow it may become."""
        hint = super().minimumSizeHint()
        if self._has_icons:
            width = theme.current().px(NARROWEST_SEGMENT) * len(self._buttons)
            return QSize(width, theme.current().px(50))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._has_icons:
            self._shorten()

    def _shorten(self) -> None:
        if not self._needed:
            self._needed = sum(self._width_for(value) for value in self._buttons)
        margins = self.contentsMargins().left() + self.contentsMargins().right()
        short = 0 < self.width() - margins - 2 * SEGMENTS_INSET < self._needed
        for value, made in self._buttons.items():
            words = "" if short and value != self._value else self._words[value]
            if made.text() != words:
                self._put(value, words)
                set_tip(made, "" if words else made.accessibleName())
        self._layout.activate()

    def _put(self, value: object, words: str) -> None:
        made = self._buttons[value]
        made.setText(words)
        made.setMinimumWidth(self._width_for(value) if words else 0)

    def _width_for(self, value: object) -> int:
        """Room for the words when they are chosen: then they are written heavier."""
        look, made = theme.current(), self._buttons[value]
        words = QFontMetrics(look.font(16, 600)).horizontalAdvance(made.accessibleName())
        icon = made.iconSize().width() + look.space(4) if not made.icon().isNull() else 0
        return words + icon + look.px(SEGMENT_PADDING)


def _segment_icon(option: Option) -> QIcon:
    ink = "text" if option.tone == "plain" else f"{option.tone}_ink"
    icon = QIcon(with_gap(theme.pixmap(option.icon, "text_2", 18)))
    chosen = with_gap(theme.pixmap(option.icon, ink, 18))
    icon.addPixmap(chosen, QIcon.Mode.Normal, QIcon.State.On)
    return icon


class RadioRow(Choice):
    """Boxed radio buttons that wrap. `optional`: a second click, or Backspace, takes it back."""

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        optional: bool = False,
        big: bool = False,
    ) -> None:
        super().__init__(name, optional=optional)
        layout = FlowLayout(6 if not big else 10, self)
        for option in options:
            made = QRadioButton()
            made.setProperty("boxed", True)
            made.setProperty("big", big)
            self._take(option, made)
            layout.addWidget(made)
        self.choose(None)


class NoAnswer(RadioRow):
    """Why there is no answer. The participant is offered three of the four, in their own words."""

    def __init__(self, *, turned: bool = False) -> None:
        if turned:
            options = [
                Option(Missing.NOT_KNOWN, _("I do not know"), tone="person"),
                Option(Missing.NOT_SAID, _("I would rather not say"), tone="person"),
                Option(Missing.NOT_RELEVANT, _("That does not fit me"), tone="person"),
            ]
        else:
            options = [Option(reason, missing_words(reason, texts())) for reason in Missing]
        super().__init__(_("No answer, because"), options, optional=True, big=turned)
