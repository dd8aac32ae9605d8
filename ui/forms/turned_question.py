"""A question on the participant's side, and one thing about one part of their life."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import HelpWanted, Rating, WantsChange
from caseworker_app.domain.turned import END, Dimension, Side, Stop, question_of
from ui.forms.turned_answer import turned_answer
from ui.forms.turned_said import NewId, OwnWords
from ui.forms.turned_scale import turned_scale
from ui.forms.turned_sheet import EndSheet, PermissionSheet, TurnedSheet
from ui.widgets.choices import Option
from ui.widgets.layout import column
from ui.widgets.scale import Scale
from ui.widgets.text import Text
from ui.widgets.turned_choice import BigChoice
from ui.widgets.turned_share import BigShare

ASKS = {
    Dimension.SATISFACTION: "satisfied",
    Dimension.IMPORTANCE: "important",
    Dimension.WANTS_CHANGE: "change",
    Dimension.HELP_WANTED: "help",
    Dimension.SHARES: "carries",
}
SHARES = {
    "own_share": "carries-own",
    "network_share": "carries-network",
    "professional_share": "carries-professionals",
}


class QuestionSheet(TurnedSheet):
    """A question of the guide: its way to answer, what was said, and a field for own words."""

    def __init__(
        self, section: Section, question: Question, side: Side, tongue: Tongue,
        today: date, new_id: NewId,
    ) -> None:  # fmt: skip
        super().__init__(section.pictogram, tongue.text(section.title), tongue.text(question.text))
        self._id = question.id
        self._answer = turned_answer(tongue, side.guide, question, today)
        if self._answer is not None:
            self._answer.given.connect(self.given)
            self.add(self._answer)
        kind, written = question.kind, (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
        in_words = kind is QuestionKind.TALK
        self._words = OwnWords(tongue, new_id, unfolded=in_words, more=kind not in written)
        self._words.written.connect(self.written)
        self.add_gap()
        self.add(self._words)

    def show_side(self, side: Side) -> None:
        if self._answer is not None:
            answer = side.answer(self._id)
            self._answer.show_value(answer.value if answer else "")
        self._words.show_said(side.said(self._id))

    def flush(self) -> None:
        if self._answer is not None:
            self._answer.flush()
        self._words.flush()

    def focus(self) -> None:
        if self._answer is not None:
            self._answer.focus()
        else:
            self._words.focus()


class RatingSheet(TurnedSheet):
    """One thing about one part of life: satisfaction, importance, change, help, or who carries it.

    `rated` carries what was said as the fields of a rating.
    """

    def __init__(
        self, stop: Stop, side: Side, tongue: Tongue, question: Question | None, new_id: NewId
    ) -> None:
        assert stop.dimension is not None
        words = tongue.say(ASKS[stop.dimension])
        super().__init__(BY_ID[stop.domain].pictogram, tongue.domain(stop.domain), words)
        self._stop, self._dimension, self._tongue = stop, stop.dimension, tongue
        if question is not None:
            asked = Text(tongue.text(question.text), "tbody", colour="text_2")
            self.body.insertWidget(self.body.indexOf(self.question), asked)
        self._scale = side.scale(stop.domain)
        name = f"{tongue.domain(stop.domain)}: {words}"
        self._fields: dict[str, BigChoice | BigShare] = {}
        self._points: Scale | None = None
        self._said: OwnWords | None = None
        if self._dimension in (Dimension.SATISFACTION, Dimension.IMPORTANCE):
            self._make_points(side, name)
            self._said = OwnWords(tongue, new_id, more=False)
            self._said.written.connect(self.written)
            self.add_gap()
            self.add(self._said)
        elif self._dimension is Dimension.SHARES:
            self._make_shares()
        else:
            self._make_choice(name)

    def show_side(self, side: Side) -> None:
        rating = side.rating(self._stop.domain)
        if self._points is not None:
            self._points.set_value(_kept(rating, self._dimension.value))
        for what, field in self._fields.items():
            if isinstance(field, BigShare):
                field.set_value(_kept(rating, what))
            else:
                field.choose(_kept(rating, what))
        if self._said is not None:
            self._said.show_said(side.said_last(self._stop.section))

    def flush(self) -> None:
        if self._said is not None:
            self._said.flush()

    def focus(self) -> None:
        if self._points is not None:
            self._points.focus()
        else:
            next(iter(self._fields.values())).focus()

    def _make_points(self, side: Side, name: str) -> None:
        last = side.last_rating(self._stop.domain)
        before = _kept(last, self._dimension.value)
        scale = side.guide.scale(self._scale)
        self._points = turned_scale(self._tongue, scale, name, before)
        self._points.rated.connect(
            lambda point: self.rated.emit({self._dimension.value: point, "scale": self._scale})
        )
        self.add(self._points)

    def _make_choice(self, name: str) -> None:
        say, what = self._tongue.say, self._dimension.value
        options = [
            Option(WantsChange.YES, say("yes")),
            Option(WantsChange.LATER, say("later")),
            Option(WantsChange.NO, say("no")),
        ]
        if self._dimension is Dimension.HELP_WANTED:
            options = [Option(one, say(f"help-{one.value}")) for one in HelpWanted]
        choice = self._fields[what] = BigChoice(name, options)
        choice.chosen.connect(lambda value: self.rated.emit({what: value}))
        self.add(choice)

    def _make_shares(self) -> None:
        holder = QWidget()
        body = column(gap=14)
        for what, key in SHARES.items():
            share = self._fields[what] = BigShare(self._tongue, self._tongue.say(key))
            share.rated.connect(lambda value, what=what: self.rated.emit({what: value}))
            body.addWidget(share)
        holder.setLayout(body)
        self.add(holder)


def made_sheet(stop: Stop, side: Side, tongue: Tongue, today: date, new_id: NewId) -> TurnedSheet:
    """What the participant has before them at this stop."""
    if stop == END:
        return EndSheet(tongue)
    section, question = side.guide.section(stop.section), question_of(side, stop)
    if stop.dimension is not None:
        return RatingSheet(stop, side, tongue, question, new_id)
    if question is None:
        return PermissionSheet(section.pictogram, tongue.text(section.title), tongue)
    return QuestionSheet(section, question, side, tongue, today, new_id)


def _kept(rating: Rating | None, what: str) -> Any:
    return None if rating is None else getattr(rating, what)
