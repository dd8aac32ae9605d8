"""Who works with a file: who is in it, whom to let in, who leads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from caseworker_app.domain.exchange import CaseMember, CaseSharing, Colleague, Presence
from caseworker_app.domain.sharing import Role
from caseworker_app.services import people
from caseworker_app.services.exchange import sharing
from tests.builders import NOW, a_person
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.exchange.values import BAS, DUNJA, KARIM, ME, a_sharing, a_view
from tests.ui.one_file import button, choose, press, sheet_of, shown
from ui import theme
from ui.company import Company, KnownTwice
from ui.context import App
from ui.forms.invite import found
from ui.page import Route
from ui.pages.sharing_page import SharingPage
from ui.pages.taken_page import TakenPage
from ui.widgets.faces import Faces
from ui.widgets.sharing_words import company_words

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]


class Visit:
    """The page as the coach has it in front of them, of a file in a real store."""

    def __init__(self, app: App, case: UUID, showing: Showing, qtbot: QtBot) -> None:
        self.app, self.case, self.qtbot = app, case, qtbot
        self.page = SharingPage(app, case)
        self.page.resize(1052, 800)
        self.went: list[Route] = []
        self.told: list[tuple[str, Any]] = []
        self.page.went.connect(self.went.append)
        self.page.told.connect(lambda words, undo: self.told.append((words, undo)))
        self.page.refresh()
        self.settle()
        showing(self.page)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.app.background.busy())
        QApplication.processEvents()

    def show(self, view: CaseSharing) -> None:
        self.page.show_sharing(people.person(self.app.store, self.case), view)
        QApplication.processEvents()

    def words(self) -> str:
        return shown(self.page).replace("\u2068", "").replace("\u2069", "")

    def press(self, words: str) -> None:
        press(self.qtbot, self.page, words)
        self.settle()

    def wishes(self) -> dict[str, Presence]:
        """What is asked for, as the store has it."""
        view = sharing.view(self.app.store, self.case)
        return {str(one.who.user): one.presence for one in view.members}


@pytest.fixture
def visit(app: App, case: UUID, showing: Showing, qtbot: QtBot) -> Visit:
    return Visit(app, case, showing, qtbot)


def test_alone_the_way_to_a_connection_is_shown(visit: Visit):
    assert "So far only you. The file is on this laptop alone." in visit.words()
    visit.press("Connect this laptop")
    assert visit.went == [Route("connect")]


def test_members_stand_there_with_role_and_when_they_last_looked(visit: Visit):
    old = CaseMember(DUNJA, Role.READS, seen=NOW - timedelta(days=400))
    visit.show(a_sharing(members=(*a_sharing().members, old)))
    words = visit.words()
    assert "Miriam Falk (you)" in words
    assert "you lead the file" in words
    assert "writes along · has everything, today, " in words
    assert "Bas Visser, Stichting De Deel" in words
    assert "Invited. The invitation goes out with the next exchange." in words
    assert "last fetched it: October 19, 2025" in words


def test_when_all_colleagues_are_in_it_nobody_is_said_to_be_missing(visit: Visit):
    visit.show(a_sharing(others=()))
    assert "Everybody whom you could invite is in this file already." in visit.words()
    visit.show(a_sharing(members=(CaseMember(ME, Role.LEADS, is_me=True),), others=()))
    assert "There is nobody to invite yet." in visit.words()


def test_who_left_stands_apart_with_the_proof_of_erasing(visit: Visit):
    gone = CaseMember(KARIM, Role.WRITES, Presence.GONE, erased=NOW)
    visit.show(a_sharing(members=(CaseMember(ME, Role.LEADS, is_me=True), gone), late=1))
    words = visit.words()
    assert "Not in the file any more" in words
    assert "has left the file; erased on their laptop: today" in words
    assert "Somebody who has left this file wrote something before they knew" in words
    assert button(visit.page, "Take it in").isVisible()


def test_somebody_is_invited_without_a_network_and_taken_back(visit: Visit):
    visit.show(a_sharing())
    visit.press("\u2068Dunja Demir\u2069")
    assert "Does Wim know?" in visit.words()
    visit.press("reads along")
    assert "sees everything, changes nothing" in visit.words()
    visit.press("Invite \u2068Dunja Demir\u2069")
    assert visit.wishes() == {str(DUNJA.user): Presence.INVITED}
    (words, undo) = visit.told[-1]
    assert words == "\u2068Dunja Demir\u2069 is invited with the next exchange."
    undo()
    assert visit.wishes() == {}


def test_a_wish_is_taken_back_in_its_row(visit: Visit):
    sharing.invite(visit.app.store, visit.case, BAS, Role.READS, NOW)
    visit.show(a_sharing())
    visit.press("Take back: \u2068Bas Visser\u2069")
    assert visit.wishes() == {}


def test_another_role_is_asked_for_in_the_menu(visit: Visit):
    visit.show(a_sharing())
    choose(visit.page, "Let read along only")
    visit.settle()
    with visit.app.store.reading():
        assert visit.told[-1][0].endswith("reads along, from the next exchange on.")


def test_handing_over_says_what_happens_and_can_be_taken_back(visit: Visit):
    visit.show(a_sharing())
    choose(visit.page, "Hand the file over")
    sheet = sheet_of(visit.page)
    said = shown(sheet).replace("\u2068", "").replace("\u2069", "")
    assert "First everything goes out that still waits on this laptop." in said
    assert "Then Karim Aydin leads the file." in said
    assert "After that the file leaves this laptop." in said
    assert visit.told == []


def test_handing_over_is_taken_back_as_one(visit: Visit):
    store = visit.app.store
    for who, role in ((KARIM, Role.LEADS), (ME, Role.READS), (DUNJA, Role.READS)):
        sharing.invite(store, visit.case, who, role, NOW)
    leaving = CaseMember(ME, Role.LEADS, Presence.LEAVING, is_me=True)
    leads = CaseMember(KARIM, Role.LEADS, Presence.CHANGING)
    visit.show(a_sharing(members=(leaving, leads)))
    assert "From the next exchange on: leads the file." in visit.words()
    visit.press("Take back: \u2068Karim Aydin\u2069")
    assert set(visit.wishes()) == {str(DUNJA.user)}


def test_taking_out_is_honest_about_what_was_seen(visit: Visit):
    visit.show(a_sharing())
    choose(visit.page, "Take out of the file")
    said = shown(sheet_of(visit.page)).replace("\u2068", "").replace("\u2069", "")
    assert "What Karim Aydin has already seen cannot be made unseen." in said
    press(visit.qtbot, sheet_of(visit.page), "Take out of the file")
    visit.settle()
    assert "leaves the file with the next exchange" in visit.told[-1][0]


def test_who_only_reads_is_told_whom_to_ask(visit: Visit):
    leads = CaseMember(KARIM, Role.LEADS)
    visit.show(a_sharing(Role.READS, members=(CaseMember(ME, Role.READS, is_me=True), leads)))
    assert "Karim Aydin leads this file. Ask there if somebody is to join." in visit.words()
    assert not visit.page.findChildren(QToolButton)
    assert not [menu for menu in visit.page.findChildren(QMenu) if menu.actions()]


def test_colleagues_are_found_by_name_or_organisation_and_own_ones_come_first():
    partner = Colleague(BAS.org, UUID(int=20), "Aaron Aal", "Stichting De Deel")
    everybody = (partner, KARIM, DUNJA)
    assert found(everybody, "") == [DUNJA, KARIM, partner]
    assert found(everybody, "deel") == [partner]
    assert found(everybody, "kar ay") == [KARIM]
    assert found(everybody, "zz") == []


def _number(visit: Visit) -> QLabel:
    (label,) = [one for one in visit.page.findChildren(QLabel) if one.text() == str(visit.case)]
    return label


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_the_number_of_the_file_is_a_text_that_can_be_copied(visit: Visit):
    visit.page.resize(640, 800)
    visit.show(a_sharing())
    number = _number(visit)
    spoken = QAccessible.queryAccessibleInterface(number)
    assert spoken.role() is QAccessible.Role.StaticText
    assert spoken.text(QAccessible.Text.Name).endswith(f"if your IT asks for it: {visit.case}")
    assert number.width() >= number.fontMetrics().horizontalAdvance(str(visit.case))
    assert not number.wordWrap()
    number.setFocus(Qt.FocusReason.TabFocusReason)
    visit.qtbot.keyClick(number, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert number.selectedText() == str(visit.case)
    number.setSelection(0, 0)
    visit.qtbot.mouseDClick(number, Qt.MouseButton.LeftButton, pos=QPoint(20, number.height() // 2))
    assert number.selectedText() in str(visit.case)
    assert number.selectedText()


def test_without_a_connection_nobody_asks_for_the_number(visit: Visit):
    visit.show(a_sharing(is_connected=False))
    assert str(visit.case) not in visit.words()


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
@pytest.mark.parametrize("role", [Role.LEADS, Role.READS])
def test_everything_on_the_page_has_a_name_a_size_and_a_tab_stop(visit: Visit, role: Role):
    visit.show(a_sharing(role))
    if role is Role.LEADS:
        visit.press("\u2068Dunja Demir\u2069")
    visit.qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)


# --- the head of the file, and a colleague who may know the person ------------------------------


def test_the_head_shows_who_else_is_there_and_leads_to_them(app, case, showing, qtbot):
    company, wanted = Company(app, case), []
    qtbot.waitUntil(lambda: not app.background.busy())
    company.wanted.connect(lambda: wanted.append(1))
    company.show_sharing(a_sharing())
    showing(company)
    (faces,) = company.findChildren(Faces)
    assert faces.text().replace("\u2068", "").replace("\u2069", "") == ("With Karim Aydin")
    faces.click()
    assert wanted == [1]
    qtbot.waitUntil(lambda: problems(company) == [])


def test_more_than_two_are_counted():
    others = [CaseMember(one, Role.READS) for one in (KARIM, DUNJA, BAS)]
    words = company_words((CaseMember(ME, Role.LEADS, is_me=True), *others))
    assert words == "With \u2068Karim Aydin\u2069 and 2 others"


def test_without_a_connection_nothing_is_said(app, case, qtbot):
    company, known = Company(app, case), KnownTwice(app, case)
    qtbot.waitUntil(lambda: not app.background.busy())
    assert company.isHidden()
    assert known.isHidden()
    known.ask("Wim Hoekstra", a_person().birth_date)
    qtbot.waitUntil(lambda: not app.background.line.busy())
    assert known.isHidden()


def test_whom_to_ask_is_said_until_it_is_noted(app, case, showing, qtbot):
    known = KnownTwice(app, case)
    qtbot.waitUntil(lambda: not app.background.busy())
    known.show_colleagues([BAS])
    showing(known)
    assert "ask \u2068Bas Visser\u2069, \u2068Stichting De Deel\u2069." in shown(known)
    press(qtbot, known, "Noted")
    assert known.isHidden()


# --- a file that was taken away -----------------------------------------------------------------


def test_a_file_that_others_lead_says_so_and_what_still_waits(app, case, showing, qtbot):
    page = TakenPage(app, case)
    page.refresh()
    qtbot.waitUntil(lambda: not app.background.busy())
    showing(page)
    page.show_sharing("Wim Hoekstra", CaseSharing(case, (CaseMember(KARIM, Role.LEADS),)))
    assert "Nothing waits any more." in shown(page)
    view = a_view()
    page.hear(view)
    assert "Nothing waits any more." in shown(page)
    waiting = tuple(replace(one, case=case) for one in view.waiting)
    page.hear(a_view(waiting=waiting))
    words = shown(page).replace("\u2068", "").replace("\u2069", "")
    assert "Karim Aydin leads this file now." in words
    assert "14 changes wait." in words
    qtbot.waitUntil(lambda: problems(page) == [])
