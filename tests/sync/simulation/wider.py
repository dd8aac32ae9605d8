"""What can happen in worlds of some kind alone: papers, other ages of programs, late work."""

from __future__ import annotations

from collections.abc import Callable

from caseworker_app.domain.sharing import Role
from tests.sync.simulation import ages, late, papers
from tests.sync.simulation.kinds import Kind, Kinds
from tests.sync.simulation.world import World

Action = Callable[[World], None]


# --- papers -------------------------------------------------------------------------------------


def _give_a_paper(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case:
        papers.give(world, laptop, case)


def _give_until_the_power_goes(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case:
        papers.give(world, laptop, case, dying_at=world.chance.randrange(8))


def _move_a_paper(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case:
        papers.move(world, laptop, case)


def _crash_between_pieces(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    if world.chance.random() < 0.5:
        world.exchange(laptop, requests=world.chance.randrange(40))
    else:
        world.exchange(laptop, commits=world.chance.randrange(60))


# --- ages of programs ---------------------------------------------------------------------------


def _write_with_any_program(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case:
        ages.write(world, laptop, case)


def _another_program(world: World) -> None:
    ages.grow(world, world.chance.choice(world.laptops), world.chance.choice(list(ages.Age)))


def _hand_in_as_too_old(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    if laptop.line.protocol == ages.Age.TOO_OLD.value:
        world.exchange(laptop)


# --- late work ----------------------------------------------------------------------------------


def _write_as_a_reader(world: World) -> None:
    readers = [
        (laptop, case)
        for laptop in world.laptops
        for case in world.cases
        if world.role_of(laptop, case) is Role.READS
    ]
    if readers:
        laptop, case = world.chance.choice(readers)
        world.edit(laptop, case)
        if world.chance.random() < 0.5:
            late.push_all_the_same(world, laptop, case)


def _only_read(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.LEADS)
    if laptop and case:
        world.wish(laptop, case, world.chance.choice(world.users), Role.READS)


def _let_in(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.LEADS)
    if laptop and case:
        late.let_in(world, laptop, case)


def _sign_off_with_work(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case and world.can_do_without(laptop):
        world.edit(laptop, case)
        world.revoke(laptop)
        world.exchange(laptop)


ACTIONS: dict[Kind, tuple[Action, ...]] = {
    Kind.PAPERS: (
        *[_give_a_paper] * 6,
        *[_move_a_paper] * 4,
        _give_until_the_power_goes,
        *[_crash_between_pieces] * 2,
    ),
    Kind.AGES: (
        *[_write_with_any_program] * 6,
        *[_another_program] * 3,
        _hand_in_as_too_old,
    ),
    Kind.LATE: (
        *[_write_as_a_reader] * 8,
        *[_only_read] * 2,
        *[_let_in] * 2,
        _sign_off_with_work,
        late.release,
    ),
}


def actions_of(kinds: Kinds) -> tuple[Action, ...]:
    """What else can happen in a world of these kinds."""
    return tuple(action for kind in Kind if kind in kinds for action in ACTIONS.get(kind, ()))


# --- the beginning, and the end ------------------------------------------------------------------


def at_first(world: World) -> None:
    """Programs of all ages are there from the beginning, and somebody who only reads."""
    if Kind.LATE in world.kinds:
        late.let_somebody_read(world)
    if Kind.AGES in world.kinds:
        for laptop in world.laptops:
            ages.grow(world, laptop, world.chance.choice((ages.Age.NEWER, ages.Age.OLDER)))


def before_calm(world: World) -> None:
    """What is still to be tried before everything is looked at."""
    if Kind.AGES in world.kinds:
        for laptop in list(world.laptops):
            if laptop.line.protocol == ages.Age.TOO_OLD.value:
                ages.hand_in_as_too_old(world, laptop)
                ages.grow(world, laptop, ages.Age.OLDER)  # it is brought up to date


def in_calm(world: World) -> None:
    """What people do while nothing goes wrong any more."""
    if Kind.PAPERS in world.kinds:
        for laptop in world.laptops:
            for case in world.cases:
                papers.ask_for_all(laptop, case)


def after_calm(world: World) -> bool:
    """What only the office can do in the end; whether there was something."""
    if Kind.LATE in world.kinds and world.central.rows("aside"):
        late.release(world)
        return True
    return False
