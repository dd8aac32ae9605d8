"""A case with guests of two organisations that know nothing of each other but by their host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from caseworker_app.domain.sharing import Role
from caseworker_app.services import checking, goals
from caseworker_app.services.exchange import case_keys, directories, sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.way import Way
from caseworker_app.store import members, organisations, streams
from caseworker_app.sync.link import Answer, Transport
from caseworker_app.sync.refusals import NotBelieved
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.directory import SignedDirectory
from caseworker_app.sync.wire.packing import pack
from caseworker_app.vault.device import Device
from central_store.office.keys import OfficeKeys, new_keys
from central_store.office.partners import add_partner, partner_card
from tests.builders import NOW, a_case
from tests.central.an_organisation import AnOrganisation
from tests.sync.office_and_laptops import Laptop, Team, a_team
from tests.sync.test_rounds import words


@dataclass
class Three:
    """Ine leads a case of the host; Pia and Quin are guests in it, each of another organisation."""

    host: Team
    first: Team
    second: Team
    ine: Laptop
    pia: Laptop
    quin: Laptop
    case: UUID

    def exchange(self, times: int = 1) -> None:
        for _ in range(times):
            for laptop in (self.ine, self.pia, self.quin):
                laptop.exchange()


@pytest.fixture
def three(team: Team, tmp_path: Path, client: TestClient, owner: Engine) -> Three:
    first, second = a_team(tmp_path, client, owner), a_team(tmp_path, client, owner)
    for partner in (first, second):
        team.ours.befriend(partner.ours)
    ine, pia, quin = team.coach("Ine Voorbeeld"), first.coach("Pia"), second.coach("Quin")
    case = a_case(ine.store)
    made = Three(team, first, second, ine, pia, quin, case)
    made.exchange()
    invite(ine, case, "Pia", Role.WRITES)
    invite(ine, case, "Quin", Role.LEADS)
    made.exchange()
    return made


def invite(by: Laptop, case: UUID, name: str, role: Role) -> None:
    (who,) = (one for one in sharing.view(by.store, case).others if one.name == name)
    sharing.invite(by.store, case, who, role, NOW)


def test_guests_of_two_organisations_read_each_other(three: Three) -> None:
    goals.add_goal(three.quin.store, three.case, "von Quin", "", NOW)
    three.quin.exchange()
    goals.add_goal(three.pia.store, three.case, "von Pia", "", NOW)
    three.exchange(2)
    for laptop in (three.ine, three.pia, three.quin):
        assert sorted(words(laptop, three.case)) == ["von Pia", "von Quin"]
        assert exchange_view.view(laptop.store).standing == "done"
        assert checking.check_open(laptop.store).findings == []


def test_who_leads_as_a_guest_gives_the_next_key_to_guests_of_others(three: Three) -> None:
    sharing.take_out(three.quin.store, three.case, three.ine.colleague, NOW)
    for laptop in (three.quin, three.ine, three.pia):
        laptop.exchange()
    goals.add_goal(three.quin.store, three.case, "unter neuem Schlüssel", "", NOW)
    for laptop in (three.quin, three.pia):
        laptop.exchange()
    assert words(three.pia, three.case) == ["unter neuem Schlüssel"]


def test_who_was_taken_out_by_a_guest_of_another_organisation_erases_the_case(
    three: Three,
) -> None:
    sharing.take_out(three.quin.store, three.case, three.pia.colleague, NOW)
    for laptop in (three.quin, three.pia):
        laptop.exchange()
    with three.pia.store.reading() as reading:
        assert streams.stream(reading, three.case) is None


def test_a_new_laptop_and_a_lost_one_of_the_other_guest_are_known(three: Three) -> None:
    second = three.second.laptop(three.quin.colleague, 2)
    three.exchange()
    second.exchange()
    three.second.ours.revoke(three.quin.store.keys.device_id)
    goals.add_goal(second.store, three.case, "vom neuen", "", NOW)
    second.exchange()
    for laptop in (three.ine, three.pia, three.ine, three.pia):
        laptop.exchange()
    assert words(three.pia, three.case) == ["vom neuen"]
    assert exchange_view.view(three.pia.store).standing == "done"


def test_a_guest_of_another_organisation_goes_by_its_name_and_is_not_offered(
    three: Three,
) -> None:
    shown = sharing.view(three.pia.store, three.case)
    names = {one.who.user: one.who.name for one in shown.members}
    assert names[three.quin.colleague.user] == three.second.ours.keys.name
    assert names[three.ine.colleague.user] == "Ine Voorbeeld"
    assert three.quin.colleague.user not in {one.user for one in shown.others}


def test_a_case_that_waits_for_a_laptop_nobody_knows_says_so(three: Three) -> None:
    """A central store of an older version shows no guest the directory of another one's."""
    older = Silent(three.pia.way.transport, three.second.ours.org)
    pia = replace(three.pia, way=Way(older, three.pia.way.now))
    second = three.second.laptop(three.quin.colleague, 2)
    for laptop in (three.quin, second):
        laptop.exchange()
    goals.add_goal(second.store, three.case, "von Quin", "", NOW)
    second.exchange()
    pia.exchange()  # a new directory may only be on its way
    for _ in range(2):
        with pytest.raises(NotBelieved):
            pia.exchange()
    assert exchange_view.view(pia.store).problem is not None
    three.pia.exchange()
    assert words(three.pia, three.case) == ["von Quin"]
    assert exchange_view.view(pia.store).problem is None


@dataclass(frozen=True)
class Silent:
    """A central store that does not show the directory of this organisation."""

    real: Transport
    org: UUID

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if path.endswith(f"/partners/{self.org}/directory"):
            return Answer(m.REFUSALS["not-here"], {}, pack(m.Refusal("not-here")))
        return self.real.send(method, path, body, headers)


# --- for the cases of the host, and for nothing else ----------------------------------------------


def test_what_the_host_says_of_its_partners_counts_in_its_own_cases_alone(three: Three) -> None:
    quin = three.quin.store.keys.device_id
    host, home = three.host.ours.org, three.first.ours.org
    with three.pia.store.reading() as reading:
        record = members.latest(reading, three.case)
        assert record is not None
        assert organisations.owner(reading, quin, host) is not None
        assert organisations.owner(reading, quin, home) is None
        assert organisations.owner(reading, quin) is None
        assert organisations.counts(reading, host)  # its own partner counts everywhere
        receiving = {one.device for one in case_keys.recipients(reading, record.record)}
        assert quin in receiving
        elsewhere = replace(record.record, org=home, case=uuid4())
        assert quin not in {one.device for one in case_keys.recipients(reading, elsewhere)}


def test_one_who_is_only_known_by_the_host_cannot_ask_somebody_in(three: Three) -> None:
    own = a_case(three.quin.store)
    three.quin.exchange()
    names = {one.name for one in sharing.view(three.quin.store, own).others}
    assert "Ine Voorbeeld" in names
    assert "Pia" not in names
    pia = three.pia.colleague
    sharing.invite(three.quin.store, own, pia, Role.WRITES, NOW)
    three.exchange()
    with three.pia.store.reading() as reading:
        assert streams.stream(reading, own) is None


def test_what_the_own_organisation_signs_goes_before_what_a_host_says(three: Three) -> None:
    """The host lies: it has signed another root for the organisation of the other guest."""
    false = impostor(three.second.ours)
    quin = three.quin.store.keys.device_id
    told(three.pia, three.host.ours, false)
    with three.pia.store.reading() as reading:
        assert organisations.owner(reading, false.device, three.host.ours.org) is not None
        assert (
            organisations.owner(reading, quin, three.host.ours.org) is None
        )  # what it was told before
        assert organisations.owner(reading, false.device) is None
    three.first.ours.befriend(three.second.ours)
    three.pia.exchange()
    with three.pia.store.reading() as reading:
        for home in (None, three.host.ours.org, three.first.ours.org):
            assert organisations.owner(reading, false.device, home) is None
            assert organisations.owner(reading, quin, home) is not None


def test_another_host_that_says_otherwise_changes_nothing(
    three: Three, tmp_path: Path, client: TestClient, owner: Engine
) -> None:
    other = a_team(tmp_path, client, owner)
    three.first.ours.befriend(other.ours)
    three.pia.exchange()
    false = impostor(three.second.ours)
    told(three.pia, other.ours, false)
    quin = three.quin.store.keys.device_id
    with three.pia.store.reading() as reading:
        assert organisations.owner(reading, false.device, other.ours.org) is None
        assert organisations.owner(reading, quin, other.ours.org) is None
        assert organisations.owner(reading, quin, three.host.ours.org) is not None


@dataclass(frozen=True)
class Impostor:
    """Somebody with a root key of their own who goes by the name of an organisation."""

    keys: OfficeKeys
    signed: SignedDirectory
    device: UUID


def impostor(of: AnOrganisation) -> Impostor:
    """Their directory names a laptop of their own as that of the organisation's first user."""
    keys, listed, device = new_keys(of.handle, "Jemand anderes"), of.directory, uuid4()
    public = Device.generate(device).public
    entry = replace(
        listed.devices[0], id=device, signing=public.signing, receiving=public.receiving
    )
    lie = replace(listed, version=99, root=keys.public_root, devices=(entry,), partners=())
    return Impostor(keys, keys.sign(lie), device)


@dataclass(frozen=True)
class Lying:
    """The central store in the hands of a host that shows a false directory of its partner."""

    real: Transport
    host: str
    false: SignedDirectory

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        said = {
            f"/{self.host}/v1/nonce": m.Nonce(bytes(40)),
            f"/{self.host}/v1/token": m.Token(bytes(32), 600),
            f"/{self.host}/v1/partners/{self.false.directory.org}/directory": self.false,
        }
        if path in said:
            return Answer(200, {}, pack(said[path]))
        return self.real.send(method, path, body, headers)


def told(laptop: Laptop, host: AnOrganisation, false: Impostor) -> None:
    """A host signs the false root, and shows this laptop what it has signed."""
    add_partner(host.office, partner_card(false.keys), NOW)
    host.sign()
    store = laptop.store
    way = Way(Lying(laptop.way.transport, host.handle, false.signed), laptop.way.now)
    with store.reading() as reading:
        own, known = (
            organisations.own(reading),
            organisations.of(reading, host.org),
        )
    assert own is not None
    assert known is not None
    home = way.link(store, own)
    directories.update_partners(store, home, directories.update(store, home, NOW), NOW)
    directories.update_fellow_guests(store, way.link(store, known), NOW)
