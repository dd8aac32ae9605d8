"""One step of a goal: who does what, with whom, by when; done with one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caseworker_app.domain.goals import Step
from caseworker_app.i18n import _
from ui import theme
from ui.forms.name_field import NameField
from ui.forms.own_line import OwnLine
from ui.forms.quiet import make_quiet
from ui.forms.typing_pause import TypingPause
from ui.widgets.buttons import icon_button
from ui.widgets.dates import DateField
from ui.widgets.day_words import near_words
from ui.widgets.field import Field
from ui.widgets.layout import column, row
from ui.widgets.round_check import RoundCheck
from ui.widgets.text import Text, cap

ANY_WIDTH = 16777215
TEXT_FROM = 10
Widths = tuple[int, ...]
TABLE_FROM = 760
ROOMY_FROM = 960
TABLE: Widths = (40, 0, 150, 184, 154, 40)
ROOMY: Widths = (40, 0, 190, 194, 160, 40)
LINES: Widths = (40, 0, 0, 40, 0, 0)


@dataclass(frozen=True, slots=True)
class Around:
    """Who may take a step: the participant, the coach, the people around; and who helps."""

    participant: str
    coach: str
    others: tuple[str, ...]

    @property
    def who(self) -> tuple[str, ...]:
        """Everybody, the participant first."""
        return (self.participant, self.coach, *self.others)


def is_table(width: int) -> bool:
    """Whether a step fits in one row of a table, or needs several lines."""
    return _widths(width) != LINES


class StepHead(QWidget):
    """The words over the columns of the table."""

    def __init__(self) -> None:
        super().__init__()
        grid = _grid()
        look = theme.current()
        for place, words in enumerate(
            ("", _("Step"), _("Who"), _("With help from"), _("By when"), "")
        ):
            label = row(cap(words))
            label.setContentsMargins(look.px(TEXT_FROM), 0, 0, look.space(2))
            grid.addLayout(label, 0, place)
        self._grid = grid
        self.setLayout(grid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand over the columns of the rows."""
        _set_columns(self._grid, _widths(event.size().width()))
        super().resizeEvent(event)


class StepRow(QWidget):
    """`changed` half a second after typing and on leaving; `seen` is what was kept last."""

    changed = Signal()
    checked = Signal(bool)
    removed = Signal()

    def __init__(self, step: Step, around: Around, today: date) -> None:
        super().__init__()
        self.seen = step
        self._today = today
        self._pause = TypingPause(self)
        self._pause.over.connect(self._on_pause)
        self.check = RoundCheck(step.what, done=step.done_on is not None)
        self.check.clicked.connect(self.checked)
        self.what = OwnLine(
            _("Step"),
            step.what,
            placeholder=_("What will be done?"),
            muted=step.done_on is not None,
        )
        self.who = NameField(_("Who"), around.who, placeholder=_("Who?"), quiet=True)
        self.with_whom = NameField(
            _("With help from"), (_("alone"), *around.who), placeholder=_("With whom?"), quiet=True
        )
        self.due = DateField(_("By when"), today)
        self._prepare()
        self._remove = icon_button("x", _("Remove this step"), colour="text_3")
        self._remove.clicked.connect(lambda _checked=False: self.removed.emit())
        self._when = Text("", "meta")
        when = row(self._when)
        when.setContentsMargins(theme.current().px(TEXT_FROM), 0, 0, theme.current().px(4))
        self._due_column = QWidget()
        self._due_column.setLayout(column(self.due, when, gap=0))
        self._grid = _grid()
        self.setLayout(self._grid)
        self._widths: Widths = ()
        self._arrange(TABLE)
        self._show_when()

    def _prepare(self) -> None:
        make_quiet(self.due.control)
        self.due.control.setPlaceholderText(_("By when?"))
        self.who.set_value(self.seen.who)
        self.with_whom.set_value(self.seen.with_whom)
        self.due.set_value(self.seen.due)
        for control in (self.what, self.who, self.with_whom, self.due):
            control.changed.connect(self._pause.begin)
            control.left.connect(self._on_left)

    def value(self) -> Step:
        """The step as it stands here. A day that cannot be read leaves the one kept before."""
        due = self.due.value()
        if due is None and self.due.control.text().strip():
            due = self.seen.due
        return replace(
            self.seen,
            what=self.what.words(),
            who=self.who.value(),
            with_whom=self.with_whom.value(),
            due=due,
        )

    def is_blank(self) -> bool:
        """Whether nothing was written here yet."""
        step = self.value()
        return not (step.what or step.who or step.with_whom or step.due or step.done_on)

    def _on_left(self) -> None:
        self._pause.stop()
        self._on_pause()

    def _on_pause(self) -> None:
        self.check.set_what(self.what.words())
        self._show_when()
        self.changed.emit()

    def _show_when(self) -> None:
        """The weekday of an open step, because somebody must act on it; or how near it is."""
        due = self.due.value()
        words = near_words(due, self._today) if due and self.seen.done_on is None else ""
        self._when.setText(words)
        self._when.setVisible(bool(words))
        if due:
            self._when.set_colour("warn_ink" if due <= self._today else "text_2")

    # --- one row or several lines --------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """As narrow as its widest part."""
        return QSize(theme.current().px(250), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        self._arrange(_widths(event.size().width()))
        super().resizeEvent(event)

    def _arrange(self, widths: Widths) -> None:
        if widths == self._widths:
            return
        self._widths = widths
        table = widths != LINES
        for field in (self.who, self.with_whom, self.due):
            _label_of(field).setVisible(not table)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(self.check, 0, 0, top)
        self._grid.addWidget(self.what, 0, 1, 1, 1 if table else 2, top)
        in_table, in_lines = [(0, 2), (0, 3), (0, 4), (0, 5)], [(1, 1), (1, 2), (2, 1), (0, 3)]
        places = in_table if table else in_lines
        parts: Sequence[QWidget] = (self.who, self.with_whom, self._due_column, self._remove)
        for part, (line, place) in zip(parts, places, strict=True):
            self._grid.addWidget(part, line, place, top)
        for part, width in zip(parts, widths[2:5], strict=False):
            part.setMaximumWidth(theme.current().px(width) if table else ANY_WIDTH)
        _set_columns(self._grid, widths)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.current().space(4))
    grid.setVerticalSpacing(theme.current().space(4))
    return grid


def _widths(width: int) -> Widths:
    """How wide the columns are where a step has this much room; 0 takes what is left."""
    look = theme.current()
    if width < look.px(TABLE_FROM):
        return LINES
    return ROOMY if width >= look.px(ROOMY_FROM) else TABLE


def _set_columns(grid: QGridLayout, widths: Widths) -> None:
    look = theme.current()
    stretches = (0, 1, 1, 0, 0, 0) if widths == LINES else (0, 1, 0, 0, 0, 0)
    for place, (width, stretch) in enumerate(zip(widths, stretches, strict=True)):
        grid.setColumnMinimumWidth(place, look.px(width))
        grid.setColumnStretch(place, stretch)


def _label_of(field: Field) -> QLabel:
    """The label of a field: in a table the head of the column says it already."""
    label = field.findChild(Text)
    assert label is not None
    return label
