"""A second laptop: two coaches work on one file without a network, and print the same plan.

The coach of the visit connects and invites a colleague. Then the network is gone, both write the
same goal in other words and something else each, and the network is back: nothing is lost, one
thing is decided, and both have the same file, to the byte of the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from caseworker_app.content.sample import Sample, SampleTogether
from caseworker_app.i18n import _
from caseworker_app.services import checking
from ui.demo_visit.central import Central
from ui.demo_visit.eyes import plain, visible
from ui.demo_visit.first_day import FirstDay
from ui.demo_visit.hands import Hands, typed_day
from ui.demo_visit.laptops import AtLaptop, Laptop
from ui.demo_visit.visit import Visit
from ui.forms.dispute_side import SideCard
from ui.widgets.rail import PressableCard

VERSION = 2
"""The visit has fixed the first one."""
PLANS = ("plan-together-1.pdf", "plan-together-2.pdf")


class Together:
    """The act of the two laptops. `shot` takes a picture of the one in view."""

    def __init__(
        self,
        hands: Hands,
        central: Central,
        laptops: tuple[Laptop, Laptop],
        people: Sample,
        shot: Callable[[str], None],
        today: date,
    ) -> None:
        assert people.together is not None
        self._hands = hands
        self._central = central
        self._first, self._second = laptops
        self._people = people
        self._script: SampleTogether = people.together
        self._person = people.person(people.visit.number)
        self._take = shot
        self._today = today
        self._at = AtLaptop(hands)
        self._in_view = self._first
        self.settled = 0

    def whole(self, out: Path) -> dict[str, object]:
        """From the first letter of IT to two plans; what is so in the end."""
        self._central.start()
        self._connect()
        self._share()
        self._central.stop()
        self._write_apart()
        self._central.start()
        self._meet()
        self._settle()
        self._print(out)
        self._central.stop()
        return self._told(out)

    # --- acts ----------------------------------------------------------------------------------

    def _connect(self) -> None:
        """Both connect with a letter; IT compares the numbers and signs."""
        people, colleague = self._people, self._script.colleague
        self._central.found(people.organisation)
        letter = self._central.letter(people.coach.name)
        self._sit_at(self._first)
        self._at.to_the_exchange()
        self._shot("alone")
        self._at.connect(letter)
        self._shot("compare")
        numbers = {self._at.compare(letter)}
        self._wait_for_confirmation()
        letter = self._central.letter(colleague.name)
        self._sit_at(self._second)
        first_day = FirstDay(self._hands, lambda _name: None)
        first_day.create(people.language, people.organisation, colleague)
        self._shot("first-day")
        self._at.connect(letter)
        numbers.add(self._at.compare(letter))
        self._wait_for_confirmation()
        self._central.confirm(numbers)

    def _wait_for_confirmation(self) -> None:
        said = plain(_("{name} still has to confirm this laptop.")).partition("{name}")[2]
        self._hands.wait(lambda: self._hands.sees_part(said), "nobody says what comes next")
        self._shot("not-confirmed")

    def _share(self) -> None:
        """The coach invites the colleague; the file comes to the other laptop."""
        hands, name = self._hands, self._script.colleague.name
        self._sit_at(self._first)
        self._at.exchange()
        self._shot("exchanged")
        self._open()
        hands.click(_("Share with colleagues"))
        hands.click(name, PressableCard)
        hands.see(_("writes along"))
        self._shot("invite")
        hands.click(_("Invite {name}").format(name=name))
        hands.see(_("Take back: {name}").format(name=name))
        self._shot("invited")
        self._at.exchange()
        self._sit_at(self._second)
        self._at.exchange()
        self._shot("arrived")
        self._open()
        self._shot("file")

    def _write_apart(self) -> None:
        """Without a network both write the first goal anew, and each something else."""
        hands, script = self._hands, self._script
        first, last = self._people.visit.goals[0], self._people.visit.goals[-1]
        hands.choose_tab(_("Goals and steps"))
        self._at.write_over(first.words, script.colleague_words)
        hands.click(_("Add step"))
        hands.type_into(_("Step"), script.step)
        hands.type_into(_("Who"), script.colleague.name)
        day = self._today + timedelta(days=script.step_due_in_days)
        hands.type_into(_("By when"), typed_day(day, self._people.language))
        hands.press("Tab")
        hands.pause(700)
        self._shot("goals-apart")
        self._at.exchange(online=False)
        self._shot("offline")
        self._sit_at(self._first)
        self._open()
        hands.choose_tab(_("Goals and steps"))
        self._at.write_over(first.words, script.words)
        self._at.write_over(last.sign, script.sign)
        hands.pause(700)
        self._shot("goals-apart")
        self._at.exchange(online=False)
        self._shot("offline")

    def _meet(self) -> None:
        """The network is back: one goes first, the other brings the difference along."""
        for laptop in (self._first, self._second, self._first):
            self._sit_at(laptop)
            self._at.exchange()
            self._shot("network-again")

    def _settle(self) -> None:
        """Keep the colleague's words, as both agreed on the telephone."""
        hands, name = self._hands, self._script.colleague.name
        hands.click(_("Have a look"))

        def theirs() -> QAbstractButton | None:
            cards = (card for card in visible(SideCard) if isinstance(card, SideCard))
            found = (card.keep for card in cards if name in plain(card.keep.accessibleName()))
            return next(found, None)

        hands.wait(lambda: theirs() is not None, "nobody sees both texts")
        hands.pause(200)
        self._shot("difference")
        while theirs() is not None:
            hands.click_found(theirs, "the colleague's text cannot be kept")
            self.settled += 1
        hands.see(_("Everything is decided"))
        self._shot("decided")
        for laptop in (self._first, self._second):
            self._sit_at(laptop)
            self._at.exchange()
        self._shot("decided-there")

    def _print(self, out: Path) -> None:
        """One fixes the plan, the other saves the same version."""
        hands = self._hands
        self._sit_at(self._first)
        self._open()
        hands.choose_tab(_("Goals and steps"))
        visit = Visit(hands, self._people, self._shot, self._today)
        visit.hand_over(out / PLANS[0])
        self._at.exchange()
        self._sit_at(self._second)
        self._at.exchange()
        self._open()
        hands.choose_tab(_("Plan"))
        self._open_version()
        self._shot("same-plan")
        hands.click(_("Save again as a file"))
        visit.save_as(out / PLANS[1])

    def _open_version(self) -> None:
        """For a colleague the plan is a draft, with another coach on it: open what was fixed."""
        hands, again = self._hands, _("Save again as a file")
        drafted = _("Draft, not yet fixed.")
        hands.wait(lambda: hands.sees_part(drafted), "no plan is laid out")
        hands.pause(300)
        self._shot("plan-of-two")
        version = _("Version {number}").format(number=VERSION)
        hands.click(_("Open {name}").format(name=version))
        hands.wait(lambda: hands.sees(again), "the version does not open")
        hands.pause(300)

    # --- around --------------------------------------------------------------------------------

    def _open(self) -> None:
        self._at.open_file(self._person.family_name)

    def _sit_at(self, laptop: Laptop) -> None:
        """Leave one laptop, and sit down at the other."""
        if laptop is not self._in_view:
            self._in_view.shut()
            self._in_view = laptop
        laptop.open()
        self._hands.pause(50)

    def _shot(self, what: str) -> None:
        """Take a picture, once everything is drawn."""
        background = self._in_view.window.app.background
        self._hands.wait(lambda: not background.busy(), "it never comes to rest")
        self._hands.pause(50)
        self._take(f"laptop-{self._in_view.number}-{what}")

    def _told(self, out: Path) -> dict[str, object]:
        case = self._second.case
        plans = [(out / name).read_bytes() for name in PLANS]
        seen = [checking.seen(one.store, case) for one in (self._first, self._second)]
        return {
            "laptops": len(seen),
            "same_plan": plans[0] == plans[1],
            "same_state": seen[0] == seen[1],
            "settled": self.settled,
        }
