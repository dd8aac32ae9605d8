"""A goal in own words, how it will be noticed, how sure somebody is, and the steps to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QGridLayout, QToolButton, QWidget

from caseworker_app.domain.case_view import GoalCard
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.life import BY_ID, LIFE_DOMAINS, WISHES_PICTOGRAM
from caseworker_app.i18n import _, translated
from ui import theme
from ui.forms.own_line import OwnLine
from ui.forms.quiet import make_quiet
from ui.forms.step_row import Around, StepHead, StepRow, is_table
from ui.forms.typing_pause import TypingPause
from ui.widgets.boxes import Card
from ui.widgets.buttons import button
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, line, row
from ui.widgets.menu_button import Entry, menu_button, menu_of, open_below
from ui.widgets.text import IconText, Text, cap
from ui.widgets.tips import set_tip

MOST = 10


class GoalForm(Card):
    """Everything is written where it stands. `changed` when something is to be kept.

    `seen` is the goal as it was kept last. The steps say for themselves what is to be kept.
    """

    changed = Signal()
    step_wanted = Signal()
    step_changed = Signal(object)
    step_checked = Signal(object, bool)
    step_removed = Signal(object)
    domain_chosen = Signal(str)
    not_now_wanted = Signal()
    reached = Signal()
    removed = Signal()

    def __init__(self, card: GoalCard, around: Around, today: date) -> None:
        super().__init__(gap=10)
        self.seen = card.goal
        self._pause = TypingPause(self)
        self._pause.over.connect(self.changed)
        self.domain = self._domain_button()
        self.words = OwnLine(
            _("Goal in own words"),
            card.goal.words,
            role="h2",
            placeholder=_("What should be different? In their own words"),
            quoted=True,
        )
        self.sign = OwnLine(
            _("How it will be noticed"), card.goal.sign, placeholder=_("What will be different?")
        )
        self.confidence = self._confidence_field()
        self.rows = [self._step_row(step, around, today) for step in card.steps]
        self._head = StepHead()
        self._build(card)
        for control in (self.words, self.sign):
            control.changed.connect(self._pause.begin)
            control.left.connect(self._on_left)
        self.confidence.changed.connect(self._on_left)

    def value(self) -> Goal:
        """The goal as it stands on the card."""
        return replace(
            self.seen,
            words=self.words.words(),
            sign=self.sign.words(),
            confidence=self.confidence.value(),
        )

    def is_blank(self) -> bool:
        """Whether nothing was written on this card yet."""
        goal = self.value()
        return not (goal.words or goal.sign) and all(one.is_blank() for one in self.rows)

    def _on_left(self) -> None:
        self._pause.stop()
        self.changed.emit()

    # --- how it is built -----------------------------------------------------------------------

    def _build(self, card: GoalCard) -> None:
        entries: list[Entry] = [
            (_("This goal is reached"), self.reached.emit),
            (_("Not now, because …"), self.not_now_wanted.emit),
            (_("Remove this goal"), self.removed.emit),
        ]
        menu = menu_button(_("More about this goal"), entries)
        top = Qt.AlignmentFlag.AlignTop
        head = row(self.domain, self.words, menu, gap=10)
        head.setStretch(1, 1)
        for part in (self.domain, self.words, menu):
            head.setAlignment(part, top)
        self.body.addLayout(head)
        self._inner = column(self._facts(), gap=6)
        self.body.addLayout(self._inner)
        if self.rows:
            self._inner.addWidget(self._head)
        for one in self.rows:
            self._inner.addWidget(line())
            self._inner.addWidget(one)
        self._inner.addLayout(self._foot(card))

    def _facts(self) -> QWidget:
        look = theme.current()
        sign = QGridLayout()
        sign.setContentsMargins(0, 0, 0, 0)
        sign.setHorizontalSpacing(look.space(4))
        label = IconText("eye", _("I notice it by:"), colour="text_2")
        beside = column(label, margins=(0, 11, 0, 0))
        sign.addLayout(beside, 0, 0, Qt.AlignmentFlag.AlignTop)
        sign.addWidget(self.sign, 0, 1, Qt.AlignmentFlag.AlignTop)
        sign.setColumnStretch(1, 1)
        asked = column(Text(_("How sure I am:"), colour="text_2"), margins=(0, 11, 0, 0))
        sure = row(asked, self.confidence, None, gap=4)
        sure.setAlignment(asked, Qt.AlignmentFlag.AlignTop)
        sure.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return _Facts(sign, sure)

    def _foot(self, card: GoalCard) -> QBoxLayout:
        self.add = button(_("Add step"), "link", icon="plus", slot=self.step_wanted.emit)
        foot = row(self.add, None, gap=12)
        if card.steps:
            words = _("Steps taken: {done} of {count}")
            foot.addWidget(cap(words.format(done=card.done, count=len(card.steps))))
        return foot

    def _step_row(self, step: Step, around: Around, today: date) -> StepRow:
        made = StepRow(step, around, today)
        made.changed.connect(lambda: self.step_changed.emit(made))
        made.checked.connect(lambda done: self.step_checked.emit(made, done))
        made.removed.connect(lambda: self.step_removed.emit(made))
        return made

    def _confidence_field(self) -> ChoiceField:
        numbers = [
            (n, _("{number} of {most}").format(number=n, most=MOST)) for n in range(MOST + 1)
        ]
        field = ChoiceField("", [(None, _("not said yet")), *numbers])
        field.set_value(self.seen.confidence)
        field.control.setAccessibleName(_("How sure I am, 0 to 10"))
        field.control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        make_quiet(field.control)
        return field

    def _domain_button(self) -> QToolButton:
        """The pictogram of the life domain; pressing it chooses another one."""
        look = theme.current()
        domain = BY_ID.get(self.seen.domain)
        name = translated(domain.label) if domain else _("no life domain yet")
        made = QToolButton()
        picture = domain.pictogram if domain else WISHES_PICTOGRAM
        made.setIcon(QIcon(theme.pictogram(picture, "person_ink", 24)))
        made.setIconSize(QSize(look.px(24), look.px(24)))
        set_tip(made, name)
        made.setAccessibleName(_("Life domain: {name}").format(name=name))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setProperty("pictogram", True)
        entries: list[Entry] = [
            (translated(one.label), partial(self.domain_chosen.emit, one.id))
            for one in LIFE_DOMAINS
        ]
        entries.append((_("No life domain"), lambda: self.domain_chosen.emit("")))
        menu = menu_of(made, entries)
        made.clicked.connect(lambda _checked=False: open_below(menu, made))
        return made

    # --- a table, or lines below each other ----------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take up the new width."""
        look = theme.current()
        margins = self.body.contentsMargins()
        inner = event.size().width() - margins.left() - margins.right()
        indent = look.px(42) + look.space(6)
        table = is_table(inner - indent)
        self._inner.setContentsMargins(indent if table else 0, 0, 0, 0)
        self._head.setVisible(table and bool(self.rows))
        super().resizeEvent(event)


class _Facts(QWidget):
    """How it is noticed, and how sure; beside each other where there is room."""

    def __init__(self, sign: QGridLayout, sure: QBoxLayout) -> None:
        super().__init__()
        self._layout = row(sign, sure, gap=16)
        self._layout.setStretch(0, 1)
        self.setLayout(self._layout)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(250), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = event.size().width() >= theme.current().px(640)
        directions = QBoxLayout.Direction
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        super().resizeEvent(event)
