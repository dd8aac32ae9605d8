"""The short number that leads back to the coach's side: large keys, and any keyboard.

In the coach's words, but for the way to stay: that is for whoever touched the button by mistake.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QSizePolicy, QWidget

from caseworker_app.i18n import _, ngettext
from ui import theme
from ui.forms.unlocking import delay_after
from ui.widgets.buttons import button, icon_button
from ui.widgets.drawings import Drawing, painter_on, picture
from ui.widgets.layout import ScrollPage, column, row
from ui.widgets.text import IconText, Text
from ui.widgets.toast import announce

LEAST, MOST = 4, 8
DOT = 16
KEY = 62
SECOND = 1000  # milliseconds
PAD_WIDTH = 460


B = TypeVar("B", bound=QAbstractButton)


class _Typed(Drawing):
    """A dot for each digit, and an empty one for each that is still needed."""

    def __init__(self) -> None:
        super().__init__(MOST * (DOT + DOT), 2 * DOT)
        self._count = 0

    def show_count(self, count: int) -> None:
        """So many digits were typed."""
        self._count = count
        self.setAccessibleName(ngettext("{count} digit", "{count} digits", count))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        painter.setPen(QPen(look.colour("person"), look.px(2)))
        for place in range(max(LEAST, self._count)):
            painter.setBrush(look.colour("person" if place < self._count else "surface"))
            middle = QPointF(look.px(DOT) * (2 * place + 1), self.height() / 2)
            painter.drawEllipse(middle, look.px(DOT) * 0.5, look.px(DOT) * 0.5)


class PinPad(QWidget):
    """`entered` carries the digits; `forgotten` locks; `stayed` goes back to the question."""

    entered = Signal(str)
    forgotten = Signal()
    stayed = Signal()

    def __init__(self, stay: str) -> None:
        super().__init__()
        self._digits, self._seconds, self._busy = "", 0, False
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND)
        self._timer.timeout.connect(self._on_second)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("The coach’s PIN"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._shown = _Typed()
        self._problem = IconText(
            "circle-alert", "", "body", colour="danger_ink", icon_colour="danger"
        )
        self._go = button(_("Back to my side"), "primary", big=True, slot=self._enter)
        title = row(
            picture("lock", colour="person", size=26), Text(_("The coach’s PIN"), "h1"), gap=12
        )
        links = row(
            button(stay, "secondary", slot=self.stayed.emit),
            None,
            button(_("PIN forgotten"), "quiet", slot=self.forgotten.emit),
        )
        body = column(title, gap=14)
        body.addWidget(Text(_("Four to eight digits, as you chose them."), colour="text_2"))
        for item in (self._shown, self._problem):
            body.addWidget(item)
        body.addLayout(self._make_keys())
        body.addWidget(self._go)
        body.addLayout(links)
        sheet = ScrollPage(max_width=PAD_WIDTH, margin=28, ground="turned", centred=True)
        sheet.add(None, body, None)
        self.setLayout(column(sheet))
        self._show()

    def focus(self) -> None:
        """Let the keyboard type digits."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, failures: int) -> None:
        """It was a wrong one; the next try waits a little longer each time."""
        self._busy, self._digits = False, ""
        self._seconds = delay_after(failures)
        self._timer.start()
        self._show()
        announce(self, self._problem.text())

    @property
    def waits(self) -> int:
        """So many seconds no number is taken."""
        return self._seconds

    def set_busy(self, *, busy: bool) -> None:
        """Take nothing while the PIN is looked at."""
        self._busy = busy
        self._show()

    def tell(self, sentence: str) -> None:
        """Something else is wrong."""
        self._busy, self._digits = False, ""
        self._show()
        self._problem.set("circle-alert", sentence)
        self._problem.show()

    def _make_keys(self) -> QGridLayout:
        keys = QGridLayout()
        keys.setSpacing(theme.current().space(10))
        for place in range(3):
            keys.setColumnStretch(place, 1)
            keys.setColumnMinimumWidth(place, theme.current().px(96))
        for digit in range(10):
            line, place = ((digit - 1) // 3, (digit - 1) % 3) if digit else (3, 1)
            keys.addWidget(self._key(str(digit)), line, place)
        name = _("Take the last digit back")
        erase = icon_button("eraser", name, kind="secondary", slot=self._erase)
        keys.addWidget(_large(erase), 3, 2)
        return keys

    def _key(self, digit: str) -> QPushButton:
        made = button(digit, big=True, slot=lambda: self._type(digit))
        made.setAutoDefault(False)  # Enter means the whole number, wherever the keyboard is
        return _large(made)

    def _type(self, digit: str) -> None:
        if not self._busy and len(self._digits) < MOST:
            self._digits += digit
            self._show()

    def _erase(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _enter(self) -> None:
        if len(self._digits) >= LEAST and not (self._busy or self._seconds):
            self.entered.emit(self._digits)

    def _on_second(self) -> None:
        self._seconds -= 1
        if self._seconds <= 0:
            self._timer.stop()
        self._show()

    def _show(self) -> None:
        """Only how many digits there are is ever to be seen, or heard."""
        count = len(self._digits)
        self._shown.show_count(count)
        sentence = ""
        if self._seconds > 0:
            sentence = (
                _("That was not the right PIN.")
                + " "
                + ngettext(
                    "The next try is possible in {count} second.",
                    "The next try is possible in {count} seconds.",
                    self._seconds,
                )
            )
        self._problem.set("circle-alert", sentence)
        self._problem.setVisible(bool(sentence))
        self._go.setEnabled(count >= LEAST and not (self._busy or self._seconds))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter and Esc; nothing else leads anywhere from here."""
        if event.text() and event.text() in "0123456789":
            self._type(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._erase()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.stayed.emit()


def _large(made: B) -> B:
    """As large as a finger wants it."""
    made.setFixedHeight(theme.current().px(KEY) + 2)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
