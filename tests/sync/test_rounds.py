"""Laptops that exchange with a real central store: what one writes, the others have."""

from __future__ import annotations

from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals, people
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.store import streams
from tests.builders import NOW, a_case
from tests.store.test_exchange import seen_in
from tests.sync.office_and_laptops import Laptop, Team


def words(laptop: Laptop, case: UUID) -> list[str]:
    return [card.goal.words for card in goals.cards(laptop.store, case)]


def shared(team: Team) -> tuple[Laptop, Laptop, UUID]:
    """Two coaches with a case that one has invited the other to."""
    ine, tom = team.coach("Ine Voorbeeld"), team.coach("Tom Beispiel")
    case = a_case(ine.store)
    ine.exchange()
    sharing.invite(ine.store, case, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    tom.exchange()
    return ine, tom, case


def test_what_was_written_alone_has_receipts_after_one_round(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    goals.add_goal(ine.store, case, "Ich will raus", "", NOW)
    assert exchange_view.view(ine.store).changes_waiting == 2
    ine.exchange()
    view = exchange_view.view(ine.store)
    assert (view.changes_waiting, view.problem, view.standing) == (0, None, "done")


def test_a_colleague_who_was_invited_sees_the_same(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    ine.exchange()
    tom.exchange()
    assert words(tom, case) == ["Fahrrad"]
    goals.add_goal(tom.store, case, "Ruhe", "", NOW)
    tom.exchange()
    ine.exchange()
    assert seen_in(ine.store, case) == seen_in(tom.store, case)
    for one in (ine, tom):
        assert checking.check_open(one.store).findings == []


def test_who_hands_a_case_over_has_nothing_left_of_it(team: Team) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(ine.store, case, "noch schnell", "", NOW)
    sharing.hand_over(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    ine.exchange()
    tom.exchange()
    assert words(tom, case) == ["noch schnell"]
    assert sharing.view(tom.store, case).my_role is Role.LEADS
    assert people.lines(ine.store, NOW) == []
    with ine.store.reading() as reading:
        assert streams.stream(reading, case) is None


def test_a_second_laptop_of_the_same_coach_gets_everything(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    goals.add_goal(ine.store, case, "Fahrrad", "", NOW)
    ine.exchange()
    second = team.laptop(ine.colleague, 2)
    ine.exchange()
    second.exchange()
    assert words(second, case) == ["Fahrrad"]
