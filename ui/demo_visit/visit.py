"""The story of a visit, told with hands: a new person, the talk, goals and steps, the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLineEdit

from caseworker_app.content import guides
from caseworker_app.content.sample import (
    Sample,
    SampleGoal,
    SampleRating,
    SampleStatement,
)
from caseworker_app.domain import path
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import Missing, Voice, WantsChange
from caseworker_app.i18n import _, translated
from ui.demo_visit.hands import Hands, typed_day

Shot = Callable[[str], None]

_SAYS = {Voice.PARTICIPANT: "F2", Voice.COACH: "F3", Voice.THIRD: "F4"}


class Visit:
    """One whole visit in the language of the sample. `shot` takes a picture of the window."""

    def __init__(self, hands: Hands, people: Sample, shot: Shot, today: date) -> None:
        self._hands = hands
        self._people = people
        self._person = people.person(people.visit.number)
        self._shot = shot
        self._today = today
        self.said = 0

    @property
    def _name(self) -> str:
        return self._person.called or self._person.given_name

    def whole(self, plan: Path) -> None:
        """From the list of people to the plan in a file."""
        self.meet()
        self.find()
        self.talk()
        self.agree()
        self.hand_over(plan)

    def meet(self) -> None:
        """Make a file for somebody new, with household and network."""
        hands, person = self._hands, self._person
        hands.click(_("People"))
        hands.click(_("Add a person"))
        hands.type_into(_("First name"), person.given_name)
        hands.type_into(_("Family name"), person.family_name)
        hands.type_into(_("Birth date"), typed_day(person.birth_date, self._people.language))
        hands.type_into(_("Phone"), person.phone)
        hands.type_into(_("Street and number"), person.street)
        hands.type_into(_("Postcode"), person.postcode)
        hands.type_into(_("Town"), person.place)
        hands.type_into(_("Good to know"), "\n".join(person.good_to_know))
        for relation in person.relations[:2]:
            self._add_relation(relation.name, relation.role, trusted=relation.trusted)
        self._shot("person")
        hands.click(_("Done"))
        self._shot("new-file")

    def find(self) -> None:
        """Find the person by a name with a typing mistake."""
        hands, family = self._hands, self._person.family_name
        hands.click(_("People"))
        hands.wait(lambda: hands.sees(_("Find a person"), QLineEdit), "there is no search")
        hands.type_into(_("Find a person"), family[0] + family[2:])
        hands.pause(60)
        self._shot("search")
        hands.open_first_row()
        hands.see(_("Begin conversation"), QAbstractButton)

    def talk(self) -> None:
        """Hold the conversation: every question that has an answer in the script, and ratings."""
        hands, script = self._hands, self._people.visit.talk
        hands.click(_("Begin conversation"))
        hands.see(_("Park"), QAbstractButton)
        guide = guides.guide("meedoen", 1)
        unanswered = {one.question: one.missing for one in script.unanswered}
        places = path.places(guide)
        for number, place in enumerate(places):
            for statement in script.statements:
                if statement.question == place.question:
                    self._say(statement)
            if place.question in unanswered:
                self._leave_open(unanswered[place.question])
            ends_section = places[number + 1 : number + 2] == () or (
                places[number + 1].section != place.section
            )
            if ends_section:
                self._rate_section(guide.section(place.section).domains, script.ratings)
                self._shot(f"talk-{place.section}")
            if number + 1 < len(places):
                hands.press("Ctrl+PageDown")
        hands.click(_("Finish"))

    def agree(self) -> None:
        """Goals in the person's own words, steps, and when to talk again."""
        hands = self._hands
        hands.choose_tab(_("Goals and steps"))
        for number, goal in enumerate(self._people.visit.goals):
            self._add_goal(goal, first=number == 0)
        meeting = self._people.visit.next_talk
        day = self._today + timedelta(days=meeting.in_days or 42)
        hands.type_into(_("Day"), typed_day(day, self._people.language))
        hands.type_into(_("Time"), f"{meeting.at:%H:%M}")
        hands.type_into(_("Place"), meeting.place)
        hands.press("Tab")
        hands.pause(700)
        self._shot("goals")

    def hand_over(self, plan: Path) -> None:
        """Look at the plan, make it a version, and put it into a file."""
        hands = self._hands
        hands.click(_("See the plan"))
        hands.see(_("Save as a file"), QAbstractButton)
        hands.wait(lambda: hands.sees_part(_("Draft, not yet fixed.")), "the plan is not laid out")
        hands.pause(300)
        self._shot("plan")
        hands.click(_("Save as a file"))
        hands.click(_("Save and fix"))
        self._save_as(plan)
        self._shot("plan-fixed")
        hands.choose_tab(_("Overview"))
        self._shot("file")

    # --- parts ---------------------------------------------------------------------------------

    def _add_relation(self, name: str, role: str, *, trusted: bool) -> None:
        hands = self._hands
        hands.click(_("Add somebody"))
        hands.type_into(_("Name"), name)
        hands.type_into(_("Who this is"), role)
        if trusted:
            hands.click(_("Trusted person"))

    def _say(self, statement: SampleStatement) -> None:
        hands = self._hands
        hands.click_widget(hands.see(_("What is said")))
        hands.press(_SAYS[statement.voice])
        if statement.voice is Voice.THIRD:
            hands.type_into(_("Who says this"), statement.speaker)
        hands.type_into(_("What is said"), statement.words)
        hands.wait(lambda: hands.sees(_("Kept")), "what was typed is not kept")
        hands.press("Return")
        hands.pause(30)
        self.said += 1
        if statement.for_goals:
            hands.press("Ctrl+M")

    def _leave_open(self, missing: Missing) -> None:
        words = {
            Missing.NOT_ASKED: _("not asked"),
            Missing.NOT_SAID: _("would rather not say"),
            Missing.NOT_RELEVANT: _("does not apply"),
            Missing.NOT_KNOWN: _("does not know"),
        }
        self._hands.click(words[missing])

    def _rate_section(self, domains: tuple[str, ...], ratings: tuple[SampleRating, ...]) -> None:
        for rating in ratings:
            if rating.domain in domains:
                self._rate(rating)

    def _rate(self, rating: SampleRating) -> None:
        label = translated(BY_ID[rating.domain].label)
        satisfied = _("How satisfied is {name} with this?").format(name=self._name)
        important = _("How important is it to {name}?").format(name=self._name)
        change = _("Would {name} like to change something here?").format(name=self._name)
        point = _("{what}, {number} of {most}")
        for words, number in ((satisfied, rating.satisfaction), (important, rating.importance)):
            if number is not None:
                what = f"{label}: {words}"
                self._hands.click(point.format(what=what, number=number, most=10))
        if rating.wants_change:
            wish = {
                WantsChange.YES: _("Yes"),
                WantsChange.LATER: _("Later"),
                WantsChange.NO: _("No"),
            }[rating.wants_change]
            self._hands.click_within(f"{label}: {change}", wish)

    def _add_goal(self, goal: SampleGoal, *, first: bool) -> None:
        hands = self._hands
        hands.click(_("Add goal"))
        hands.type_into(_("Goal in own words"), goal.words)
        if goal.domain:
            hands.choose_from_menu(
                _("Life domain: {name}").format(name=_("no life domain yet")),
                translated(BY_ID[goal.domain].label),
            )
        hands.type_into(_("How it will be noticed"), goal.sign)
        hands.choose_in_list(
            _("How sure I am, 0 to 10"),
            _("{number} of {most}").format(number=goal.confidence, most=10),
        )
        for step in goal.steps:
            hands.click(_("Add step"))
            hands.type_into(_("Step"), step.what)
            hands.type_into(_("Who"), step.who)
            if step.with_whom:
                hands.type_into(_("With help from"), step.with_whom)
            day = self._today + timedelta(days=step.due_in_days)
            hands.type_into(_("By when"), typed_day(day, self._people.language))
            hands.press("Tab")
        hands.pause(700)
        if first:
            self._shot("first-goal")

    def _save_as(self, file: Path) -> None:
        hands = self._hands
        hands.wait(lambda: hands.file_name_field() is not None, "no place to write a file name")
        hands.pause(200)  # the sheet before it is still closing, and takes the keyboard along
        field = hands.file_name_field()
        assert field is not None
        hands.click_widget(field)
        hands.wait(field.hasFocus, "the file name does not take the keyboard")
        hands.press("Ctrl+A")
        hands.type(str(file))
        hands.wait(lambda: field.text() == str(file), "the file name is not what was typed")
        hands.press("Return")
        hands.wait(file.exists, "the plan was not saved")
        hands.pause(300)
