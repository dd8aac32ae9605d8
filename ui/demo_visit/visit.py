"""The story of a visit, told with hands: a new person, the talk, its picture, goals, the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLineEdit

from caseworker_app.content import guides
from caseworker_app.content.participant import tongue
from caseworker_app.content.sample import Sample, SampleGoal
from caseworker_app.domain import path
from caseworker_app.domain.life import BY_ID
from caseworker_app.i18n import _, translated
from ui.demo_visit.hands import Hands, typed_day
from ui.demo_visit.talking import Talking
from ui.demo_visit.turned import Turned

Shot = Callable[[str], None]
PIN = "4071"
"""Leads back from the participant's side of the screen."""


class Visit:
    """One whole visit in the language of the sample. `shot` takes a picture of the window."""

    def __init__(self, hands: Hands, people: Sample, shot: Shot, today: date) -> None:
        self._hands = hands
        self._people = people
        self._person = people.person(people.visit.number)
        self._shot = shot
        self._today = today
        self._talking = Talking(hands, self._name)
        likes = {"plain": self._person.plain, "informal": self._person.informal}
        self._turned = Turned(hands, tongue(people.language, people.language, **likes), PIN)
        self._rated: set[str] = set()
        self.said = 0

    @property
    def _name(self) -> str:
        return self._person.called or self._person.given_name

    def whole(self, plan: Path) -> None:
        """From the list of people to the plan in a file."""
        self.meet()
        self.find()
        self.talk()
        self.look()
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
        hands.open_first_row(family)
        hands.see(_("Begin conversation"), QAbstractButton)

    def talk(self) -> None:
        """Hold the conversation: every question that has an answer in the script, and ratings."""
        script = self._people.visit.talk
        guide = guides.guide(script.guide, script.version)
        self._talking.begin(guide.title.to(self._people.language))
        unanswered = {one.question: one.missing for one in script.unanswered}
        order = path.places(guide)
        for place, following in zip_longest(order, order[1:]):
            if place.question == self._people.visit.turned:
                self._turn(place.question)
            else:
                self._hear(place.question)
            if place.question in unanswered:
                self._talking.leave_open(unanswered[place.question])
            if following is None or following.section != place.section:
                self._rate_section(guide.section(place.section).domains)
                self._shot(f"talk-{place.section}")
            if following is not None:
                self._talking.go_on()
        self._hands.click(_("Finish"))

    def look(self) -> None:
        """Look at the picture of the conversation together, and at its table."""
        hands = self._hands
        hands.see(_("Show it as"))
        self._shot("summary")
        hands.click_within(_("Show it as"), _("Table"))
        self._shot("summary-table")
        hands.click(_("Go on to the goals"))

    def agree(self) -> None:
        """Goals in the person's own words, steps, and when to talk again."""
        hands = self._hands
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
        self.save_as(plan)
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

    def _hear(self, question: str) -> None:
        """Write down all that the script knows to a question, once each piece is kept."""
        hands = self._hands
        for said in self._people.visit.talk.statements:
            if said.question == question:
                self._talking.write(said)
                hands.wait(lambda: hands.sees(_("Kept")), "what was typed is not kept")
                self._talking.add(said)
                hands.pause(30)
                self.said += 1

    def _turn(self, question: str) -> None:
        """Turn the screen: the person writes the answer, and the PIN leads back."""
        for said in self._people.visit.talk.statements:
            if said.question == question:
                self._turned.turn()
                self._turned.write(said.words)
                self._shot("turned")
                self._turned.ask_for_pin()
                self._shot("turned-pin")
                self._turned.turn_back()
                self.said += 1

    def _rate_section(self, domains: tuple[str, ...]) -> None:
        """What a topic shares with one before is rated once."""
        for rating in self._people.visit.talk.ratings:
            if rating.domain in domains and rating.domain not in self._rated:
                self._talking.rate(rating)
                self._rated.add(rating.domain)

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

    def save_as(self, file: Path) -> None:
        """Write the name of a file into the dialog that asks for one."""
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
