"""A colleague who may already work with somebody: learned from a server that cannot read names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from caseworker_app.services.exchange import by_network, known_twice
from tests.builders import NOW, a_case
from tests.ui.conftest import Showing
from tests.ui.exchange.at_a_server import Town, connected, now
from tests.ui.one_file import a_program, press, shown
from ui.context import App
from ui.pages.case_page import CasePage
from ui.pages.person_page import PersonPage

BORN = date(1968, 3, 1)


@pytest.fixture
def app(tmp_path: Path, qapp: QApplication, town: Town) -> Iterator[App]:
    """A connected laptop in a town in which Tom works with Wim Hoekstra."""
    with a_program(tmp_path) as program:
        connected(town, program.store)
        tom = town.laptop("Tom Beispiel")
        a_case(tom.store, "Wim Hoekstra", birth_date=BORN)
        tom.exchange()
        tom.store.close()
        by_network.run(program.store, now, lambda: False)
        yield program


def test_while_the_new_person_is_typed(app: App, qtbot: QtBot, showing: Showing):
    page = PersonPage(app)
    showing(page)
    page.refresh()
    form = page._form
    qtbot.keyClicks(form.given_name.control, "wim")
    qtbot.keyClicks(form._words["family_name"].control, "Hoekstra")
    qtbot.keyClicks(form._birth_date.control, "01.03.1968")
    form._birth_date.left.emit()
    assert form.value(page._person).birth_date == BORN
    qtbot.waitUntil(lambda: "ask \u2068Tom Beispiel\u2069" in shown(page), timeout=10_000)
    page.leave()


def test_at_the_next_exchange_when_it_was_typed_offline(app: App, qtbot: QtBot, showing: Showing):
    case = a_case(app.store, "Wim Hoekstra", birth_date=BORN)
    assert known_twice.of_case(app.store, case) == ()
    by_network.run(app.store, now, lambda: False)
    assert [one.name for one in known_twice.of_case(app.store, case)] == ["Tom Beispiel"]
    page = CasePage(app, case)
    page.refresh()
    showing(page)
    qtbot.waitUntil(lambda: "ask \u2068Tom Beispiel\u2069" in shown(page))
    press(qtbot, page, "Noted")
    assert known_twice.of_case(app.store, case) == ()
    by_network.run(app.store, now, lambda: False)
    assert known_twice.of_case(app.store, case) == ()


def test_whoever_has_another_birth_date_is_somebody_else(app: App):
    other = date(1999, 9, 9)
    asked = by_network.who_may_know(app.store, "Wim Hoekstra", other, now, lambda: False)
    assert asked == ()
    case = a_case(app.store, "Gerda Smit", now=NOW)
    by_network.run(app.store, now, lambda: False)
    assert known_twice.of_case(app.store, case) == ()
