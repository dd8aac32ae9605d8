"""What is taken along from the picture: the goals so far, and the ways on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.goals import MOST_GOALS, Goal
from caseworker_app.domain.life import BY_ID, WISHES_PICTOGRAM
from caseworker_app.domain.picture_words import domain_name
from caseworker_app.i18n import _, texts
from ui.widgets.boxes import Box
from ui.widgets.buttons import button, icon_button
from ui.widgets.drawings import picture
from ui.widgets.layout import clear, column, line, row
from ui.widgets.text import IconText, Text, cap, h3


class TakeAlong(QWidget):
    """The goals, each with its part of life. `removed` carries a goal."""

    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._count = cap("")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows = column(gap=6)
        head = row(h3(_("This is what we take along")), self._count, gap=12)
        self.setLayout(column(line(), head, self._rows, gap=12))

    def show_goals(self, goals: Sequence[Goal]) -> None:
        """Show the goals that are open; more than three are possible, and a lot."""
        words = _("{count} of at most {most}")
        self._count.setText(words.format(count=len(goals), most=MOST_GOALS))
        clear(self._rows)
        for goal in goals:
            self._rows.addWidget(self._drawn(goal))
        if not goals:
            self._rows.addWidget(Text(_("Nothing yet."), colour="text_2"))
        if len(goals) > MOST_GOALS:
            hint = _("One to three goals are enough to begin with. What can wait?")
            self._rows.addWidget(IconText("info", hint, "meta"))

    def _drawn(self, goal: Goal) -> QWidget:
        known = BY_ID.get(goal.domain)
        about = domain_name(goal.domain, texts()) if known else _("A goal without words yet")
        words = texts().quoted(goal.words) if goal.words else about
        pictogram = known.pictogram if known else WISHES_PICTOGRAM
        away = icon_button("x", _("Take out: {goal}").format(goal=goal.words or about))
        away.clicked.connect(lambda _checked=False: self.removed.emit(goal))
        drawn = row(picture(pictogram=pictogram, size=22), Text(words), away, gap=12)
        drawn.setContentsMargins(14, 4, 4, 4)
        drawn.setStretch(1, 1)
        box = Box("surface", "line", radius=9)
        box.setLayout(drawn)
        return box


class SummaryFoot(QWidget):
    """Two ways on: to look at it together, and to the goals."""

    turn_wanted = Signal()
    goals_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        together = button(_("Look at it together"), "person", icon="rotate-cw", big=True)
        together.clicked.connect(lambda _checked=False: self.turn_wanted.emit())
        on = button(_("Go on to the goals"), trailing="arrow-right", big=True)
        on.clicked.connect(lambda _checked=False: self.goals_wanted.emit())
        inner = column(together, on, gap=10, margins=(28, 2, 28, 22))
        self.setLayout(column(line(), inner, gap=12))
