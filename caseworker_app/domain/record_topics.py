"""The topics of a conversation on paper: what was asked, answered and said, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from caseworker_app.domain.answer_words import answer_words
from caseworker_app.domain.guide import QuestionKind, Section
from caseworker_app.domain.look_back import asked_in, question_words
from caseworker_app.domain.picture import Picture, PictureRow, domains_of
from caseworker_app.domain.picture_words import domain_name, spoken
from caseworker_app.domain.speakers import speaker
from caseworker_app.domain.speech import Speech, isolated
from caseworker_app.domain.talk import Statement, TopicState, Voice
from caseworker_app.domain.talk_paper import (
    Block,
    Bullets,
    Heading,
    Question,
    Said,
    Views,
)
from caseworker_app.domain.talk_view import Talk


@dataclass(frozen=True, slots=True, repr=False)
class Topics:
    """The topics of what may be printed, in the language and the form of address of the paper."""

    talk: Talk
    picture: Picture
    texts: Speech
    tag: str

    def blocks(self) -> Iterator[Block]:
        """All topics in which there is something to read, then the names of the silent ones.

        Where a topic was rated and nothing else, the picture says it.
        """
        rated: set[str] = set()
        silent: list[str] = []
        for section in self.talk.asked.sections:
            said = [*self._questions(section), *self._looked_back(section), *self._rest(section)]
            rows = [row for row in self._rows(section) if row.domain not in rated]
            reasons = any(row.rating and row.rating.reason.strip() for row in rows)
            title, note = section.title.to(self.tag), self._note(section)
            if said or reasons:
                rated |= {row.domain for row in rows}
                yield Heading(title, section.pictogram, note)
                yield from (*said, *self._ratings(rows))
            elif not self._rows(section):
                silent.append(f"{title}: {note}" if note else title)
        if silent:
            yield Heading(self.texts.gettext("What we did not talk about"))
            yield Bullets(tuple(silent))

    def _note(self, section: Section) -> str:
        """What was agreed about the topic as a whole."""
        return {
            TopicState.PARKED: self.texts.gettext("left for later"),
            TopicState.DECLINED: self.texts.gettext("would rather not talk about it"),
        }.get(self.talk.topic(section.id), "")

    def _questions(self, section: Section) -> Iterator[Block]:
        for question in section.questions:
            answer = self.talk.answer(question.id)
            words = ""
            if answer and question.kind is not QuestionKind.RATING:
                words = answer_words(question, answer, self.talk.guide, self.texts, self.tag)
            said = self.talk.said(question.id)
            if words or said:
                yield Question(question.text.to(self.tag), words)
                yield from self._views(said)

    def _looked_back(self, section: Section) -> Iterator[Block]:
        """What was said while looking at the picture together."""
        here = [one for one in self.talk.statements if one.section == section.id]
        for one in here:
            looked_at = asked_in(one.question)
            if looked_at:
                domain, asked = looked_at
                words = question_words(asked, self.texts)
                part = self.texts.gettext("{part}: {question}")
                name = domain_name(domain, self.texts)
                yield Question(part.format(part=name, question=words))
                yield from self._views((one,))

    def _rest(self, section: Section) -> Iterator[Block]:
        """What was said to the topic and to no question of it."""
        asked = {question.id for question in section.questions}
        rest = [
            one
            for one in self.talk.statements
            if one.section == section.id
            and one.question not in asked
            and not asked_in(one.question)
        ]
        if rest:
            yield Question(self.texts.gettext("Also said"))
            yield from self._views(rest)

    def _rows(self, section: Section) -> list[PictureRow]:
        rows = (self.picture.row(domain) for domain in domains_of(section))
        return [row for row in rows if row and row.rating]

    def _ratings(self, rows: Sequence[PictureRow]) -> Iterator[Block]:
        """How the person rated what the topic is about, and why."""
        if not rows:
            return
        name = isolated(self.talk.person.short_name)
        heading = self.texts.gettext("How {name} sees it").format(name=name)
        known = [spoken(row, self.texts, self.texts.day) for row in rows]
        if len(rows) == 1:
            yield Question(heading, known[0])
        else:
            names = (domain_name(row.domain, self.texts) for row in rows)
            yield Question(heading)
            yield Bullets(
                tuple(f"{part}: {words}" for part, words in zip(names, known, strict=True))
            )
        reasons = (row.rating.reason.strip() for row in rows if row.rating)
        quoted = tuple(self.texts.quoted(reason) for reason in reasons if reason)
        if quoted:
            yield Views(Said(self.texts.gettext("{name} says why").format(name=name), quoted))

    def _views(self, said: Iterable[Statement]) -> Iterator[Block]:
        """The person's words, and what others say to the same."""
        statements = list(said)
        own = [one for one in statements if one.voice is Voice.PARTICIPANT]
        others = [one for one in statements if one.voice is not Voice.PARTICIPANT]
        voices = tuple(
            Said(who, tuple(self._words(one) for one in spoken_by))
            for who, spoken_by in groupby(others, self._who)
        )
        if not statements:
            return
        name = isolated(self.talk.person.short_name)
        yield Views(
            Said(self._who(own[0]), tuple(self._words(one) for one in own)) if own else None,
            voices,
            own_head=self.texts.gettext("How {name} says it").format(name=name),
            others_head=self.texts.gettext("How others see it"),
        )

    def _words(self, said: Statement) -> str:
        """Words of others are quoted; what the coach noted is not."""
        words = said.words.strip()
        return words if said.voice is Voice.COACH else self.texts.quoted(words)

    def _who(self, said: Statement) -> str:
        """Which voice it is, in words."""
        name, texts = isolated(speaker(self.talk, said).strip()), self.texts
        named = {
            Voice.PARTICIPANT: texts.gettext("{name} says"),
            Voice.COACH: texts.gettext("{name} notes"),
            Voice.THIRD: texts.gettext("From others: {name}"),
            Voice.DOCUMENT: texts.gettext("From a document: {name}"),
        }
        nameless = {
            Voice.COACH: texts.gettext("The coach notes"),
            Voice.THIRD: texts.gettext("From others"),
            Voice.DOCUMENT: texts.gettext("From a document"),
        }
        return named[said.voice].format(name=name) if name else nameless.get(said.voice, "")
