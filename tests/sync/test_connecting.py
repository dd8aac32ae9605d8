"""Connecting a laptop with a code, and what the central store can say about people known twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import delete

from caseworker_app.domain.exchange import Standing
from caseworker_app.services import people
from caseworker_app.services.exchange import colleagues, connecting, known_twice, rounds
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.services.exchange.connecting import (
    CodeMistyped,
    CodeRefused,
    ConnectedAlready,
    NoCodeInPicture,
    OtherOrganisation,
)
from caseworker_app.services.exchange.way import real_way
from caseworker_app.store import organisations
from caseworker_app.sync.refusals import Refused, Unreachable
from caseworker_app.sync.wire.directory import fingerprint
from caseworker_app.sync.wire.invitation import Invitation, code_text, link
from central_store import tables as t
from central_store.office.devices import confirm_device
from central_store.office.enrolment import enrolment_code
from central_store.office.people import add_user
from tests.builders import NOW, a_case, a_store
from tests.sync.office_and_laptops import SERVER, Laptop, Team


def code_for(team: Team, name: str = "Ine Voorbeeld") -> Invitation:
    user = add_user(team.ours.office, name, team.now)
    return enrolment_code(team.ours.office, str(user), SERVER, team.now)


def drawn(text: str, file: Path) -> Path:
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    Image.fromarray(barcode.to_image(scale=4)).save(file)
    return file


def test_a_code_may_be_typed_pasted_or_read_from_a_picture(tmp_path: Path) -> None:
    code = Invitation(
        "https://austausch.example/teilhabe-nord", bytes(range(16)), fingerprint(b"root")
    )
    typed = connecting.read(" austausch.example/teilhabe-nord/ ", code_text(code.code).lower())
    assert (typed.address, typed.code) == (code.address, code.code)
    assert connecting.read(f" {link(code)}\n") == code
    assert connecting.read_picture(drawn(link(code), tmp_path / "letter.png")) == code


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("austausch.example/teilhabe", "ABCD-EFGH"),
        ("austausch.example", code_text(bytes(16))),
        ("", ""),
        ("ftp://austausch.example/teilhabe", code_text(bytes(16))),
        ("caseworker://connect?to=x", ""),
        ("austausch.example/teilhabe", code_text(bytes(16))[:-1] + "9"),
    ],
)
def test_a_typing_mistake_is_told_before_anything_is_sent(address: str, code: str) -> None:
    with pytest.raises(CodeMistyped):
        connecting.read(address, code)


def test_a_picture_of_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoCodeInPicture):
        connecting.read_picture(drawn("https://example.org", tmp_path / "poster.png"))
    (tmp_path / "no.png").write_bytes(b"no picture")
    with pytest.raises(NoCodeInPicture):
        connecting.read_picture(tmp_path / "no.png")


def test_from_the_code_to_confirmed(team: Team, tmp_path: Path) -> None:
    store = a_store(tmp_path / "store")
    assert exchange_view.view(store).standing is Standing.ALONE
    code = code_for(team)
    shown = connecting.connect(store, code, team.way)
    assert shown.organisation == code.root
    assert exchange_view.view(store).standing is Standing.PENDING
    rounds.run(store, team.way)
    assert exchange_view.view(store).standing is Standing.PENDING
    confirm_device(team.ours.office, str(store.keys.device_id), team.now)
    team.ours.sign()
    rounds.run(store, team.way)
    view = exchange_view.view(store)
    assert (view.standing, view.organisation) == (Standing.DONE, team.ours.directory.name)
    with pytest.raises(ConnectedAlready):
        connecting.connect(store, code, team.way)


def test_nothing_is_exchanged_before_the_numbers_were_compared(team: Team, tmp_path: Path) -> None:
    store = a_store(tmp_path / "store")
    a_case(store)
    connecting.connect(store, replace(code_for(team), root=""), team.way)
    confirm_device(team.ours.office, str(store.keys.device_id), team.now)
    team.ours.sign()
    rounds.run(store, team.way)
    view = exchange_view.view(store)
    assert (view.standing, view.to_compare) == (Standing.PENDING, True)
    connecting.numbers_agree(store, NOW)
    rounds.run(store, team.way)
    view = exchange_view.view(store)
    assert (view.standing, view.to_compare, view.changes_waiting) == (Standing.DONE, False, 0)


def test_a_code_works_once_and_for_a_quarter_of_an_hour(team: Team, tmp_path: Path) -> None:
    code = code_for(team)
    connecting.connect(a_store(tmp_path / "one"), code, team.way)
    for spent in (code, replace(code, code=bytes(16))):
        with pytest.raises(CodeRefused):
            connecting.connect(a_store(tmp_path / code_text(spent.code)), spent, team.way)


def test_another_root_than_the_letter_names_is_not_connected_to(team: Team, tmp_path: Path) -> None:
    code = replace(code_for(team), root=fingerprint(b"somebody else's"))
    store = a_store(tmp_path / "store")
    with pytest.raises(OtherOrganisation):
        connecting.connect(store, code, team.way)
    with store.reading() as reading:
        assert organisations.own(reading) is None


def test_what_was_not_confirmed_can_be_taken_back(team: Team, tmp_path: Path) -> None:
    store = a_store(tmp_path / "store")
    connecting.connect(store, code_for(team), team.way)
    connecting.take_back(store, NOW)
    assert exchange_view.view(store).standing is Standing.ALONE


def test_a_laptop_that_a_restored_server_forgot_begins_again(team: Team, tmp_path: Path) -> None:
    store = a_store(tmp_path / "store")
    connecting.connect(store, code_for(team), team.way)
    rounds.run(store, team.way)
    device = store.keys.device_id
    with team.ours.office.work() as db:  # it came after the backup
        db.execute(delete(t.token).where(t.token.c.device_id == device))
        db.execute(delete(t.device).where(t.device.c.device_id == device))
    with pytest.raises(Refused):
        rounds.run(store, team.way)
    view = exchange_view.view(store)
    assert (view.standing, view.unconfirmed) == (Standing.TROUBLE, True)
    connecting.take_back(store, NOW)
    connecting.connect(store, code_for(team), team.way)
    assert exchange_view.view(store).standing is Standing.PENDING
    confirm_device(team.ours.office, str(device), team.now)
    team.ours.sign()
    rounds.run(store, team.way)
    connecting.take_back(store, NOW)  # too late: it is one of the organisation's
    view = exchange_view.view(store)
    assert (view.standing, view.unconfirmed) == (Standing.DONE, False)


def test_no_word_goes_over_a_line_that_is_not_encrypted() -> None:
    with pytest.raises(Unreachable), real_way("http://austausch.example", lambda: NOW):
        pass


# --- people known twice -------------------------------------------------------------------------


def asked(laptop: Laptop, name: str, born: date | None) -> list[str]:
    with laptop.store.reading() as reading:
        own = organisations.own(reading)
    assert own is not None
    home = laptop.way.link(laptop.store, own)
    users = known_twice.ask(laptop.store, home, name, born)
    with laptop.store.reading() as reading:
        known = colleagues.all_of_them(reading)
    return [known[home.org, user].name for user in users]


def test_a_colleague_who_knows_somebody_is_named_and_nothing_more(team: Team) -> None:
    ine, tom = team.coach("Ine Voorbeeld"), team.coach("Tom Beispiel")
    born = date(2001, 5, 4)
    case = a_case(ine.store, "Jürgen von der Müller", birth_date=born)
    ine.exchange()
    tom.exchange()
    assert asked(tom, "Juergen Mueller", born) == ["Ine Voorbeeld"]
    assert asked(tom, "müller  JÜRGEN", born) == ["Ine Voorbeeld"]
    assert asked(tom, "Jürgen Müller", born + timedelta(days=1)) == []
    assert asked(tom, "Jürgen Müller", None) == []
    assert asked(tom, "Jürgen", born) == []
    assert asked(ine, "Jürgen Müller", born) == []
    seen = people.person(ine.store, case)
    people.save_person(ine.store, replace(seen, family_name="Anders"), seen, NOW)
    ine.exchange()
    assert asked(tom, "Jürgen Müller", born) == []
    assert asked(tom, "Jürgen Anders", born) == ["Ine Voorbeeld"]
