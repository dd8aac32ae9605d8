"""One schedule: some laptops, some weeks, and what happens to them. The seed decides everything."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from caseworker_app.domain.sharing import Role
from tests.sync.simulation import apart, late, properties, wider
from tests.sync.simulation.clock import SKEWS
from tests.sync.simulation.kinds import Kinds, kinds_of
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.network import FAIR, FOUL
from tests.sync.simulation.world import World, a_world

MOST_CALM_ROUNDS = 12
ENDED_WELL = ("done", "handed in", "destroyed")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a schedule ended: `problems` is empty when everything held."""

    seed: int
    trace: str
    problems: tuple[str, ...]
    last: str


def play(seed: int, kinds: Kinds | None = None) -> Outcome:
    """Play one schedule to its end, with what its seed says is in its world, or with this."""
    with a_world(seed, kinds_of(seed) if kinds is None else kinds) as world:
        try:
            _live(world)
            _calm_down(world)
            world.problems += properties.violated(world)
        except Exception as error:  # noqa: BLE001 - nothing may ever be raised: that is the point
            world.problems.append(f"raised {error!r}\n{traceback.format_exc()}")
        return Outcome(seed, world.trace.hash, tuple(world.problems), world.trace.end())


# --- the beginning ------------------------------------------------------------------------------


def _begin(world: World) -> None:
    chance = world.chance
    for _ in range(chance.randint(1, 4)):
        world.new_user()
    owners = [*world.users, *chance.choices(world.users, k=2)][
        : chance.choice((2, 2, 3, 3, 4, 5, 6))
    ]
    for user in owners:
        world.new_laptop(user, chance.choice(SKEWS))
    world.publish()
    for laptop in world.laptops:
        world.exchange(laptop)
    for _ in range(chance.choice((1, 1, 2, 3))):
        _begin_case(world, chance.choice(world.laptops))
    if chance.random() < 0.7:  # otherwise everything begins in foul weather
        for laptop in world.laptops:
            world.exchange(laptop)


def _begin_case(world: World, laptop: Laptop) -> None:
    chance = world.chance
    case = world.new_case(laptop)
    for user in world.users:
        if user != laptop.user and chance.random() < 0.7:
            world.wish(laptop, case, user, chance.choice((Role.WRITES, Role.LEADS)))


def _live(world: World) -> None:
    _begin(world)
    wider.at_first(world)
    world.network.weather = FOUL
    actions = (*ACTIONS, *wider.actions_of(world.kinds))
    for _ in range(world.chance.randint(20, 60)):
        world.time.pass_by(world.chance.choice((1, 5, 60, 700, 4000, 90_000)))
        action = world.chance.choice(actions)
        action(world)


# --- what can happen ----------------------------------------------------------------------------


def _edit(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.WRITES, Role.LEADS)
    if laptop and case:
        for _ in range(world.chance.choice((1, 1, 1, 2, 5))):
            world.edit(laptop, case)


def _exchange(world: World) -> None:
    world.exchange(world.chance.choice(world.laptops))


def _crash_in_a_round(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    if world.chance.random() < 0.5:
        world.exchange(laptop, requests=world.chance.randrange(12))
    else:
        world.exchange(laptop, commits=world.chance.randrange(24))


def _line(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    laptop.line.offline = not laptop.line.offline
    world.trace.note(laptop.name, "offline" if laptop.line.offline else "online")


def _strays(world: World) -> None:
    world.network.bring_strays()


def _clock(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    laptop.watch.skew = world.chance.choice(SKEWS)
    world.trace.note(laptop.name, "clock", laptop.watch.skew)


def _new_case(world: World) -> None:
    if len(world.cases) < 3:
        world.new_case(world.chance.choice(world.laptops))


def _copy(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    laptop.copy()
    world.trace.note(laptop.name, "is copied")


def _put_back(world: World) -> None:
    laptops = [laptop for laptop in world.laptops if laptop.copies]
    if laptops:
        laptop = world.chance.choice(laptops)
        world.put_laptop_back(laptop, world.chance.randrange(len(laptop.copies)))


def _dump(world: World) -> None:
    world.dump()


def _put_central_back(world: World) -> None:
    world.put_central_back(said=world.chance.random() < 0.5)


def _wish(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.LEADS)
    if laptop and case:
        user = world.chance.choice(world.users)
        role = world.chance.choice((Role.READS, Role.WRITES, Role.WRITES, Role.LEADS, None))
        world.wish(laptop, case, user, role)


def _hand_over(world: World) -> None:
    laptop, case = world.somebody_in_a_case(Role.LEADS)
    if laptop and case:
        others = [user for user in world.users if user != laptop.user]
        if others:
            world.hand_over(laptop, case, world.chance.choice(others))


def _revoke(world: World) -> None:
    laptop = world.chance.choice(world.laptops)
    if world.can_do_without(laptop):
        world.revoke(laptop)


def _new_laptop(world: World) -> None:
    if len(world.laptops) < 6:
        world.new_laptop(world.chance.choice(world.users), world.chance.choice(SKEWS))
        world.publish()


def _intrude(world: World) -> None:
    laptop, case = world.chance.choice(world.laptops), world.chance.choice(world.cases)
    world.intrude(laptop, case)


def _two_at_once(world: World) -> None:
    one, other = world.chance.choice(world.laptops), world.chance.choice(world.laptops)
    if one is not other:
        world.exchange_while(one, other)


ACTIONS: tuple[wider.Action, ...] = (
    *[_edit] * 16,
    *[_exchange] * 12,
    *[_crash_in_a_round] * 4,
    *[_line] * 3,
    *[_strays] * 2,
    *[_wish] * 3,
    *[_two_at_once] * 3,
    _intrude,
    _hand_over,
    _clock,
    _new_case,
    *[_copy] * 2,
    *[_put_back] * 2,
    *[_dump] * 2,
    *[_put_central_back] * 2,
    _revoke,
    _new_laptop,
)


# --- the end ------------------------------------------------------------------------------------


def _calm_down(world: World) -> None:
    """Nothing goes wrong any more, and everybody exchanges until nothing moves."""
    world.network.bring_strays()
    world.network.weather = FAIR
    for office in world.offices:
        office.again()
    world.publish()
    for laptop in (*world.revoked, *world.laptops):
        laptop.line.offline = False
    wider.before_calm(world)
    _until_nothing_moves(world)
    if not world.problems and wider.after_calm(world):
        _until_nothing_moves(world)


def _until_nothing_moves(world: World) -> None:
    everybody = (*world.revoked, *world.laptops)
    before: object = None
    for calm_rounds in range(MOST_CALM_ROUNDS):
        world.time.pass_by(60)
        wider.in_calm(world)
        outcomes = [world.exchange(laptop) for laptop in everybody]
        now = properties.standing(world)
        if now == before and (
            world.open_with_escrow() or apart.settle(world) or late.settle(world)
        ):
            before = None
            continue
        if now == before:
            world.trace.note("calm after", calm_rounds)
            world.problems += [one for one in outcomes if not one.startswith(ENDED_WELL)]
            return
        before = now
    world.problems.append("it never became calm")
