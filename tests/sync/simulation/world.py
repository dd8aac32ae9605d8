"""A world of one schedule: an office, its central store, laptops, and those who work on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from caseworker_app.domain.exchange import Colleague
from caseworker_app.domain.people import CaseFile, Person
from caseworker_app.domain.sharing import Role
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import people
from caseworker_app.services.exchange import revoked, rounds, sharing
from caseworker_app.services.exchange.revoked import LaptopRevoked
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import log, members
from caseworker_app.store import organisations as pinned
from caseworker_app.store.organisations import Organisation
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Revoked
from caseworker_app.sync.refusals import Refused, Unreachable
from caseworker_app.sync.wire import organisation_secret
from caseworker_app.sync.wire.directory import ESCROW, Released
from caseworker_app.sync.wire.membership import Membership, SignedMembership
from caseworker_app.sync.wire.messages import Page, Pull, WrappedKey
from caseworker_app.vault import keyring
from caseworker_app.vault import pieces as paper_keys
from central_store import organisations
from central_store.office import escrow
from central_store.office import place as office_place
from tests.sync.simulation import ledger
from tests.sync.simulation.central import Central, Dump, a_folder
from tests.sync.simulation.chance import Chance
from tests.sync.simulation.clock import Time, Watch
from tests.sync.simulation.deeds import Coach
from tests.sync.simulation.kinds import PLAIN, Kind, Kinds
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.ledger import Ledger
from tests.sync.simulation.network import FAIR, Line, Network, PowerCut
from tests.sync.simulation.office import Office
from tests.sync.simulation.shelf import Shelf, small_pieces, whole_at, whole_on
from tests.sync.simulation.trace import Trace

NAMES = ("ada", "ben", "cem", "dia", "eva", "fin", "gül", "han", "ine", "jan", "kim", "leo")
NOBODY = UUID(int=0)


class World:
    """All that there is. `laptops` are those that still work for their organisation."""

    def __init__(self, seed: int, folder: Path, kinds: Kinds = PLAIN) -> None:
        self.kinds = kinds
        self.chance = Chance(seed)
        self.folder = folder
        self.time = Time()
        self.trace = Trace()
        handle = f"org-{seed}"
        self.office = Office(handle, self.chance)
        self.central = Central(handle, self.office.root, self.time, self.chance)
        self.offices = [self.office]
        self._office_of: dict[UUID, Office] = {}
        if Kind.PARTNERS in kinds:
            self._add_partner(f"{handle}-partner")
        self.network = Network(self.central.app, self.chance, self.trace, handle)
        self.ledger = Ledger()
        self.shelf = Shelf()
        self.users: list[UUID] = []
        self.laptops: list[Laptop] = []
        self.revoked: list[Laptop] = []
        self.cases: list[UUID] = []
        self.dumps: list[Dump] = []
        self.problems: list[str] = []
        self.handed_out: list[WrappedKey] = []
        self.laptop_was_put_back = False
        self._came_late: set[UUID] = set()
        self._coaches: dict[str, Coach] = {}

    def _add_partner(self, handle: str) -> None:
        """A second organisation; each has signed that the other is its partner."""
        partner = Office(handle, self.chance)
        self.central.add(handle, partner.root)
        self.office.befriend(partner)
        partner.befriend(self.office)
        self.offices.append(partner)

    def end(self) -> None:
        """Nothing of it is left."""
        for laptop in (*self.laptops, *self.revoked):
            laptop.stop()
        shutil.rmtree(self.folder)

    # --- who is there -------------------------------------------------------------------------

    def new_user(self) -> UUID:
        """Somebody begins to work, in one of the organisations."""
        office = self.chance.choice(self.offices) if len(self.offices) > 1 else self.office
        user = office.new_user(NAMES[len(self.users)])
        self._office_of[user] = office
        self.users.append(user)
        return user

    def new_laptop(self, user: UUID, skew: timedelta) -> Laptop:
        """A laptop for them, connected; it counts once the directory is published."""
        name = NAMES[len(self.laptops) + len(self.revoked)]
        line = Line(self.network, name)
        laptop = Laptop(name, self.folder / name, Watch(self.time, skew), line, user, self.chance)
        self._office_of[user].enter(user, laptop.device.public)
        self._coaches[name] = Coach(name, self.chance)
        with laptop.store.changing(laptop.watch()) as changing:
            own = self._organisation(self._office_of[user])
            pinned.keep(changing, own)
        self.laptops.append(laptop)
        self.trace.note(name, "is connected")
        return laptop

    def publish(self) -> None:
        """Each office puts its latest directory into force."""
        owner = self.central.database.owner
        for one in self.offices:
            organisations.publish(owner, one.handle, one.signed, self.time(), self.chance.randbytes)

    def new_case(self, laptop: Laptop) -> UUID:
        """Somebody new comes to a coach."""
        person = Person(id=NOBODY, case=NOBODY, given_name="Person", family_name="Muster")
        case = people.open_file(laptop.store, person, "meedoen", laptop.watch())
        self.cases.append(case)
        self.ledger.look_at(laptop.store)
        self.trace.note(laptop.name, "opens", case)
        return case

    # --- what they do -------------------------------------------------------------------------

    def edit(self, laptop: Laptop, case: UUID) -> None:
        """One deed of a coach in a case."""
        deed = self._coaches[laptop.name].work(laptop.store, case, laptop.watch())
        self.ledger.look_at(laptop.store)
        self.trace.note(laptop.name, deed, case)

    def words(self, laptop: Laptop) -> str:
        """Words that nobody wrote before."""
        return self._coaches[laptop.name].words()

    def wish(self, laptop: Laptop, case: UUID, user: UUID, role: Role | None) -> None:
        """Somebody shall come into a case, go, or do something else there."""
        who = Colleague(self.org_of(user), user, "")
        if not self.offers(laptop, user):
            return
        if role is None:
            sharing.take_out(laptop.store, case, who, laptop.watch())
        else:
            sharing.invite(laptop.store, case, who, role, laptop.watch())
        self.trace.note(laptop.name, "wishes", self.users.index(user), role, case)

    def hand_over(self, laptop: Laptop, case: UUID, user: UUID) -> None:
        """Somebody else shall lead the case, and this laptop's user leaves it."""
        if not self.offers(laptop, user):
            return
        who = Colleague(self.org_of(user), user, "")
        sharing.hand_over(laptop.store, case, who, laptop.watch())
        self.trace.note(laptop.name, "hands over to", self.users.index(user), case)

    def exchange(
        self, laptop: Laptop, requests: int | None = None, commits: int | None = None
    ) -> str:
        """One round, which may end in a power cut; gives how it ended."""
        only_here = self._papers_only_on(laptop)
        keys = {} if laptop.destroyed else ledger.keys_on(laptop.store)
        way = Way(laptop.line, laptop.watch)
        laptop.line.requests_left = requests
        try:
            outcome = self._round(laptop, way, commits)
        except PowerCut:
            laptop.stop()
            laptop.start()
            outcome = "power cut"
        except LaptopRevoked:
            laptop.stop()
            outcome = "destroyed"
        except CaseworkerError as error:
            outcome = " ".join([error.code, *map(str, error.details.values())])
        laptop.line.requests_left = None
        if not laptop.destroyed:
            self.ledger.look_at(laptop.store)
            if keys.keys() - ledger.keys_on(laptop.store).keys():  # it erased a case
                self.ledger.look_at_last(laptop.store, keys, self.central)
        if Kind.PAPERS in self.kinds and not laptop.destroyed:
            self._look_for_early_news(laptop)
        if not laptop.destroyed and any(not self._knows(laptop, case) for case in only_here):
            self.shelf.after_a_loss(self.laptops, self.central)  # its user is out of that case
        self.trace.note(laptop.name, "exchanged:", outcome)
        return outcome

    def exchange_while(self, one: Laptop, other: Laptop) -> None:
        """One laptop's push is about to be committed while another laptop has a whole round."""
        one.line.meanwhile = lambda: self.trace.note("meanwhile", self.exchange(other))
        self.exchange(one)
        one.line.meanwhile = None

    def intrude(self, laptop: Laptop, case: UUID) -> None:
        """A laptop asks for a case that its user is not in."""
        record = self.record(case)
        if record is None or record.role_of(self.org_of(laptop.user), laptop.user) is not None:
            return
        host = next(one for one in self.offices if one.org == record.org)
        link = Way(laptop.line, laptop.watch).link(laptop.store, self._organisation(host))
        try:
            link.ask(Page, "pull", Pull(case, 0))
            self.problems.append(f"{laptop.name} was shown a case of others")
        except (Refused, Unreachable, Revoked):
            self.trace.note(laptop.name, "was shown nothing of", case)

    def _round(self, laptop: Laptop, way: Way, commits: int | None) -> str:
        if laptop.destroyed:
            return f"handed in {revoked.hand_in(laptop.folder, way)}"
        with laptop.dying_at(commits):
            rounds.run(laptop.store, way)
        laptop.was_put_back = False
        return "done"

    # --- what happens to them -------------------------------------------------------------------

    def put_laptop_back(self, laptop: Laptop, copy: int) -> None:
        """An older copy of a laptop's file is put back; what only this laptop had since is gone."""
        laptop.put_back(laptop.copies[copy])
        self.laptop_was_put_back = True
        self.after_a_loss()
        self.trace.note(laptop.name, "is put back to copy", copy)

    def after_a_loss(self) -> None:
        """Something is gone for good: only what still lies somewhere can be expected."""
        self.ledger.after_a_loss(self.laptops, self.revoked, self.central)
        self.shelf.after_a_loss(self.laptops, self.central)

    def _look_for_early_news(self, laptop: Laptop) -> None:
        """Nobody hears of a paper before its bytes are there; what was lost or let in is apart."""
        self._came_late |= {row["device_id"] for row in self.central.rows("aside")}
        late = {
            one.name for one in (*self.laptops, *self.revoked) if one.device.id in self._came_late
        }
        early = self.shelf.told_too_early(laptop, self.central, late)
        if early and not self.central.was_put_back and Kind.LATE not in self.kinds:
            self.problems.append(f"{laptop.name} was told of {early} papers that are not there")

    def _papers_only_on(self, laptop: Laptop) -> set[UUID]:
        """The cases of which it has papers that the central store lacks: it may be alone with them.

        Whether it was told that they are there says nothing: the central store may have lost them.
        """
        if Kind.PAPERS not in self.kinds or laptop.destroyed:
            return set()
        there = whole_at(self.central)
        return {case for case in self.cases if whole_on(laptop.store, case=case) - there}

    def dump(self) -> None:
        """A backup of the central store."""
        self.dumps.append(self.central.dump())
        self.trace.note("central store is backed up", len(self.dumps))

    def put_central_back(self, *, said: bool) -> None:
        """The central store is put back from one of its backups."""
        if not self.dumps:
            return
        number = self.chance.randrange(len(self.dumps))
        if self._would_strand(self.dumps[number]) or self._would_fork(self.dumps[number]):
            return
        self.central.put_back(self.dumps[number], said=said)
        self.after_a_loss()
        how = "said" if said else "unsaid"
        self.trace.note("central store is put back to", number + 1, how)
        self._give_records_back()

    def _would_strand(self, dump: Dump) -> bool:
        """Whether a case is lost in it of which only guests know whose laptops it does not know.

        They find no way there any more until somebody of that organisation asks them in again. Who
        has left the case is not asked in: they would keep what they have of it.
        """
        return any(self._is_stranded(case, dump) for case in self.cases if case not in dump.cases)

    def _would_fork(self, dump: Dump) -> bool:
        """Whether a laptop was put back as well, and another finds no way to this central store.

        If only that one has what both have lost, there are two chains under the same numbers: no
        laptop can join them, and the one that was away says that it does not believe the other.
        """
        return any(one.was_put_back for one in self.laptops) and not all(
            (self.org_of(one.user), one.device.id) in dump.devices for one in self.laptops
        )

    def _is_stranded(self, case: UUID, dump: Dump) -> bool:
        known = [(one, self._latest(one, case)) for one in self.laptops]
        held = [(one, of) for one, of in known if of is not None]
        lost = [(one, of) for one, of in held if not self._finds_its_way(one, of.org, dump)]
        out = any(of.role_of(self.org_of(one.user), one.user) is None for one, of in lost)
        return out or (bool(held) and len(lost) == len(held))

    def _finds_its_way(self, laptop: Laptop, host: UUID, dump: Dump) -> bool:
        return self.org_of(laptop.user) == host or (host, laptop.device.id) in dump.devices

    @staticmethod
    def _latest(laptop: Laptop, case: UUID) -> Membership | None:
        with laptop.store.reading() as reading:
            latest = members.latest(reading, case)
        return latest.record if latest else None

    def _knows(self, laptop: Laptop, case: UUID) -> bool:
        return self._latest(laptop, case) is not None

    def _give_records_back(self) -> None:
        """Everybody has one round, who knows most of the lost records first.

        Two branches of records are joined (`tests/sync/test_branches.py`). What the program notices
        and does not mend: a second first record, and a laptop that is revoked before it could give
        back what was confirmed and lost.
        """
        weather, self.network.weather = self.network.weather, FAIR
        known = {one.name: sum(self._known_versions(one).values()) for one in self.laptops}
        for laptop in sorted(self.laptops, key=lambda one: -known[one.name]):
            offline, laptop.line.offline = laptop.line.offline, False
            self.exchange(laptop)
            laptop.line.offline = offline
        self.network.weather = weather

    def _known_versions(self, laptop: Laptop) -> dict[UUID, int]:
        return {case: self._version(self._latest(laptop, case)) for case in self.cases}

    @staticmethod
    def _version(record: Membership | None) -> int:
        return record.version if record else 0

    def can_do_without(self, laptop: Laptop) -> bool:
        """Whether nothing is lost for good when this laptop is.

        Somebody else must lead each case with all its keys, and know its latest record: one that
        nobody but a lost laptop has seen is believed by no laptop that was away. And what a laptop
        wrote that was put back and had no round since can be handed in by nobody.
        """
        if laptop.was_put_back:
            return False
        others = [one for one in self.laptops if one is not laptop]
        return all(
            any(self._carries_on(one, case) for one in others)
            for case in self.cases
            if self.role_of(laptop, case) is not None or self._has_spoken_last(laptop, case)
        )

    def _has_spoken_last(self, laptop: Laptop, case: UUID) -> bool:
        latest = self.record(case)
        return latest is not None and latest.author == laptop.device.id

    def _carries_on(self, laptop: Laptop, case: UUID) -> bool:
        latest = self.record(case)
        same = latest is not None and self._latest(laptop, case) == latest
        return same and self.role_of(laptop, case) is Role.LEADS

    def nobody_can_lead(self, case: UUID) -> bool:
        """Whether neither a lead of a case nor anybody of its organisation has a laptop any more.

        A guest who led it took that role from themselves while the central store, put back, knew
        nothing of the lead's lost laptop. Until the organisation has one again, the case waits.
        """
        latest = self.record(case)
        return latest is not None and not any(
            self.org_of(one.user) == latest.org or self.role_of(one, case) is Role.LEADS
            for one in self.laptops
        )

    def revoke(self, laptop: Laptop) -> None:
        """A laptop was stolen: the office signs it off."""
        self._office_of[laptop.user].revoke(laptop.device.id)
        self.publish()
        self.laptops.remove(laptop)
        self.revoked.append(laptop)
        self.shelf.after_a_loss(self.laptops, self.central)  # it hands in changes, and no papers
        self.trace.note(laptop.name, "is revoked")

    def open_with_escrow(self) -> bool:
        """Where every laptop is gone that had all keys of a case, the office wraps them anew.

        Whoever left a case to laptops that were lost meanwhile could not know: the central store
        was put back to a directory from before that, too. Only the escrow key opens it then.
        """
        at, owner = self.central, self.central.database.owner
        lost = {case for case in self.cases if self._nobody_has_the_keys(case)}
        records = filter(None, map(self.record, lost))
        users = {member.user for record in records for member in record.members}
        place = office_place.Office(owner, self.office.org, at.handle)
        ours = {one.user for one in self.laptops if self.org_of(one.user) == self.office.org}
        for user in sorted(users & ours):
            paper = escrow.escrow_keys(place, str(user))
            escrow.put_keys(place, escrow.rewrap(self.office.keys(), paper).with_own())
            self.trace.note("the office opens with the escrow key for", self.users.index(user))
        return bool(users & ours)

    def _nobody_has_the_keys(self, case: UUID) -> bool:
        record = self.record(case)
        inside = self.laptops_in(record) if record else []
        rows = self.central.rows("wrap", case_id=case, device_id=ESCROW)
        return bool(inside) and not any(
            {row["epoch"] for row in rows} <= self._epochs_on(laptop, case) for laptop in inside
        )

    @staticmethod
    def _epochs_on(laptop: Laptop, case: UUID) -> set[int]:
        with laptop.store.reading() as reading:
            return {epoch for _case, epoch in log.wrapped_keys(reading.connection, case)}

    def release(self, org: UUID, released: list[Released]) -> None:
        """The office of an organisation lets in what signed-off laptops handed in to it."""
        next(one for one in self.offices if one.org == org).release(*released)
        self.publish()
        self.trace.note("the office lets in", len(released))

    def stores(self) -> list[Store]:
        """The stores that are still there."""
        return [one.store for one in (*self.laptops, *self.revoked) if not one.destroyed]

    def somebody_in_a_case(self, *roles: Role) -> tuple[Laptop | None, UUID | None]:
        """A laptop, and a case in which its user does one of these; or nobody."""
        laptop = self.chance.choice(self.laptops)
        cases = [case for case in self.cases if self.role_of(laptop, case) in roles]
        return (laptop, self.chance.choice(cases)) if cases else (None, None)

    # --- what can be asked ----------------------------------------------------------------------

    def org_of(self, user: UUID) -> UUID:
        """The organisation that somebody works for."""
        return self._office_of.get(user, self.office).org

    @staticmethod
    def _organisation(office: Office) -> Organisation:
        return Organisation(office.org, office.handle, True, office.root, None)

    def role_of(self, laptop: Laptop, case: UUID) -> Role | None:
        """What this laptop lets its user do: nothing in a case of which it shows nothing yet."""
        with laptop.store.reading() as reading:
            if reading.get(CaseFile, case) is None:
                return None
            latest = members.latest(reading, case)
            if latest is None:
                return Role.LEADS
            return latest.record.role_of(self.org_of(laptop.user), laptop.user)

    def is_connected(self, laptop: Laptop) -> bool:
        """Whether this laptop has found itself in the directory: before, it offers nobody."""
        with laptop.store.reading() as reading:
            return pinned.owner(reading, laptop.device.id) is not None

    def offers(self, laptop: Laptop, user: UUID) -> bool:
        """Whether this laptop offers somebody as a colleague: of others it must know the laptop."""
        if not self.is_connected(laptop):
            return False
        if self.org_of(user) == self.org_of(laptop.user):
            return True
        with laptop.store.reading() as reading:
            known = pinned.of(reading, self.org_of(user))
        return bool(known and known.directory and known.directory.devices_of(user))

    def record(self, case: UUID) -> Membership | None:
        """The latest record of a case at the central store."""
        rows = self.central.rows("record", case_id=case)
        if not rows:
            return None
        latest = max(rows, key=lambda row: int(row["version"]))
        return SignedMembership(latest["body"], latest["signature"]).record

    def laptops_in(self, record: Membership) -> list[Laptop]:
        """The laptops of those who are in a case."""
        users = {member.user for member in record.members}
        return [laptop for laptop in self.laptops if laptop.user in users]


@contextmanager
def a_world(seed: int, kinds: Kinds = PLAIN) -> Iterator[World]:
    """A world for one schedule; its folder goes with it."""
    folder = a_folder("world-")
    with pytest.MonkeyPatch.context() as patch, small_pieces():
        chance = Chance(f"keys of {seed}")
        for module in (keyring, organisation_secret, paper_keys):
            patch.setattr(module, "secrets", chance)
        world = World(seed, folder, kinds)
        try:
            yield world
        finally:
            world.end()
