"""Printing for real: from the button on the page through lp to a queue that keeps what arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from caseworker_app import settings
from caseworker_app.services import cases, plans, printers
from tests.cups import CUPSD, PLANS, REJECTING, STOPPED, PrintService, print_service
from tests.ui.conftest import Showing
from tests.ui.one_file import a_program, press, sheet_of, shown
from tests.ui.program import catalogues
from tests.ui.test_plan_page import GERMAN, a_page, a_planned_case, another_goal, settled
from ui.context import App
from ui.pages.plan_page import PlanPage

pytestmark = pytest.mark.skipif(CUPSD is None, reason="cupsd is not installed")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with catalogues(tmp_path / "words", GERMAN), a_program(tmp_path) as program:
        yield program


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintService]:
    with print_service(PLANS, REJECTING, STOPPED) as running:
        monkeypatch.setenv("CUPS_SERVER", running.address)
        yield running


def print_and_fix(page: PlanPage, qtbot: QtBot) -> None:
    press(qtbot, page, "Print and fix")
    press(qtbot, sheet_of(page), "Print and fix")
    settled(page, qtbot)


def arrived(service: PrintService, count: int, qtbot: QtBot) -> list[bytes]:
    qtbot.waitUntil(lambda: len(service.jobs()) >= count, timeout=15_000)
    return service.jobs()


def test_the_plan_arrives_byte_for_byte(
    app: App, service: PrintService, showing: Showing, qtbot: QtBot
):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    said: list[str] = []
    page.told.connect(lambda words, _undo: said.append(words))
    print_and_fix(page, qtbot)
    version = cases.view(app.store, case).plans[0]
    assert arrived(service, 1, qtbot) == [plans.version_pdf(app.store, version)]
    assert page.preview.paper.pdf() == service.jobs()[0]
    assert said == ["Printed. Version 1 is kept with the papers."]


def test_the_job_says_nobodys_name(app: App, service: PrintService, showing: Showing, qtbot: QtBot):
    print_and_fix(a_page(app, a_planned_case(app), showing, qtbot), qtbot)
    arrived(service, 1, qtbot)
    assert service.titles() == ["Caseworker"]


def test_printing_again_prints_the_same_version(
    app: App, service: PrintService, showing: Showing, qtbot: QtBot
):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    print_and_fix(page, qtbot)
    press(qtbot, page, "Print again")
    settled(page, qtbot)
    first, second = arrived(service, 2, qtbot)
    assert first == second
    another_goal(app, case)
    page.refresh()
    settled(page, qtbot)
    print_and_fix(page, qtbot)
    assert arrived(service, 3, qtbot)[2] != first
    assert [version.number for version in cases.view(app.store, case).plans] == [1, 2]


def test_the_chosen_printer_is_remembered(
    app: App, service: PrintService, showing: Showing, qtbot: QtBot
):
    page = a_page(app, a_planned_case(app), showing, qtbot)
    assert page.panel.printer is not None
    choose_printer(page, REJECTING)
    assert settings.load().printer == REJECTING
    again = a_page(app, page._case, showing, qtbot)
    assert again.panel.printer is not None
    assert again.panel.printer.value() == REJECTING


@pytest.mark.parametrize("queue", [REJECTING, STOPPED])
def test_a_queue_that_refuses_says_what_is_safe_and_what_to_do(
    app: App, service: PrintService, showing: Showing, qtbot: QtBot, queue: str
):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    choose_printer(page, queue)
    print_and_fix(page, qtbot)
    words = shown(page)
    assert "The printer did not take it." in words
    assert "It is kept with the papers. Check the printer" in words
    assert len(cases.view(app.store, case).plans) == 1
    choose_printer(page, PLANS)
    press(qtbot, page, "Print again")
    settled(page, qtbot)
    assert len(arrived(service, 1, qtbot)) == 1
    assert "The printer did not take it." not in shown(page)


def test_without_any_printer_the_page_says_what_can_be_done(
    app: App, showing: Showing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    with print_service() as without_queues:
        monkeypatch.setenv("CUPS_SERVER", without_queues.address)
        page = a_page(app, a_planned_case(app), showing, qtbot)
        assert "No printer was found. Connect a printer" in shown(page)
        assert page.panel.printer is None
    with print_service(PLANS) as with_a_queue:
        monkeypatch.setenv("CUPS_SERVER", with_a_queue.address)
        press(qtbot, page, "Look for printers again")
        settled(page, qtbot)
        assert "No printer was found." not in shown(page)
        print_and_fix(page, qtbot)
        assert len(arrived(with_a_queue, 1, qtbot)) == 1


def test_the_usual_printer_comes_first(service: PrintService, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LPDEST", REJECTING)
    assert printers.names() == (REJECTING, PLANS, STOPPED)


def choose_printer(page: PlanPage, name: str) -> None:
    """As from the opened list: the entry is activated."""
    assert page.panel.printer is not None
    combo = page.panel.printer.control
    combo.setCurrentText(name)
    combo.activated.emit(combo.currentIndex())


def test_where_there_is_no_lp_the_pages_arrive_as_pictures(
    app: App,
    service: PrintService,
    showing: Showing,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printers.can_print_directly()
    page = a_page(app, a_planned_case(app), showing, qtbot)
    assert page.panel.printer is not None
    assert page.panel.printer.value() == PLANS
    print_and_fix(page, qtbot)
    paper = arrived(service, 1, qtbot)[0]
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Subtype /Image") == page.preview.paper.pages()
    assert b"/DeviceRGB" in paper
    assert service.titles() == ["Caseworker"]
