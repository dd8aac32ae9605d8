"""How each guide is held, and with whom: made up once, for all journeys through a whole guide."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from pathlib import Path
from typing import Any

from caseworker_app.content import guides
from caseworker_app.content.sample import (
    Sample,
    SampleCoach,
    SampleMeeting,
    SamplePerson,
    SampleRating,
    SampleRelation,
    SampleStatement,
    SampleTalk,
    SampleVisit,
)
from caseworker_app.domain.guide import Guide, Question, QuestionKind, form
from caseworker_app.domain.talk import (
    FACES,
    MOST_SHARE,
    NUMBERS,
    HelpWanted,
    Missing,
    Voice,
    WantsChange,
)

HELD = Path(__file__).parent / "held"
REMEMBERED = "small-step"
"""What is said to this question is remembered for the goals."""
MOST = {NUMBERS: 10, FACES: 5}
GUIDES = (
    "teilhabe-arbeit",
    "meedoen",
    "beschut-werk",
    "ankommen",
    "leefgebieden",
    "berufsorientierung",
    "ganzes-leben",
)
COACHES = {
    "de": ("Miriam Falk", "Teilhabe Lindental"),
    "nl": ("Marloes Hendriks", "Meedoen Oostwijk"),
}


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HELD / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Story:
    """One guide in one language, with somebody who likes to be spoken to in a certain way."""

    guide_id: str
    language: str

    @cached_property
    def guide(self) -> Guide:
        return guides.guide(self.guide_id, self._held["version"])

    @cached_property
    def tag(self) -> str:
        """The form of the language in which the screen speaks to this person."""
        about = self.person
        return form(self.language, plain=about.plain, informal=about.informal)

    @cached_property
    def scale(self) -> str:
        return FACES if self.person.faces else NUMBERS

    # --- who -----------------------------------------------------------------------------------

    @cached_property
    def person(self) -> SamplePerson:
        """Somebody with a sister, and a conversation a year ago."""
        about = dict(_read("answers")["people"][self.guide_id][self.language])
        given, _space, family = about.pop("name").partition(" ")
        sister, role = self.words["third"]["speaker"].split(", ")
        likes = {"language": self.language, **about}
        scale = FACES if about.get("faces") else NUMBERS
        return SamplePerson(
            number=f"{self.guide_id}-{self.language}",
            given_name=given,
            family_name=family,
            birth_date=date(1984, 3, 9),
            phone="",
            street="",
            postcode="",
            place="",
            good_to_know=(),
            avoid=(self.words["said_alone"],),
            guide=self.guide_id,
            opened_days_ago=400,
            relations=(SampleRelation(name=sister, role=role, lives_here=True),),
            contacts=(),
            talks=(self._a_year_ago(scale),),
            goals=(),
            **likes,
        )

    def _a_year_ago(self, scale: str) -> SampleTalk:
        return SampleTalk(
            guide=self.guide_id,
            version=self._held["version"],
            scale=scale,
            days_ago=365,
            at=time(10),
            minutes=50,
            place="",
            present="",
            statements=(
                SampleStatement(question="this-talk", words=self.words["words"]["this-talk"]),
            ),
            ratings=tuple(
                SampleRating(domain=domain, satisfaction=1 + place % 3, importance=4)
                for place, domain in enumerate(self.guide.domains)
            ),
        )

    @cached_property
    def sample(self) -> Sample:
        """The coach and this one person, as the sample's writer takes them."""
        name, organisation = COACHES[self.language]
        coach = SampleCoach(name=name, phone="", email="")
        meeting = SampleMeeting(in_days=0, at=time(10), place="")
        visit = SampleVisit(
            number="", turned="", talk=self.person.talks[0], goals=(), next_talk=meeting
        )
        return Sample(
            language=self.language,
            organisation=organisation,
            coach=coach,
            people=(self.person,),
            visit=visit,
        )

    # --- what is said --------------------------------------------------------------------------

    @cached_property
    def words(self) -> dict[str, Any]:
        """Everything that is said in this language."""
        return _read(self.language)

    @cached_property
    def _held(self) -> dict[str, Any]:
        held: dict[str, Any] = _read("answers")["guides"][self.guide_id]
        return held

    def said_to(self, question: str) -> tuple[SampleStatement, ...]:
        """What is said to a question: by the person, and to some by others, too."""
        words = self.words["words"][question]
        own = SampleStatement(question=question, words=words, for_goals=question == REMEMBERED)
        others: list[SampleStatement] = []
        if question in self.with_all_voices:
            for voice, named in ((Voice.THIRD, "third"), (Voice.DOCUMENT, "document")):
                others.append(SampleStatement(question=question, voice=voice, **self.words[named]))
        if question in self.with_a_note:
            note = self.words["coach"][self.with_a_note.index(question)]
            others.append(SampleStatement(question=question, voice=Voice.COACH, words=note))
        if question == self.told_alone:
            words = self.words["said_alone"]
            others.append(SampleStatement(question=question, words=words, alone=True))
        if question == self.not_printed:
            words = self.words["not_for_print"]
            others.append(SampleStatement(question=question, words=words, team_only=True))
        return (own, *others)

    @cached_property
    def with_all_voices(self) -> tuple[str, ...]:
        """The second question of the second topic: all voices stand side by side there."""
        return (self._talked[1][1].id,)

    @cached_property
    def with_a_note(self) -> tuple[str, ...]:
        """Where the coach writes down a note."""
        return (self._talked[1][1].id, self._talked[2][0].id)

    @property
    def told_alone(self) -> str:
        """The question to which something is said alone."""
        return self._talked[2][1].id

    @property
    def not_printed(self) -> str:
        """The question to which something is said that never comes on paper."""
        return self._talked[2][2].id

    @cached_property
    def _talked(self) -> list[list[Question]]:
        """The questions that are answered in words, topic by topic, without what is left open."""
        gaps = {*self.gaps, self.turned, self.put_away}
        return [
            [
                one
                for one in section.questions
                if one.kind is QuestionKind.TALK and one.id not in gaps and one.when is None
            ]
            for section in self.guide.sections
            if not section.sensitive
        ]

    # --- answers -------------------------------------------------------------------------------

    def value(self, question: Question) -> str:
        """The value of an answer."""
        if question.id == "form-of-address" and self.person.informal:
            return "informal"
        if question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT):
            return str(self.words["words"][question.id])
        return str(_read("answers")["values"][question.id])

    def turned_for_a_moment(self, question: str) -> str:
        """Another value, which hides what had opened; "" where nothing depends on it."""
        return str(_read("answers")["turns"].get(question, ""))

    @cached_property
    def gaps(self) -> dict[str, Missing]:
        """The questions without an answer: each of the four reasons once."""
        return {self._held[missing.value]: missing for missing in Missing}

    def ratings(self, domains: tuple[str, ...]) -> list[SampleRating]:
        """How these life domains are seen: the last of the guide not at all, two with more."""
        return [self._rating(domain) for domain in domains]

    def _rating(self, domain: str) -> SampleRating:
        place, most = self.guide.domains.index(domain), MOST[self.scale]
        if domain == self.not_rated:
            return SampleRating(domain=domain, missing=Missing.NOT_SAID)
        numbers = {
            "satisfaction": most - (place * 3) % most,
            "importance": most - (place * 2) % (most - 1),
        }
        if place >= len(self.words["reasons"]):
            return SampleRating(domain=domain, **numbers)
        return SampleRating(
            domain=domain,
            wants_change=(WantsChange.YES, WantsChange.LATER)[place],
            help_wanted=(HelpWanted.SOME, HelpWanted.MUCH)[place],
            own_share=2 + place,
            network_share=MOST_SHARE - place,
            professional_share=place,
            reason=self.words["reasons"][place],
            **numbers,
        )

    @cached_property
    def not_rated(self) -> str:
        """The part of life of which somebody would rather say nothing: the last harmless one."""
        harmless = [one for one in self.guide.sections if not one.sensitive]
        return [domain for one in harmless for domain in one.domains][-1]

    # --- how it is held ------------------------------------------------------------------------

    @cached_property
    def declined(self) -> tuple[str, ...]:
        """The sensitive topics that may not be asked about. Of a single one, only in Dutch."""
        sensitive = [section.id for section in self.guide.sections if section.sensitive]
        alone = sensitive if len(sensitive) == 1 and self.language == "nl" else []
        return tuple(self._held.get("declined", alone))

    @property
    def parked(self) -> str:
        """The topic that is parked at first and taken up again at the end."""
        return next(s.id for s in self.guide.sections[1:] if not (s.sensitive or s.closing))

    @property
    def jump(self) -> str:
        """The question that is asked long before its turn."""
        return str(self._held["jump"])

    @property
    def turned(self) -> str:
        """The question that is answered on the turned screen."""
        return str(self._held["turned"])

    @property
    def put_away(self) -> str:
        """The question that is put out of sight."""
        return str(self._held["put_away"])

    def text(self, question: str) -> str:
        """The words of a question as they stand on the screen."""
        found = self.guide.question(question)
        assert found is not None
        return found.text.to(self.tag)

    def title(self, section: str) -> str:
        """The title of a topic as it stands on the screen."""
        return self.guide.section(section).title.to(self.tag)
