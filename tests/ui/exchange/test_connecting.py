"""Connecting a laptop in the settings: the code from the letter, the numbers, the confirmation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from caseworker_app import i18n
from caseworker_app.domain.exchange import Fingerprints, Standing
from caseworker_app.services.exchange import by_network, connecting
from caseworker_app.services.exchange.view import view
from caseworker_app.sync.wire.invitation import Invitation, code_text, link
from central_store.office.letters import Letter
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.exchange.at_a_server import Town, now
from tests.ui.exchange.values import a_view
from tests.ui.one_file import press, shown
from ui import theme
from ui.connect_desk import ConnectDesk
from ui.context import App
from ui.pages.settings_page import SettingsPage
from ui.widgets.fingerprint import Fingerprint

LOOKS = [theme.Theme("light"), theme.Theme("contrast", 1.5), theme.Theme("dark", 2.0)]
PRINTS = Fingerprints("1234 5678 9012 3456 7890 1234 5678 9012", "9 8 7 6", "Teilhabe Lindental")


class Visit:
    """The section of the settings."""

    def __init__(self, app: App, qtbot: QtBot, showing: Showing) -> None:
        self.app, self.qtbot = app, qtbot
        self.page = SettingsPage(app)
        self.page.resize(1052, 900)
        self.wanted: list[int] = []
        self.page.exchange_wanted.connect(lambda: self.wanted.append(1))
        self.page.show_section("exchange")
        showing(self.page)
        self.settle()

    @property
    def desk(self) -> ConnectDesk:
        return self.page.findChildren(ConnectDesk)[-1]

    def settle(self) -> None:
        line, background = self.app.background.line, self.app.background
        self.qtbot.waitUntil(lambda: not line.busy() and not background.busy(), timeout=20_000)
        QApplication.processEvents()

    def type(self, name: str, words: str) -> None:
        field = self.page.findChild(QLineEdit, f"connect-{name}")
        assert field is not None
        field.setFocus()
        field.selectAll()
        self.qtbot.keyClicks(field, words)

    def press(self, words: str) -> None:
        press(self.qtbot, self.page, words)
        self.settle()

    def words(self) -> str:
        return shown(self.page).replace("\u2068", "").replace("\u2069", "")


@pytest.fixture
def visit(app: App, qtbot: QtBot, showing: Showing) -> Iterator[Visit]:
    made = Visit(app, qtbot, showing)
    yield made
    QApplication.clipboard().clear()


def test_from_the_letter_to_the_confirmed_laptop(visit: Visit, town: Town):
    _who, code = town.new_user("Miriam Falk")
    visit.type("address", code.address)
    visit.type("code", code_text(code.code).lower().replace("-", " "))
    visit.press("Connect")
    own = connecting.fingerprints(visit.app.store)
    numbers = [one.accessibleName() for one in visit.page.findChildren(Fingerprint)]
    assert code.root == own.organisation
    assert any(" ".join(own.organisation.split()[0]) in one for one in numbers)
    assert any(" ".join(own.own.split()[0]) in one for one in numbers)
    visit.press("The number is the same")
    assert visit.wanted == [1]
    assert "still has to confirm this laptop." in visit.words()
    assert by_network.run(visit.app.store, now, lambda: False).standing is Standing.PENDING
    town.confirm(visit.app.store)
    done = by_network.run(visit.app.store, now, lambda: False)
    assert done.standing is Standing.DONE
    visit.page.hear(done)
    QApplication.processEvents()
    assert f"This laptop is connected to {town.ours.directory.name}." in visit.words()
    assert "Only your IT can take this laptop out again." in visit.words()


def test_one_field_takes_the_whole_link(visit: Visit, town: Town):
    _who, code = town.new_user("Miriam Falk")
    visit.type("address", link(code))
    assert not visit.page.findChild(QLineEdit, "connect-code").isVisible()
    visit.press("Connect")
    assert view(visit.app.store).standing is Standing.PENDING


def test_a_code_is_read_from_a_picture_in_a_file(visit: Visit, town: Town, tmp_path: Path):
    _who, code = town.new_user("Miriam Falk")
    picture = tmp_path / "letter.png"
    segno.make(link(code)).save(str(picture), scale=4)
    visit.desk.read_file(picture)
    visit.settle()
    assert "Compare the numbers" in visit.words()


def test_a_code_is_read_from_the_clipboard(visit: Visit, town: Town, tmp_path: Path):
    _who, code = town.new_user("Miriam Falk")
    picture = tmp_path / "letter.png"
    segno.make(link(code)).save(str(picture), scale=4)
    QApplication.clipboard().setImage(QImage(str(picture)))
    visit.press("QR code from the clipboard")
    assert "Compare the numbers" in visit.words()


def test_a_copied_link_will_do_as_well(visit: Visit, town: Town):
    _who, code = town.new_user("Miriam Falk")
    QApplication.clipboard().setText(link(code))
    visit.press("QR code from the clipboard")
    assert "Compare the numbers" in visit.words()


def test_a_picture_without_a_code_is_said_calmly(visit: Visit, tmp_path: Path):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(tmp_path / "black.png"))
    for file in (tmp_path / "black.png", tmp_path / "nothing.png"):
        visit.desk.read_file(file)
        visit.settle()
        assert "There is no code in this picture that Caseworker understands." in visit.words()


def test_what_is_missing_or_mistyped_is_said_at_its_place(visit: Visit, town: Town):
    visit.press("Connect")
    assert "Please type the address from the letter." in visit.words()
    assert "Please type the code from the letter." in visit.words()
    _who, code = town.new_user("Miriam Falk")
    visit.type("address", code.address)
    visit.type("code", "ABCD-EFGH")
    visit.press("Connect")
    assert "There is a typing mistake in the address or in the code." in visit.words()
    assert visit.page.findChild(QLineEdit, "connect-address").text() == code.address


def test_a_code_that_was_used_before_connects_nothing(visit: Visit, town: Town):
    _who, code = town.new_user("Miriam Falk")
    visit.type("address", code.address)
    visit.type("code", code_text(replace(code, code=bytes(16)).code))
    visit.press("Connect")
    assert "This code does not work (any more)." in visit.words()
    assert view(visit.app.store).standing is Standing.ALONE


def test_another_number_takes_the_connection_back(visit: Visit, town: Town):
    _who, code = town.new_user("Miriam Falk")
    visit.type("address", link(code))
    visit.press("Connect")
    visit.press("It is another number")
    assert "Please stop here and call your IT." in visit.words()
    assert view(visit.app.store).standing is Standing.ALONE
    visit.press("Begin again with a new code")
    assert visit.page.findChild(QLineEdit, "connect-code").isVisible()


def test_whoever_is_not_confirmed_begins_again_with_a_new_code(visit: Visit, town: Town):
    who, code = town.new_user("Miriam Falk")
    visit.type("address", link(code))
    visit.press("Connect")
    visit.press("The number is the same")
    assert "Only your IT can take this laptop out again." not in visit.words()
    visit.press("Begin again with a new code")
    assert view(visit.app.store).standing is Standing.ALONE
    visit.type("address", link(town.code_for(who)))
    visit.press("Connect")
    visit.press("The number is the same")
    town.confirm(visit.app.store)
    done = by_network.run(visit.app.store, now, lambda: False)
    visit.page.hear(done)
    QApplication.processEvents()
    assert done.standing is Standing.DONE
    assert "Only your IT can take this laptop out again." in visit.words()


def test_offline_it_is_said_and_what_was_typed_stays(visit: Visit):
    visit.type("address", "http://127.0.0.1:9/teilhabe")
    visit.type("code", code_text(bytes(16)))
    visit.press("Connect")
    words = visit.words()
    assert "cannot be reached at the moment." in words
    assert "Nothing was connected. Check the internet and the address" in words
    assert "by itself" not in words
    assert visit.page.findChild(QLineEdit, "connect-code").text() == code_text(bytes(16))


def test_what_was_read_from_a_picture_can_be_tried_once_more(visit: Visit, tmp_path: Path):
    away = link(Invitation("http://127.0.0.1:9/teilhabe", bytes(16)))
    picture = tmp_path / "letter.png"
    segno.make(away).save(str(picture), scale=4)
    visit.desk.read_file(picture)
    visit.settle()
    assert "choose “Connect” once more." in visit.words()
    assert visit.page.findChild(QLineEdit, "connect-address").text() == away


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_first_step_of_the_letter_leads_to_the_field_for_the_address(
    app: App, qtbot: QtBot, showing: Showing, language: str
):
    until = now().astimezone()
    letter = Letter(Invitation("https://host/teilhabe", bytes(16)), "Teilhabe", until, language)
    i18n.use(language)
    try:
        settings, section = (i18n.texts().quoted(i18n._(one)) for one in ("Settings", "Exchange"))
        first = letter.words.steps[0]
        assert first.index(settings) < first.index(section)
        page = SettingsPage(app)
        showing(page)
        press(qtbot, page, i18n._("Exchange"))
        qtbot.waitUntil(lambda: page.findChild(QLineEdit, "connect-address") is not None)
    finally:
        i18n.use("en")


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=lambda look: f"{look.name}-{look.scale}")
def test_every_step_has_names_sizes_and_tab_stops(visit: Visit):
    visit.qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    visit.desk.compare(PRINTS)
    visit.qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
    for standing in (Standing.PENDING, Standing.DONE):
        prints = {"own_print": PRINTS.own, "root_print": "1 2 3 4"}
        waits = standing is Standing.PENDING
        visit.desk.show_view(a_view(standing, unconfirmed=waits, **prints))
        visit.qtbot.waitUntil(lambda: problems(visit.page) == [], timeout=2000)
