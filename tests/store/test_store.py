"""A real encrypted file: what is put comes out, survives, and is what the log says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from caseworker_app import errors
from caseworker_app.domain.changes import Change, Edit, Header
from caseworker_app.domain.clock import tick
from caseworker_app.domain.goals import Goal
from caseworker_app.domain.people import Person
from caseworker_app.domain.pieces import MOST_BYTES
from caseworker_app.domain.talk import Statement
from caseworker_app.services import cases, checking, find, goals, papers, people, removing, stores
from caseworker_app.store import blobs, log, projection, tables
from caseworker_app.store import store as store_file
from caseworker_app.store.connection import transaction
from caseworker_app.store.store import Store
from tests.builders import NOW, PASSPHRASE, a_case, a_person, a_store, a_talk, say

ODD = "Zoë <b>fett</b> & {x} '\"; DROP TABLE person;-- 😀 שלום عليكم"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return a_store(tmp_path / "store")


def reopened(store: Store) -> Store:
    store.close()
    return stores.unlock(store.folder, PASSPHRASE)


def clean(store: Store) -> bool:
    report = checking.check_open(store)
    assert report.findings == []
    return report.clean


def test_what_was_put_is_there_after_reopening(store: Store) -> None:
    case = a_case(store, "Jürgen Müller", phone="030 23125 014")
    again = people.person(reopened(store), case)
    assert (again.name, again.phone) == ("Jürgen Müller", "030 23125 014")
    assert again.birth_date == a_person().birth_date


def test_nothing_is_written_when_nothing_changed(store: Store) -> None:
    case = a_case(store)
    person = people.person(store, case)
    before = checking.check_open(store).changes
    people.save_person(store, person, person, NOW)
    assert checking.check_open(store).changes == before


def test_a_transaction_that_fails_leaves_nothing_behind(store: Store) -> None:
    case = a_case(store)

    def fails() -> None:
        with store.changing(NOW) as changing:
            changing.put(Goal(id=uuid4(), case=case, words="never"))
            blobs.keep(changing, case, b"never", NOW)
            blobs.keep(changing, case, None, NOW)  # type: ignore[arg-type]

    with pytest.raises(TypeError):
        fails()
    assert goals.cards(store, case) == ()
    assert clean(store)


@pytest.mark.parametrize("words", [ODD, "x" * 100_000, "  spaces \n and lines ", "\u202eabc"])
def test_words_come_back_exactly_as_typed(store: Store, words: str) -> None:
    case = a_case(store)
    goal = goals.add_goal(store, case, words, "L04", NOW)
    assert goals.cards(reopened(store), case)[0].goal == goal
    assert goal.words == words


def test_what_nobody_could_open_again_is_not_written(store: Store) -> None:
    case = a_case(store)
    before = checking.check_open(store).changes
    with pytest.raises(errors.DocumentTooLarge):
        goals.add_goal(store, case, "x" * (8 * 1024 * 1024 + 1), "L04", NOW)

    assert checking.check_open(store).changes == before


def test_a_save_of_very_many_values_becomes_several_changes(store: Store) -> None:
    case = a_case(store)
    with store.changing(NOW) as changing:
        for number in range(5000):
            changing.put(Goal(id=uuid4(), case=case, words=f"Ziel {number}"))
    assert len(goals.cards(store, case)) == 5000
    assert checking.check_open(store).findings == []


@given(words=st.text(max_size=300), name=st.text(min_size=1, max_size=60))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_is_kept_and_any_text_can_be_looked_for(
    store: Store, words: str, name: str
) -> None:
    case = people.open_file(store, replace(a_person(), given_name=name), "meedoen", NOW)
    goals.add_goal(store, case, words, "", NOW)
    assert goals.cards(store, case)[0].goal.words == words
    assert people.person(store, case).given_name == name
    find.words(store, words)
    find.PeopleIndex(people.lines(store, NOW)).find(words)


def test_removing_takes_out_of_view_and_out_of_search_and_restoring_brings_back(
    store: Store,
) -> None:
    case = a_case(store)
    goal = goals.add_goal(store, case, "Schmetterlinge zählen", "", NOW)
    removing.remove(store, goal, NOW)
    assert goals.cards(store, case) == ()
    assert find.words(store, "schmetterl") == []
    removing.restore(store, goal, NOW)
    assert goals.cards(store, case)[0].goal.words == "Schmetterlinge zählen"
    assert [hit.words for hit in find.words(store, "SCHMETTERL zahl")] == ["Schmetterlinge zählen"]
    assert clean(store)


@pytest.mark.parametrize("typed", ["kaffee", "koff", "ti", "tij", "garten", "20"])
def test_words_beside_signs_and_words_half_typed_are_found(store: Store, typed: str) -> None:
    words = "☕Kaffee→Garten, 20°C; geen tijd voor ☕koffie"
    goals.add_goal(store, a_case(store), words, "", NOW)
    assert [hit.words for hit in find.words(store, typed)] == [words]


def test_a_removed_file_is_in_no_list_and_comes_back(store: Store) -> None:
    case = a_case(store)
    file = people.file(store, case)
    removing.remove(store, file, NOW)
    assert people.lines(store, NOW) == []
    removing.restore(store, file, NOW)
    assert [line.case for line in people.lines(store, NOW)] == [case]


def test_a_stale_form_does_not_overwrite_what_came_meanwhile(store: Store) -> None:
    case = a_case(store)
    shown = people.person(store, case)
    people.save_person(store, replace(shown, phone="111"), shown, NOW)
    people.save_person(store, replace(shown, phone="222"), shown, NOW + timedelta(seconds=1))
    with store.reading() as reading:
        assert [person.phone for person in reading.disputed(Person, case)] == ["222"]
    assert clean(store)


def test_fields_that_the_form_did_not_touch_keep_what_came_meanwhile(store: Store) -> None:
    case = a_case(store)
    shown = people.person(store, case)
    people.save_person(store, replace(shown, phone="111"), shown, NOW)
    people.save_person(store, replace(shown, email="a@example.org"), shown, NOW)
    person = people.person(store, case)
    assert (person.phone, person.email) == ("111", "a@example.org")


def test_the_projection_is_rebuilt_when_its_form_changed(store: Store) -> None:
    case = a_case(store, "Jürgen Müller")
    say(store, a_talk(store, case), "Ich will draußen arbeiten.")
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        for statement in tables.DROP_PROJECTION:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("UPDATE meta SET value = x'00' WHERE name = 'projection'")
    again = reopened(store)
    assert people.person(again, case).name == "Jürgen Müller"
    assert len(find.words(again, "draussen")) == 1
    assert clean(again)


def test_unknown_kinds_and_fields_of_a_newer_program_stay_in_the_log(store: Store) -> None:
    case = a_case(store)
    goal = goals.add_goal(store, case, "Ziel", "", NOW)
    keys = store.keys
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        sequence, previous, clock = log.tail(connection, case, keys.device_id)
        header = Header(
            store.id, case, uuid4(), keys.device_id, sequence + 1, previous,
            tick(clock, NOW), tables.SCHEMA, 1,
        )  # fmt: skip
        edits = (
            Edit("goal", goal.id, "colour_of_tomorrow", "blue"),
            Edit("horoscope", uuid4(), "sign", "lion"),
        )
        wrapped = log.wrapped_keys(connection, case)[case, 1]
        log.append(connection, keys, header, wrapped, edits)
        projection.apply(connection, [Change(header, edits)])
    goals.save_goal(store, replace(goal, sign="seen"), goal, NOW)
    with transaction(store._engine, "BEGIN") as connection:
        state, _ = projection.load(connection, Goal, goal.id, case)
        kept = [
            e
            for entry in log.entries(connection, case)
            for e in log.edits_of(connection, keys, entry.header.change)
        ]
    assert state.shown()["colour_of_tomorrow"] == "blue"
    assert "horoscope" in {edit.kind for edit in kept}
    assert clean(reopened(store))


def flip(file: Path, position: int) -> None:
    raw = bytearray(file.read_bytes())
    raw[position] ^= 1
    file.write_bytes(bytes(raw))


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.9])
def test_a_flipped_bit_is_found_and_told_calmly(store: Store, share: float) -> None:
    for number in range(20):
        a_case(store, f"Tobias {number}")
    store.close()
    file = store.folder / store_file.FILE
    flip(file, int(file.stat().st_size * share))
    with pytest.raises((errors.StoreDamaged, errors.NotOurStore, AssertionError)):
        assert checking.check(store.folder, PASSPHRASE).clean


def test_a_forged_change_is_found(store: Store) -> None:
    a_case(store)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql(
            "UPDATE change SET signature = zeroblob(64) WHERE arrival ="
            " (SELECT max(arrival) FROM change)"
        )
    assert any("not signed" in f for f in checking.check_open(store).findings)


def test_a_missing_change_in_the_middle_is_found(store: Store) -> None:
    case = a_case(store)
    for number in range(3):
        goals.add_goal(store, case, f"Ziel {number}", "", NOW)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("DELETE FROM change WHERE sequence = 2")
    assert any("missing" in f for f in checking.check_open(store).findings)


def test_a_body_moved_to_another_case_is_not_opened(store: Store) -> None:
    one, other = a_case(store, "A B"), a_case(store, "C D")
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        rows = {
            case: connection.exec_driver_sql(
                "SELECT id, sealed FROM change WHERE case_id = ?", (case.bytes,)
            ).one()
            for case in (one, other)
        }
        connection.exec_driver_sql(
            "UPDATE change SET sealed = ? WHERE id = ?", (rows[one][1], rows[other][0])
        )
    assert not checking.check_open(store).clean


def test_a_table_that_says_something_else_than_the_log_is_found(store: Store) -> None:
    a_case(store)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("UPDATE person SET phone = '999'")
    assert any("differs from the log" in f for f in checking.check_open(store).findings)


def test_an_index_that_says_something_else_than_the_log_is_found(store: Store) -> None:
    goals.add_goal(store, a_case(store), "Ziel", "", NOW)
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql("INSERT INTO word (rowid, words) VALUES (1, 'fremd')")
    assert not checking.check_open(store).clean


def test_the_wrong_passphrase_opens_nothing_and_writes_nothing(store: Store) -> None:
    store.close()
    before = {file.name: file.read_bytes() for file in store.folder.iterdir()}
    with pytest.raises(errors.WrongPassphrase):
        stores.unlock(store.folder, PASSPHRASE + "x")
    assert {file.name: file.read_bytes() for file in store.folder.iterdir()} == before


def test_a_file_that_is_not_ours_is_left_as_it_is(store: Store) -> None:
    store.close()
    file = store.folder / store_file.FILE
    file.write_bytes(b"something else entirely" * 400)
    with pytest.raises(errors.NotOurStore):
        stores.unlock(store.folder, PASSPHRASE)
    assert file.read_bytes() == b"something else entirely" * 400


def test_a_newer_store_is_refused_with_a_sentence(store: Store) -> None:
    with transaction(store._engine, "BEGIN IMMEDIATE") as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {tables.SCHEMA + 1}")
    with pytest.raises(errors.StoreTooNew) as caught:
        reopened(store)
    assert all(caught.value.sentences())


def test_a_second_store_is_not_made_over_the_first(store: Store) -> None:
    with pytest.raises(errors.FolderTaken):
        a_store(store.folder)


def test_a_document_comes_back_byte_for_byte_and_too_large_ones_are_refused(
    store: Store, tmp_path: Path
) -> None:
    case = a_case(store)
    file = tmp_path / "Bescheid Ümlaut.pdf"
    file.write_bytes(bytes(range(256)) * 1000)
    document = papers.add_file(store, case, file, NOW)
    assert papers.content(reopened(store), document) == file.read_bytes()
    with file.open("r+b") as opened:
        opened.truncate(MOST_BYTES + 1)
    with pytest.raises(errors.DocumentTooLarge):
        papers.add_file(store, case, file, NOW)
    assert clean(store)


def test_nothing_typed_lies_readable_in_the_folder(store: Store) -> None:
    case = a_case(store, "Xaverine Quittenbaum")
    say(store, a_talk(store, case), "Pfefferminzgeheimnis am Küchentisch")
    with store.changing(NOW) as changing:
        papers.put(changing, case, "Lavendelbrief.txt", "text/plain", b"Zimtschnecke", NOW)
    markers = ("Quittenbaum", "Pfefferminz", "Lavendel", "Zimtschnecke", "Miriam", "Lindental")
    for file in store.folder.iterdir():  # with the write-ahead log still open
        raw = file.read_bytes()
        for marker in markers:
            assert marker.encode() not in raw, (file.name, marker)
            assert marker.encode("utf-16-le") not in raw, (file.name, marker)


def test_the_file_is_readable_by_its_owner_alone(store: Store) -> None:
    for file in store.folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name
    assert store.folder.stat().st_mode & 0o077 == 0


def test_values_never_show_their_words_in_a_traceback(store: Store) -> None:
    case = a_case(store, "Geheim Name")
    talk = a_talk(store, case)
    say(store, talk, "Geheime Worte")
    view = cases.view(store, case)
    with store.reading() as reading:
        shown = repr((reading.all(Statement), reading.all(Person), view))
    assert "Geheim" not in shown


def test_the_library_is_one_that_loses_nothing_at_a_checkpoint() -> None:
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


@pytest.mark.parametrize(
    ("spoilt", "complaint"),
    [
        ("DELETE FROM waiting WHERE sequence = 1", "waiting: not what the central store lacks"),
        ("UPDATE waiting SET sequence = 99 WHERE sequence = 1", "waiting: there is no such change"),
    ],
)
def test_a_change_that_would_never_be_handed_over_is_noticed(
    store: Store, spoilt: str, complaint: str
) -> None:
    a_case(store)
    assert checking.check_open(store).clean
    with store.changing(NOW) as changing:
        changing.connection.exec_driver_sql(spoilt)
    findings = checking.check_open(store).findings
    assert any(one.startswith(complaint) for one in findings)
