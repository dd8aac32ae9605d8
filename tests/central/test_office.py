"""The office at a real PostgreSQL: what is wished is signed, and what was signed stays."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import Engine, func, select

from caseworker_app.sync.wire import hpke
from caseworker_app.sync.wire import organisation_secret as secret_of
from caseworker_app.sync.wire.directory import SignedDirectory, believed, fingerprint
from caseworker_app.sync.wire.invitation import CODE_MINUTES
from caseworker_app.vault.device import Device
from central_store import tables as t
from central_store.call import Refused
from central_store.kept_directory import latest
from central_store.office import people
from central_store.office.devices import confirm_device, find_laptop, laptops, revoke_device
from central_store.office.directory import (
    build_directory,
    first_directory,
    name_info,
    sign_directory,
)
from central_store.office.enrolment import enrolment_code
from central_store.office.errors import NotTaken, OfficeError
from central_store.office.keys import new_keys, rotated
from central_store.office.papers import NewName, Signed
from central_store.office.partners import add_partner, partner_card
from central_store.office.place import office_of
from central_store.office.publishing import admit, publish
from central_store.office.telling import names
from central_store.office.wishes import prepare
from tests.central.an_organisation import NOW, SERVER, an_organisation


def text_of_all_tables(engine: Engine, org) -> bytes:
    """Every byte of every table that a dump of this organisation would hold."""
    found = b""
    with engine.begin() as db:
        db.execute(select(func.set_config("caseworker.org", str(org), True)))
        for table in t.metadata.sorted_tables:
            for row in db.execute(select(table)):
                for value in row:
                    found += bytes(value) if isinstance(value, bytes) else str(value).encode()
    return found


def test_in_one_line_an_organisation_with_laptops(owner):
    ours = an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel")
    directory = ours.directory
    assert {user.id for user in directory.users} == {coach.user for coach in ours.coaches}
    assert {device.id for device in directory.devices} == {c.device.id for c in ours.coaches}
    assert {laptop.state for laptop in laptops(ours.office)} == {"active"}
    assert names(ours.keys, directory) == {coach.user: coach.name for coach in ours.coaches}


def test_each_laptop_finds_the_secret_and_reads_the_names(owner):
    ours = an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel")
    directory = ours.directory
    for coach in ours.coaches:
        entry = directory.device(coach.device.id)
        secret = secret_of.unwrap_on_device(
            coach.device.receiving, entry.secret, ours.org, coach.device.id
        )
        key = secret_of.name_key(secret, ours.org)
        for user in directory.users:
            name = next(one.name for one in ours.coaches if one.user == user.id)
            assert secret_of.open_name(key, ours.org, user.id, user.name) == name


def test_no_name_lies_in_the_clear_in_the_database(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    people.add_user(ours.office, "Tom Wartetnoch", NOW)
    dump = text_of_all_tables(owner, ours.org)
    assert ours.office.handle.encode() in dump  # the tables were really read
    for word in (b"Voorbeeld", b"Wartetnoch"):
        assert word not in dump


def test_a_laptop_enters_only_once_it_was_confirmed(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    device = ours.connect(ours.coaches[0].user)
    assert ours.sign().device(device.id) is None
    assert find_laptop(ours.office, str(device.id)).state == "pending"
    confirm_device(ours.office, device.id.hex[:8], NOW)
    assert ours.sign().device(device.id)
    assert find_laptop(ours.office, str(device.id)).state == "active"


def test_what_is_signed_are_the_keys_that_were_compared(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    device = ours.connect(ours.coaches[0].user)
    confirm_device(ours.office, str(device.id), NOW)
    other = Device.generate(device.id).public
    with ours.office.work() as db:  # somebody changes the table afterwards
        d = t.device.c
        db.execute(
            t.device.update()
            .where(d.org_id == ours.org, d.device_id == device.id)
            .values(signing=other.signing, receiving=other.receiving)
        )
    entry = ours.sign().device(device.id)
    assert (entry.signing, entry.receiving) == (device.public.signing, device.public.receiving)


def test_a_laptop_with_a_key_that_is_none_is_named_and_can_be_revoked(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    device = ours.connect(ours.coaches[0].user)
    d = t.device.c
    with ours.office.work() as db:
        here = (d.org_id == ours.org, d.device_id == device.id)
        db.execute(t.device.update().where(*here).values(receiving=bytes(32)))
    confirm_device(ours.office, str(device.id), NOW)
    with pytest.raises(OfficeError, match=str(device.id)):
        ours.sign()
    revoke_device(ours.office, str(device.id), NOW)
    people.add_user(ours.office, "Tom Beispiel", NOW)
    assert len(ours.sign().users) == 2


def test_the_people_who_sign_read_what_is_new(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    ine, first = ours.coaches[0].user, ours.coaches[0].device
    second = ours.new_laptop(ine, signed=False)
    people.add_user(ours.office, "Tom Beispiel", NOW)
    people.rename_user(ours.office, str(ine), "Ine  Nieuw", NOW)
    revoke_device(ours.office, str(first.id), NOW)
    told = build_directory(ours.keys, prepare(ours.office), NOW).changes
    assert told == (
        "New name: Ine Voorbeeld is now called Ine Nieuw",
        "New user: Tom Beispiel",
        f"Revoked: laptop {first.id} of Ine Nieuw",
        f"New laptop of Ine Nieuw: {second.id}",
        f"    fingerprint {fingerprint(second.public.signing, second.public.receiving)}",
    )


def test_a_name_from_a_hostile_server_does_nothing_to_the_terminal(owner):
    ours = an_organisation(owner)
    user = uuid4()
    sealed = hpke.wrap(ours.keys.public_escrow, b"Ine\x1b[2J\r", name_info(ours.org, user))
    wishes = replace(prepare(ours.office), names=(NewName(user, sealed),))
    told = "".join(build_directory(ours.keys, wishes, NOW).changes)
    assert told.startswith("New user: Ine")
    assert told.isprintable()


def test_what_was_wished_meanwhile_is_not_forgotten(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    people.add_user(ours.office, "Tom Beispiel", NOW)
    wishes = prepare(ours.office)
    late = people.add_user(ours.office, "Eva Spaeter", NOW)
    signed, ours.keys = sign_directory(ours.keys, build_directory(ours.keys, wishes, NOW))
    publish(ours.office, Signed(signed, wishes.asked), NOW)
    assert [name.user for name in prepare(ours.office).names] == [late]


def test_a_laptop_revoked_after_the_file_was_prepared_stays_shut_out(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    people.add_user(ours.office, "Tom Beispiel", NOW)
    wishes = prepare(ours.office)
    device = ours.coaches[0].device.id
    revoke_device(ours.office, str(device), NOW)
    signed, ours.keys = sign_directory(ours.keys, build_directory(ours.keys, wishes, NOW))
    publish(ours.office, Signed(signed, wishes.asked), NOW)
    assert find_laptop(ours.office, str(device)).state == "revoked"
    assert ours.sign().device(device).revoked


def test_a_confirmed_laptop_revoked_after_the_file_was_prepared_stays_shut_out(owner):
    """It was never signed, but it stands in the file that is on its way."""
    ours = an_organisation(owner, "Ine Voorbeeld")
    device = ours.new_laptop(ours.coaches[0].user, signed=False).id
    wishes = prepare(ours.office)
    revoke_device(ours.office, str(device), NOW)
    signed, ours.keys = sign_directory(ours.keys, build_directory(ours.keys, wishes, NOW))
    publish(ours.office, Signed(signed, wishes.asked), NOW)
    assert find_laptop(ours.office, str(device)).state == "revoked"
    assert ours.sign().device(device).revoked


def test_whoever_was_listed_stays_listed(owner):
    ours = an_organisation(owner, "Ine Voorbeeld", "Tom Beispiel")
    ine = ours.coaches[0]
    assert ours.revoke(ine.device.id).device(ine.device.id).revoked
    _user, shut_out = people.user_left(ours.office, str(ine.user), NOW)
    assert shut_out == []  # it was before
    directory = ours.sign()
    assert directory.user(ine.user).left
    assert directory.device(ine.device.id).revoked
    assert len(directory.users) == len(directory.devices) == 2
    assert directory.devices_of(ine.user) == ()


def test_an_old_directory_from_the_server_brings_nobody_back(owner):
    """The key file remembers what was signed last, whatever the central store shows."""
    ours = an_organisation(owner, "Ine Voorbeeld")
    old = prepare(ours.office)
    device = ours.coaches[0].device.id
    ours.revoke(device)
    proposal = build_directory(ours.keys, replace(old, asked=()), NOW)
    assert proposal.directory.device(device).revoked
    assert proposal.directory.version == ours.directory.version + 1


def test_an_older_version_is_not_published(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    with ours.office.work() as db:
        old = latest(db, ours.org)
    ours.new_coach("Tom Beispiel")
    with pytest.raises(NotTaken, match="newer"):
        publish(ours.office, Signed(old), NOW)


def test_a_directory_of_another_key_is_neither_built_on_nor_published(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    stranger = new_keys(ours.office.handle, "Probe")
    forged = stranger.sign(replace(ours.directory, version=99, root=stranger.public_root))
    with pytest.raises(NotTaken, match="not signed"):
        publish(ours.office, Signed(forged), NOW)
    with pytest.raises(NotTaken, match="not signed"):
        build_directory(ours.keys, replace(prepare(ours.office), previous=forged), NOW)
    with pytest.raises(NotTaken):
        build_directory(new_keys("another", "Other"), prepare(ours.office), NOW)


def test_every_changed_bit_of_a_signed_directory_is_refused(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    signed = ours.keys.last
    chance = random.Random(4)
    for _trial in range(300):
        body, signature = bytearray(signed.body), bytearray(signed.signature)
        part = chance.choice([body, signature])
        part[chance.randrange(len(part))] ^= 1 << chance.randrange(8)
        changed = SignedDirectory(bytes(body), bytes(signature), signed.roots)
        with pytest.raises(NotTaken):
            publish(ours.office, Signed(changed), NOW)


def test_a_new_root_is_followed_by_who_pinned_the_old_one(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    pinned, escrow = ours.keys.public_root, ours.keys.public_escrow
    for times in (1, 2):
        ours.keys = rotated(ours.keys, escrow=True)
        proposal = build_directory(ours.keys, prepare(ours.office), NOW)
        assert any(line.startswith("New root key") for line in proposal.changes)
        ours.sign()
        assert len(ours.keys.roots) == times
    assert believed(ours.keys.last, pinned) == ours.directory
    assert ours.directory.root != pinned
    assert ours.directory.escrow != escrow
    people.add_user(ours.office, "Tom Beispiel", NOW)
    assert len(ours.sign().users) == 2


def test_a_name_sealed_before_a_new_escrow_key_can_still_be_signed(owner):
    ours = an_organisation(owner)
    user = people.add_user(ours.office, "Ine Voorbeeld", NOW)
    ours.keys = rotated(ours.keys, escrow=True)
    assert names(ours.keys, ours.sign()) == {user: "Ine Voorbeeld"}


def test_a_root_that_only_a_stranger_signed_is_followed_by_nobody(owner):
    ours = an_organisation(owner)
    stranger = rotated(new_keys(ours.office.handle, "Probe"))
    step = replace(stranger.roots[0], old=ours.keys.public_root)
    forged = replace(stranger, roots=(step,)).sign(
        replace(ours.directory, version=9, root=stranger.public_root)
    )
    with pytest.raises(NotTaken):
        publish(ours.office, Signed(forged), NOW)


# --- codes ------------------------------------------------------------------------------------


def test_a_code_connects_one_laptop_once(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    invitation = enrolment_code(ours.office, str(ours.coaches[0].user), SERVER, NOW)
    assert invitation.address == f"{SERVER}/{ours.office.handle}"
    assert invitation.root == fingerprint(ours.keys.public_root)
    device = Device.generate(uuid4())
    assert ours.enrol(invitation.code, device).user == ours.coaches[0].user
    assert ours.enrol(invitation.code, device).root == ours.keys.public_root  # answer was lost
    with pytest.raises(Refused):
        ours.enrol(invitation.code, Device.generate(uuid4()))
    with pytest.raises(Refused):
        ours.enrol(bytes(16), Device.generate(uuid4()))


@pytest.mark.parametrize(("minutes", "good"), [(CODE_MINUTES - 1, True), (CODE_MINUTES, False)])
def test_a_code_is_good_for_a_quarter_of_an_hour(owner, minutes, good):
    ours = an_organisation(owner, "Ine Voorbeeld")
    code = enrolment_code(ours.office, str(ours.coaches[0].user), SERVER, NOW).code
    ours.now = NOW + timedelta(minutes=minutes)
    if good:
        ours.enrol(code, Device.generate(uuid4()))
    else:
        with pytest.raises(Refused):
            ours.enrol(code, Device.generate(uuid4()))


def test_a_code_is_kept_as_a_hash_alone(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    code = enrolment_code(ours.office, str(ours.coaches[0].user), SERVER, NOW).code
    dump = text_of_all_tables(owner, ours.org)
    assert code not in dump
    assert str(code).encode() not in dump


def test_nobody_connects_for_a_user_who_is_not_there(owner):
    ours = an_organisation(owner, "Ine Voorbeeld")
    people.user_left(ours.office, str(ours.coaches[0].user), NOW)
    for user in (ours.coaches[0].user, uuid4()):
        with pytest.raises(OfficeError):
            enrolment_code(ours.office, str(user), SERVER, NOW)


# --- organisations ----------------------------------------------------------------------------


def test_an_organisation_is_taken_in_once_and_only_as_it_signed_itself(owner):
    ours = an_organisation(owner)
    signed, _keys = first_directory(new_keys(ours.office.handle, "Again"), NOW)
    with pytest.raises(OfficeError, match="already"):
        admit(owner, signed, NOW)
    keys = new_keys("unknown-yet", "Unknown")
    signed, _keys = first_directory(keys, NOW)
    with pytest.raises(NotTaken):
        admit(owner, replace(signed, signature=bytes(64)), NOW)
    with pytest.raises(NotTaken):
        admit(owner, replace(signed, body=b"nothing"), NOW)


def test_which_organisation_must_be_said_where_there_are_several(owner):
    ours, other = an_organisation(owner), an_organisation(owner)
    assert office_of(owner, ours.office.handle) == ours.office
    for handle in (None, "not-here"):
        with pytest.raises(OfficeError, match=other.office.handle):
            office_of(owner, handle)


@pytest.mark.parametrize("handle", ["", "A", "ümlaut", "a/b", "-a", "a" * 41, "with space"])
def test_a_handle_must_fit_into_an_address(handle):
    with pytest.raises(OfficeError):
        new_keys(handle, "Probe")


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2Jb", "a\x00b", "x" * 121])
def test_a_name_that_is_none_is_refused(owner, name):
    ours = an_organisation(owner)
    with pytest.raises(OfficeError):
        people.add_user(ours.office, name, NOW)


def test_one_office_cannot_touch_another(owner):
    ours, other = an_organisation(owner, "Ine Voorbeeld"), an_organisation(owner, "Tom Beispiel")
    theirs = other.coaches[0].device.id
    for act in (confirm_device, revoke_device):
        with pytest.raises(OfficeError, match="No laptop"):
            act(ours.office, str(theirs), NOW)
    assert find_laptop(other.office, str(theirs)).state == "active"


def test_partners_read_each_others_names(owner):
    ours, other = an_organisation(owner, "Ine Voorbeeld"), an_organisation(owner, "Tom Beispiel")
    ours.befriend(other)
    partner = ours.directory.partner(other.org)
    assert partner.root == other.keys.public_root
    key = secret_of.open_partner_key(ours.keys.secret, ours.org, other.org, partner.names)
    tom = other.directory.users[0]
    assert secret_of.open_name(key, other.org, tom.id, tom.name) == "Tom Beispiel"
    dump = text_of_all_tables(owner, ours.org) + text_of_all_tables(owner, other.org)
    assert other.keys.name_key not in dump


def test_a_partners_new_root_is_called_by_its_name(owner):
    ours, other = an_organisation(owner), an_organisation(owner)
    ours.befriend(other)
    other.keys = rotated(other.keys)
    add_partner(ours.office, partner_card(other.keys), NOW)
    told = build_directory(ours.keys, prepare(ours.office), NOW).changes
    assert told[0].startswith("ANOTHER ROOT KEY")
