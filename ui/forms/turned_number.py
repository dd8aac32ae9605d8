"""A number on the participant's side: typed, or counted up and down with a finger."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.guide import Question
from ui import theme
from ui.forms.typing_pause import TypingPause
from ui.widgets.buttons import icon_button
from ui.widgets.layout import column, row
from ui.widgets.text import IconText

WIDTH = 190
NUMBER = QRegularExpression(r"-?\p{Nd}{0,12}([.,٫]\p{Nd}{0,6})?")


class BigNumber(QWidget):
    """`given` carries the number as text, once it is one and lies within its bounds."""

    given = Signal(str)

    def __init__(self, tongue: Tongue, question: Question, name: str) -> None:
        super().__init__()
        self._tongue, self._told = tongue, ""
        self._least, self._most = question.least, question.most
        self._step = question.step or 1.0
        self._edit = _Counted(self._count)
        self._edit.setAccessibleName(name)
        self._problem = IconText(
            "circle-alert", "", "tbody", colour="danger_ink", icon_colour="danger"
        )
        self._problem.hide()
        self._pause = TypingPause(self)
        self._pause.over.connect(self.flush)
        self._edit.textEdited.connect(lambda _words: self._pause.begin())
        self._edit.editingFinished.connect(self._check)
        less = icon_button(
            "minus", tongue.say("less"), kind="secondary", slot=lambda: self._count(-1)
        )
        more = icon_button(
            "plus", tongue.say("more"), kind="secondary", slot=lambda: self._count(1)
        )
        counted = row(less, self._edit, more, None, gap=10)
        self.setLayout(column(counted, self._problem, gap=10))
        self.setFocusProxy(self._edit)

    def show_value(self, value: str) -> None:
        """Show the number that is kept, without a signal. What is being typed stays."""
        if value != self._told:
            self._told = value
            self._edit.setText(value)
            self._problem.hide()

    def flush(self) -> None:
        """Say `given` now, if what stands there is another number than before, or none."""
        self._pause.stop()
        written = _plain(self._edit.text())
        if written != self._told and (not written or self._fits(written)):
            self._told = written
            self.given.emit(written)

    def _count(self, by: int) -> None:
        written = _plain(self._edit.text())
        start = self._least if self._least is not None else 0.0
        wanted = float(written) + by * self._step if _is_number(written) else start
        if self._least is not None:
            wanted = max(self._least, wanted)
        if self._most is not None:
            wanted = min(self._most, wanted)
        self._edit.setText(f"{round(wanted, 6):.12g}")
        self._problem.hide()
        self.flush()

    def _check(self) -> None:
        """On leaving: whatever is no number that fits is named, with one that does."""
        self.flush()
        written = _plain(self._edit.text())
        sentence = "" if not written or self._fits(written) else self._proposal()
        self._problem.set("circle-alert", sentence)
        self._problem.setVisible(bool(sentence))
        self._edit.setAccessibleDescription(sentence)

    def _proposal(self) -> str:
        least, most = self._least, self._most
        bounds = {"least": f"{least:.12g}" if least is not None else "",
                  "most": f"{most:.12g}" if most is not None else ""}  # fmt: skip
        if least is None and most is None:
            return self._tongue.say("number", example=12)
        if most is None:
            return self._tongue.say("number-from", **bounds)
        key = "number-up-to" if least is None else "number-between"
        return self._tongue.say(key, **bounds)

    def _fits(self, written: str) -> bool:
        if not _is_number(written):
            return False
        number = float(written)
        return (self._least is None or number >= self._least) and (
            self._most is None or number <= self._most
        )


class _Counted(QLineEdit):
    """A line that takes nothing but a number; Up and Down count."""

    def __init__(self, count: object) -> None:
        super().__init__()
        assert callable(count)
        self._count = count
        self.setFixedWidth(theme.current().px(WIDTH))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setValidator(QRegularExpressionValidator(NUMBER, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps:
            self._count(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _plain(written: str) -> str:
    """The number in the figures that are kept, whatever figures the keyboard writes."""
    figures = (str(unicodedata.digit(one)) if one.isdigit() else one for one in written.strip())
    return "".join(figures).replace(",", ".").replace("٫", ".").removesuffix(".")


def _is_number(written: str) -> bool:
    try:
        float(written)
    except ValueError:
        return False
    return True
