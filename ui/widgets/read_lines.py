"""What is read again, as lines and titles in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.goals import Goal
from caseworker_app.domain.guide import form
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.people import ContactNote, Person
from caseworker_app.domain.reading import About, Part, Piece
from caseworker_app.domain.talk import NOT_HELD, Answer, Conversation, Rating, Statement, Voice
from caseworker_app.i18n import _, beginning, texts
from ui.widgets.case_events import way_words
from ui.widgets.day_words import day_words
from ui.widgets.not_held_words import not_held_words
from ui.widgets.read_words import answer_words, domain_words, goal_words, rating_words
from ui.widgets.said_words import Line, mark_words
from ui.widgets.talk_words import talk_facts, who_was_there
from ui.widgets.text import isolated


@dataclass(frozen=True, slots=True, repr=False)
class Reader:
    """Whose words are read, and on which day. `with_days` where a part goes through the years."""

    person: Person
    coach: str
    today: date
    with_days: bool = False

    @property
    def tag(self) -> str:
        """The words of the guides as this person was asked."""
        plain, informal = self.person.plain, self.person.informal
        return form(texts().language, plain=plain, informal=informal)

    def heading(self, part: Part) -> tuple[str, str]:
        """What begins on a day of its own, and when, where and with whom that was."""
        talk, on = part.talk, part.pieces[0].on
        if on is None:
            return "", ""
        if talk is None:
            what = _("Between conversations")
        elif talk.status in NOT_HELD:
            what = _("The conversation did not take place")
        else:
            what = _("Conversation")
        title = _("{what}, {day}").format(what=what, day=texts().weekday_year(on))
        facts = (talk_facts(talk), who_was_there(talk)) if talk else ()
        return title, " · ".join(fact for fact in facts if fact)

    def title(self, part: Part) -> tuple[str, str]:
        """The title of a part, and its pictogram."""
        if part.section is not None:
            return part.section.title.to(self.tag), part.section.pictogram
        if part.about is About.DOMAIN:
            known = BY_ID.get(part.domain)
            return domain_words(part.domain), known.pictogram if known else ""
        note = part.pieces[0].value
        if part.about is About.NOTES and isinstance(note, ContactNote) and not self.with_days:
            return way_words(note.way), ""
        return {
            About.GOALS: _("Goals"),
            About.UNSORTED: _("Notes that are not sorted yet"),
            About.WITHOUT_TOPIC: _("Without a topic"),
            About.WITHOUT_DOMAIN: _("Without a life domain"),
            About.NOTES: _("Between conversations"),
        }.get(part.about, ""), ""

    def lines(self, piece: Piece, about: About) -> Iterator[Line]:
        """One thing to read; a rating has a line more for its reason."""
        match piece.value:
            case Statement() as said:
                yield self._statement(piece, said)
            case Answer() as answer:
                yield self._answer(piece, answer)
            case Rating() as rating:
                yield from self._rating(piece, rating, about)
            case Goal() as goal:
                yield self._goal(goal, about)
            case ContactNote() as note:
                yield Line(note.id, note.words, self._dated(self.coach, piece), Voice.COACH)
            case Conversation() as talk:
                words = beginning(not_held_words(talk, self.person.short_name))
                yield Line(talk.id, words, icon="calendar")

    def _statement(self, piece: Piece, said: Statement) -> Line:
        names = {Voice.PARTICIPANT: self.person.short_name, Voice.COACH: self.coach}
        who = self._dated(names.get(said.voice, said.speaker), piece)
        note = mark_words(said.marks)
        return Line(said.id, said.words, who, said.voice, self._asked(piece), note)

    def _answer(self, piece: Piece, answer: Answer) -> Line:
        words = answer_words(answer, piece.question, piece.guide, self.tag)
        icon = "check" if answer.value else "minus"
        return Line(answer.id, words, self._dated("", piece), above=self._asked(piece), icon=icon)

    def _rating(self, piece: Piece, rating: Rating, about: About) -> Iterator[Line]:
        above = self._dated("" if about is About.DOMAIN else domain_words(rating.domain), piece)
        words = beginning(rating_words(rating, piece.guide, self.tag))
        yield Line(rating.id, words, above=above, icon="user-round")
        if rating.reason:
            name = self.person.short_name
            yield Line(rating.id, rating.reason, name, Voice.PARTICIPANT, above)

    def _goal(self, goal: Goal, about: About) -> Line:
        above = domain_words(goal.domain) if goal.domain and about is not About.DOMAIN else ""
        who = " · ".join(part for part in (goal_words(goal), goal.reason) if part)
        return Line(goal.id, goal.words, who, Voice.PARTICIPANT, above)

    def _asked(self, piece: Piece) -> str:
        return piece.question.text.to(self.tag) if piece.question else ""

    def _dated(self, name: str, piece: Piece) -> str:
        if not self.with_days or piece.on is None:
            return name
        day = day_words(piece.on, self.today)
        return _("{name}, {day}").format(name=isolated(name), day=day) if name else day
