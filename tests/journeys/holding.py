"""A whole conversation, held by real clicks and keys, and what ought to be in the store after it.

The hands look where they are before each step: they answer the question that they read.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton

from caseworker_app.content.participant import tongue
from caseworker_app.content.sample import SampleRating, SampleStatement
from caseworker_app.domain.condition import asks_about
from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import TopicState, Voice
from caseworker_app.i18n import _, ngettext, texts
from tests.journeys.album import Album
from tests.journeys.coach import Coach
from tests.journeys.story import Story
from ui.demo_visit.eyes import visible
from ui.demo_visit.talking import Talking
from ui.demo_visit.turned import Turned
from ui.forms.prompt_row import PromptRow
from ui.forms.talk_desk import TalkDesk
from ui.forms.topic_list import TopicRow

PIN = "4071"
LARGE_STEPS = 2
"""From 100 % to 150 %."""


@dataclass(frozen=True)
class Said:
    """A statement as it ought to stand in the store."""

    place: Place
    voice: Voice
    speaker: str
    words: str


class Holding:
    """Holds one story, and remembers all that was done."""

    def __init__(self, coach: Coach, story: Story, album: Album) -> None:
        self.coach, self.story, self.album = coach, story, album
        person, screen = story.person, texts().language
        self.talking = Talking(coach, person.given_name)
        spoken = tongue(person.language, screen, plain=person.plain, informal=person.informal)
        self.turned = Turned(coach, spoken, PIN)
        self.said: list[Said] = []
        self.values: dict[str, str] = {}
        self.rated: list[SampleRating] = []
        self.opened = ""
        self.today = coach.window.app.now().astimezone().date()
        self.done: set[str] = set()
        self._parked = False
        self._noted = False
        self._shown: set[str] = set()

    # --- before it -----------------------------------------------------------------------------

    def prepare(self) -> None:
        """Read what there is to know, then begin."""
        self.coach.open_file(self.story.person.family_name)
        self.coach.click(_("Prepare"))
        self.coach.reads(_("Before the visit"), self.story.words["said_alone"])
        self.album.shoot("prepare")
        self.talking.begin(self.story.guide.title.to(self.story.language))
        self._say_who_is_there()

    def _say_who_is_there(self) -> None:
        """Where it is, who interprets, and who else sits at the table."""
        coach, words = self.coach, self.story.words
        coach.click(_("Who is in the room?"))
        coach.type_into(_("Place"), words["place"])
        coach.type_into(_("Interpreter"), words["interpreter"])
        coach.click(_("Add {name}").format(name=words["third"]["speaker"]))
        self.album.shoot("about")
        coach.click(_("Done"))
        coach.wait(lambda: not coach.sees(_("Interpreter")), "the sheet stays")

    # --- from question to question -------------------------------------------------------------

    def hold(self) -> None:
        """Ask everything in the order of the guide, but for what comes out of turn."""
        self._jump_ahead()
        while self._deal_with(self.here()):
            pass
        self._take_up_again()

    def here(self) -> Place:
        """The topic and the question that the screen asks by now; no question asks for leave."""
        desk = self.coach.window.findChild(TalkDesk)
        current = [row for row in visible(TopicRow) if row.isChecked()]  # type: ignore[attr-defined]
        section = current[0].section  # type: ignore[attr-defined]
        if not desk.question.isVisible():
            return Place(section, "")
        asked = {one.text.to(self.story.tag): one.id for one in self._section(section).questions}
        return Place(section, asked[desk.question.text()])

    def _deal_with(self, at: Place) -> bool:
        """Do what is to be done here, and go on. False at the end."""
        section = self._section(at.section)
        if not at.question:
            self._ask_leave(section)
            return True
        if section.id == self.story.parked and not self._parked:
            self._parked = True
            self.talking.park()
            return True
        if at.question == self.story.put_away:
            self.talking.put_away(self.story.text(at.question))
            return True
        self._hear(at)
        self._beside(section)
        if not self.coach.sees(_("Next"), QAbstractButton):
            self._break_off(at)
            return False
        self.talking.go_on()
        assert self.here() != at, "it does not go on"
        return True

    def _jump_ahead(self) -> None:
        """What somebody says out of turn is written down where it belongs, at once."""
        first = self.here()
        self.album.shoot("first-question")
        self.talking.jump_to(self.story.text(self.story.jump))
        there = self.here()
        assert there.question == self.story.jump
        self._hear(there)
        self.talking.go_to_topic(self.story.title(first.section))
        assert self.here() == first

    def _take_up_again(self) -> None:
        """The topic that was parked is talked about after all."""
        self.talking.go_to_topic(self.story.title(self.story.parked))
        self.talking.take_up()
        while (at := self.here()).section == self.story.parked:
            if not self._deal_with(at):
                break

    def _ask_leave(self, section: Section) -> None:
        """Ask before a sensitive topic; no is an answer."""
        self._once("leave")
        is_no = section.id in self.story.declined
        self.opened = self.opened or ("" if is_no else section.id)
        self.talking.ask_leave(TopicState.DECLINED if is_no else TopicState.PERMITTED)
        if is_no:
            assert self.here().section != section.id
            self.talking.go_to_topic(self.story.title(section.id))
            refused = _("{name} would rather not talk about this.")
            self.coach.reads(refused.format(name=self.story.person.given_name))
            self.talking.go_on()

    # --- what is said and answered -------------------------------------------------------------

    def _hear(self, at: Place) -> None:
        """Write down the answer to a question, once."""
        if at.question in self.done:
            return
        self.done.add(at.question)
        question = self.story.guide.question(at.question)
        assert question is not None
        if at.question == self.story.turned:
            self._turn(at)
        elif at.question in self.story.gaps:
            self.talking.leave_open(self.story.gaps[at.question])
        elif question.kind is QuestionKind.TALK:
            self._write(at)
        else:
            self._answer(at, question)

    def _write(self, at: Place) -> None:
        """All that is said to a question, in all voices, and how it is marked."""
        for said in self.story.said_to(at.question):
            self.talking.say(said)
            self._remember(at, said)
            if said.alone:
                self.talking.mark_last(said, _("Said alone"))
            if said.team_only:
                self.talking.mark_last(said, _("Not for print"))
        if at.question in self.story.with_all_voices:
            self._once("voices")

    def _answer(self, at: Place, question: Question) -> None:
        """A value; where it opens other questions, they are hidden for a moment and come back."""
        value = self.story.value(question)
        self.talking.answer(question, value, self.story.tag)
        self.values[question.id] = value
        if question.kind is QuestionKind.CHOICES:
            self._once("choices")
        other = self.story.turned_for_a_moment(question.id)
        opened = self._opened_by(at.section, question.id)
        if other and opened:
            self._turn_it(question, value, other, opened)

    def _opened_by(self, section: str, question: str) -> list[Question]:
        return [one for one in self._section(section).questions if question in asks_about(one.when)]

    def _turn_it(self, question: Question, value: str, other: str, opened: list[Question]) -> None:
        """Hear what has opened, hide it, bring it back: what was said is still there."""
        count = len(opened)
        words = ngettext("{count} more question opens.", "{count} more questions open.", count)
        self.coach.reads(words.format(count=count))
        asked = self.story.text(question.id)
        for one in opened:
            self.talking.go_to_question(self.story.text(one.id))
            self._hear(self.here())
        self.talking.go_to_question(asked)
        self._give_other(question, value, other)
        gone = ngettext(
            "{count} question is no longer asked. What was said to it is kept.",
            "{count} questions are no longer asked. What was said to them is kept.",
            count,
        )
        self.coach.reads(gone.format(count=count))
        self._once("hidden")
        prompts = [row.words() for row in visible(PromptRow)]  # type: ignore[attr-defined]
        assert not {self.story.text(one.id) for one in opened} & set(prompts)
        self._give_other(question, other, value)
        for one in opened:
            self.talking.go_to_question(self.story.text(one.id))
            self.coach.reads(*(said.words for said in self.said if said.place.question == one.id))
        self.talking.go_to_question(asked)

    def _give_other(self, question: Question, before: str, after: str) -> None:
        """Answer otherwise. Of several choices only those are touched that differ."""
        if question.kind is QuestionKind.CHOICES:
            differing = set(before.split("\n")) ^ set(after.split("\n"))
            after = "\n".join(sorted(differing))
        self.talking.answer(question, after, self.story.tag)

    def _turn(self, at: Place) -> None:
        """The participant writes it down on the turned screen."""
        (said, *_others) = self.story.said_to(at.question)
        self.turned.turn()
        self.turned.write(said.words)
        self._once("turned")
        self.turned.turn_back()
        assert self.here() == at
        self.coach.reads(said.words)
        self._remember(at, said)

    def _break_off(self, at: Place) -> None:
        """The last words are typed and never added; in larger letters they still stand there."""
        words = self.story.words["hidden_draft"]
        self.talking.write(SampleStatement(question=at.question, words=words))
        for _step in range(LARGE_STEPS):
            self.coach.press("Ctrl+Plus")
        self.coach.reads(words)
        self._once("large")
        self.coach.press("Ctrl+0")
        self.coach.reads(words)
        self.said.append(Said(at, Voice.PARTICIPANT, "", words))

    def _remember(self, at: Place, said: SampleStatement) -> None:
        self.said.append(Said(at, said.voice, said.speaker, said.words))

    # --- beside the questions ------------------------------------------------------------------

    def _beside(self, section: Section) -> None:
        """Ratings and quick notes, whenever a topic is talked about for the first time."""
        if not self._noted:
            self._noted = True
            self.talking.note(self.story.words["quick_note"])
        elif self.story.words["quick_note"] in self.coach.screen() and section.closing:
            self._sort_note()
        for rating in self.story.ratings(section.domains):
            if rating.domain not in {one.domain for one in self.rated}:
                self.rated.append(rating)
                self.talking.rate(rating, self.story.scale)
                if rating.reason:
                    self._once("rating")

    def _sort_note(self) -> None:
        """The note belongs to the topic that was parked."""
        section = self._section(self.story.parked)
        words = self.story.words["quick_note"]
        self.talking.sort_note(words, self.story.title(section.id))
        told = _("The note stands under “{topic}” now.")
        self.coach.reads(told.format(topic=self.story.title(section.id)))
        place = Place(section.id, section.questions[0].id)
        self.said.append(Said(place, Voice.COACH, "", words))

    # --- looking -------------------------------------------------------------------------------

    def _once(self, what: str) -> None:
        """A picture of this, the first time."""
        if what not in self._shown:
            self._shown.add(what)
            self.album.shoot(what)

    def _section(self, section: str) -> Section:
        return self.story.guide.section(section)
