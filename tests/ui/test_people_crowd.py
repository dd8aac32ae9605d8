"""Ten thousand people: every key answers at once, and no row is a widget."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from PySide6.QtWidgets import QWidget

from caseworker_app.domain.lines import PersonLine
from caseworker_app.domain.people import CaseStatus
from caseworker_app.services.find import PeopleIndex
from tests.ui.one_file import shown
from ui.pages.people_page import MOST, PeoplePage
from ui.widgets.people_rows import WholeRows
from ui.widgets.search import SearchField

NAMES = ("Anna", "Bernd", "Clara", "Dirk", "Elif", "Femke", "Gerda", "Hans", "Ina", "Jörg")


def a_crowd(count: int) -> list[PersonLine]:
    return [
        PersonLine(
            case=UUID(int=number + 1),
            name=f"{NAMES[number % 10]} Müller-{number}",
            number=f"2026-{number:05d}",
            birth_date=date(1950, 1, 1) + timedelta(days=number),
            place="Lindental",
            phone=f"030 {number:07d}",
            status=CaseStatus.OPEN,
            opened=date(2026, 1, 1),
            next_talk=None,
            next_step=None,
            last_talk=datetime(2026, 6, 1, tzinfo=UTC),
        )
        for number in range(count)
    ]


def test_a_crowd_is_searched_with_every_key_without_a_widget_for_each(app, showing, qtbot):
    page = PeoplePage(app)
    page.resize(1052, 800)  # no room for the preview: these people have no files behind them
    showing(page)
    crowd = a_crowd(10_000)
    page._show((crowd, PeopleIndex(crowd)))
    rows = page.findChild(WholeRows)
    assert len(rows.rows()) == MOST
    assert "and 9,900 more: type to find somebody" in shown(page)
    assert len(page.findChildren(QWidget)) < 150

    search = page.findChild(SearchField)
    search.setText("mül")
    began = time.perf_counter()
    qtbot.keyClicks(search, "ler")
    took = (time.perf_counter() - began) / 3
    assert "more than 100" in shown(page)
    assert took < 0.2, f"{took * 1000:.0f} ms for one key"
    qtbot.keyClicks(search, "-4711")
    assert next(row.name for row in rows.rows()) == "Bernd Müller-4711"
