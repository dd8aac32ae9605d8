"""How the exchange stands, as the page and the rail say it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from caseworker_app import i18n
from caseworker_app.domain.exchange import Gone, Kept, Standing
from caseworker_app.domain.sharing import Role
from tests.builders import NOW
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.exchange.values import CASE, a_view
from tests.ui.one_file import press, shown
from ui import theme
from ui.context import App
from ui.page import Route
from ui.pages.exchange_page import ExchangePage
from ui.widgets.exchange_parts import FEW, Line
from ui.widgets.exchange_words import gone_words, on_the_page, on_the_rail, waiting_meta

TODAY = NOW.astimezone().date()
LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


def a_page(app: App, showing: Showing, qtbot: QtBot) -> ExchangePage:
    page = ExchangePage(app)
    page.resize(1052, 800)
    page.refresh()
    qtbot.waitUntil(lambda: not app.background.busy())
    showing(page)
    return page


def test_a_laptop_alone_is_safe_and_is_shown_the_way_to_others(app, showing, qtbot):
    page, went = a_page(app, showing, qtbot), []
    page.went.connect(went.append)
    assert "Everything is on this laptop alone." in shown(page)
    press(qtbot, page, "Connect this laptop")
    assert went == [Route("connect")]


def test_offline_is_normal_and_says_since_when_and_what_waits(app, showing, qtbot):
    page = a_page(app, showing, qtbot)
    page.hear(a_view())
    words = shown(page).replace("\u2068", "").replace("\u2069", "")
    assert "No connection to the server. Everything is safe on this laptop." in words
    assert "It goes on by itself as soon as the server can be reached again." in words
    assert "Wim Hoekstra: conversation" in words
    assert "14 changes" in words
    assert "5 changes from Karim Aydin" in words
    assert not on_the_rail(a_view(), TODAY).warn
    assert not on_the_page(a_view(), TODAY).warn


@pytest.mark.parametrize("standing", [one for one in Standing if one is not Standing.DONE])
def test_handed_over_is_said_of_nothing_that_waits(standing):
    said = on_the_page(a_view(standing), TODAY)
    assert "handed over" not in said.title
    assert "handed over" not in on_the_page(a_view(Standing.DONE), TODAY).title
    assert on_the_page(a_view(Standing.DONE, waiting=()), TODAY).title.endswith("handed over.")


def test_trouble_is_said_in_its_three_sentences(app, showing, qtbot):
    page = a_page(app, showing, qtbot)
    page.hear(a_view(Standing.TROUBLE, problem=("It burns.", "All is safe.", "Call 0000.")))
    assert "It burns." in shown(page)
    assert "All is safe. Call 0000." in shown(page)
    assert on_the_rail(a_view(Standing.TROUBLE), TODAY).warn


def test_what_is_odd_is_said_without_alarm(app, showing, qtbot):
    page = a_page(app, showing, qtbot)
    page.hear(a_view(gone_back=NOW, clock_is_off=True, update_needed=True, moving=2))
    words = shown(page)
    assert "This laptop has given everything back to it." in words
    assert "The clock of this laptop is wrong." in words
    assert "newer version" in words
    assert "2 documents are on their way." in words


def test_a_decision_leads_to_where_it_is_made(app, showing, qtbot):
    page, went = a_page(app, showing, qtbot), []
    page.went.connect(went.append)
    page.hear(a_view(decisions=1))
    press(qtbot, page, "Have a look")
    assert went == [Route("disputes")]
    assert on_the_rail(a_view(decisions=1), TODAY).warn


def test_lines_lead_to_their_files(app, showing, qtbot):
    page, went = a_page(app, showing, qtbot), []
    page.went.connect(went.append)
    page.hear(a_view())
    QApplication.processEvents()
    for line in page.findChildren(Line):
        if line.isVisible():
            qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert went == [Route("case", CASE), Route("case", CASE), Route("sharing", CASE)]


def test_trying_now_asks_for_an_exchange_and_keeps_the_keyboard(app, showing, qtbot):
    page, wanted = a_page(app, showing, qtbot), []
    page.exchange_wanted.connect(lambda: wanted.append(1))
    page.hear(a_view())
    QApplication.processEvents()
    tried = next(one for one in page.findChildren(QPushButton) if one.text() == "Try now")
    tried.setFocus()
    qtbot.keyClick(tried, Qt.Key.Key_Return)
    assert wanted == [1]
    page.hear(a_view(last_done=NOW))

    def has_it_again() -> bool:
        focused = QApplication.focusWidget()
        return isinstance(focused, QPushButton) and focused.text() == "Try now"

    qtbot.waitUntil(has_it_again)
    assert QApplication.focusWidget() is not tried


def test_many_files_are_shown_when_they_are_asked_for(app, showing, qtbot):
    page = a_page(app, showing, qtbot)
    kept = tuple(Kept(CASE, f"Person {number}") for number in range(FEW + 3))
    page.hear(a_view(kept=kept))
    assert f"Person {FEW}" not in shown(page).replace("\u2069", "").split("\u2068")
    press(qtbot, page, f"Show all {FEW + 3}")
    assert f"Person {FEW + 2}" in shown(page)


def test_a_file_that_left_is_named_with_who_leads_it_now():
    view = a_view(gone=(Gone(CASE, "Wim Hoekstra", "Karim Aydin"), Gone(CASE, "Gerda Smit")))
    first, second = (
        words.replace("\u2068", "").replace("\u2069", "") for words in gone_words(view)
    )
    assert first == "Karim Aydin leads the file of Wim Hoekstra now. It has left this laptop."
    assert second == "The file of Gerda Smit has left this laptop."


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_state_has_its_words_in_both_languages(language):
    i18n.use(language)
    try:
        said = [on_the_page(a_view(one), TODAY) for one in Standing]
        rail = [on_the_rail(a_view(one), TODAY) for one in Standing]
    finally:
        i18n.use("en")
    english = [on_the_page(a_view(one), TODAY) for one in Standing]
    assert len({one.title for one in said}) == len(Standing)
    assert not {one.title for one in said} & {one.title for one in english}
    assert all(one.sentence for one in (*said, *rail))


@pytest.mark.parametrize(("language", "said"), [("de", "bis {} Uhr ·"), ("nl", "tot {} uur ·")])
def test_from_when_until_when_it_was_written_names_the_hour_once(language, said):
    (waiting,) = a_view().waiting
    since, until = (f"{one.astimezone():%H:%M}" for one in (waiting.since, waiting.until))
    today = i18n.use(language).gettext("today").capitalize()
    try:
        words = waiting_meta(waiting, TODAY)
    finally:
        i18n.use("en")
    assert words.startswith(f"{today}, {since} {said.format(until)}")


def test_last_week_is_called_by_its_day():
    last = NOW - timedelta(days=3)
    assert "Friday, " in on_the_page(a_view(last_done=last), TODAY).sentence


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(app, showing, qtbot, standing):
    page = a_page(app, showing, qtbot)
    kept = Kept(CASE, "Gerda Smit", ("A", "B", "C"), Role.READS)
    page.hear(a_view(standing, decisions=2, moving=1, kept=(kept,)))
    qtbot.waitUntil(lambda: problems(page) == [], timeout=2000)
