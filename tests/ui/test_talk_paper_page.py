"""A conversation on paper, on the screen: the very bytes that get printed, and what stays out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from caseworker_app.domain.people import Document
from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.domain.talk_paper import Drawn
from caseworker_app.services import answers, papers, talk_papers, talks
from tests.builders import NOW
from tests.cups import CUPSD, PLANS, REJECTING, PrintService, print_service
from tests.pdf_reading import read_aloud
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import a_program, button, press, shown
from tests.ui.program import catalogues
from tests.whole_life import a_life, begin, tell, topic_of
from ui.context import App
from ui.forms.talk_lines import talk_lines
from ui.main_window import MainWindow
from ui.page import Route
from ui.pages.talk_paper_page import TalkPaperPage
from ui.widgets.buttons import Switch


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A laptop without any printer; what stands on the paper is English too, but for its days."""
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no-such-socket"))
    with catalogues(tmp_path / "words", {}), a_program(tmp_path) as program:
        yield program


def a_page(
    app: App, talk: UUID, showing: Showing, qtbot: QtBot, width: int = 1052
) -> TalkPaperPage:
    page = TalkPaperPage(app, talk)
    page.resize(width, 800)
    page.refresh()
    showing(page)
    settled(page, qtbot)
    return page


def settled(page: TalkPaperPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.app.background.busy(), timeout=15_000)


def turn(page: TalkPaperPage, switch: Switch, qtbot: QtBot) -> None:
    """Click a switch."""
    qtbot.mouseClick(switch._knob, Qt.MouseButton.LeftButton)
    settled(page, qtbot)


def heard(page: TalkPaperPage) -> str:
    """The paper in view, as it would be read aloud from a file."""
    return read_aloud(page.preview.paper.pdf())


def save_as(page: TalkPaperPage, file: Path, qtbot: QtBot) -> None:
    """Choose this file in the dialog that is open."""
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(file.name)
    dialog.accept()
    settled(page, qtbot)


def documents(app: App, case: UUID) -> list[Document]:
    with app.store.reading() as reading:
        return reading.all(Document, case=case)


# --- what is shown -----------------------------------------------------------------------------


def test_the_page_shows_the_very_bytes_that_get_printed(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    laid = talk_papers.lay(app.store, talk.id, PaperChoice("de"), NOW)
    assert page.preview.paper.pdf() == laid.pdf
    assert "Not handed out yet." in shown(page)
    assert documents(app, case) == []


def test_the_preview_leaves_no_file(app, showing, qtbot, tmp_path):
    _case, talk = a_life(app.store)
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    a_page(app, talk.id, showing, qtbot)
    after = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert not [file for file in after - before if not file.is_relative_to(app.store.folder)]


def test_sensitive_topics_are_opened_one_by_one(app, showing, qtbot):
    case, _talk = a_life(app.store)
    talk = begin(app.store, case)
    tell(app.store, talk, "L11", "Ich nehme Tabletten.")
    tell(app.store, talk, "L13", "Ich habe Schulden.")
    page = a_page(app, talk.id, showing, qtbot)
    assert set(page.panel.topics) == {topic_of(app.store, d).id for d in ("L11", "L13")}
    assert "Tabletten" not in heard(page)
    turn(page, page.panel.topics[topic_of(app.store, "L11").id], qtbot)
    assert "Tabletten" in heard(page)
    assert "Schulden." not in heard(page)
    turn(page, page.panel.topics[topic_of(app.store, "L11").id], qtbot)
    assert "Tabletten" not in heard(page)


def test_the_persons_own_copy_has_what_was_said_alone_and_the_notes(app, showing, qtbot):
    _case, talk = a_life(app.store)
    tell(app.store, talk, "L06", "Das sage ich nur Ihnen.", alone=True)
    page = a_page(app, talk.id, showing, qtbot)
    assert "nur Ihnen" not in heard(page)
    assert "dreimal geübt" not in heard(page)
    assert "1 statement was made alone and stays out." in shown(page)
    turn(page, page.panel.for_one, qtbot)
    assert "nur Ihnen" in heard(page)
    assert "dreimal geübt" in heard(page)
    assert "Only for Tobias" in heard(page)
    assert page.panel.notes.is_on()
    turn(page, page.panel.notes, qtbot)
    assert "dreimal geübt" not in heard(page)
    assert "nur Ihnen" in heard(page)


def test_what_is_not_for_print_has_no_switch(app, showing, qtbot):
    _case, talk = a_life(app.store)
    tell(app.store, talk, "L06", "Bleibt unter uns.", not_for_print=True)
    page = a_page(app, talk.id, showing, qtbot)
    for switch in [page.panel.for_one, *page.panel.topics.values()]:
        turn(page, switch, qtbot)
    assert "Bleibt unter uns." not in heard(page)
    assert "1 statement is not for print." in shown(page)


def test_what_partners_may_not_read_is_said_before_it_is_printed(app, showing, qtbot):
    _case, talk = a_life(app.store)
    tell(app.store, talk, "L06", "Nicht fürs Amt.", not_for_partners=True)
    page = a_page(app, talk.id, showing, qtbot)
    assert "Nicht fürs Amt." in heard(page)
    assert "is not for partners: do not pass this copy on." in shown(page)


def test_quick_notes_are_sorted_first(app, showing, qtbot):
    case, talk = a_life(app.store)
    opened = talks.open_talk(app.store, talk.id).conversation
    answers.add_words(app.store, opened, ("", ""), (Voice.PARTICIPANT, "", "Schnell."), NOW)
    page = a_page(app, talk.id, showing, qtbot)
    routes = []
    page.went.connect(routes.append)
    assert "1 quick note has no topic yet and stays out." in shown(page)
    press(qtbot, page, "Sort them first")
    assert routes == [Route("writeup", case, talk.id)]


def test_another_language_and_larger_letters_are_laid_anew(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    page.panel.language.control.setFocus()
    qtbot.keyClick(page.panel.language.control, Qt.Key.Key_Down)
    qtbot.keyClick(page.panel.letters.control, Qt.Key.Key_Down)
    settled(page, qtbot)
    assert page.panel.choice() == PaperChoice("nl", TextSize.LARGE)
    assert page._shown.paper.language == "nl"
    assert "Op pad" in heard(page)
    assert page.panel.language.control.hasFocus()


def test_only_the_newest_choice_is_shown(app, showing, qtbot):
    """However fast somebody switches, what is in view is what is chosen."""
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    for _time in range(3):
        qtbot.mouseClick(page.panel.for_one._knob, Qt.MouseButton.LeftButton)
    settled(page, qtbot)
    assert page.panel.for_one.is_on()
    assert "Only for Tobias" in heard(page)


def test_letters_that_cannot_be_printed_are_said_beforehand(app, showing, qtbot):
    _case, talk = a_life(app.store)
    tell(app.store, talk, "L06", "Ich lerne 𒀀 schreiben.")
    page = a_page(app, talk.id, showing, qtbot)
    assert "They appear as a code: \u2068𒀀\u2069" in shown(page)


def test_the_text_holds_every_word_of_the_paper(app, tmp_path):
    _case, talk = a_life(app.store)
    opened = talks.open_talk(app.store, talk.id).conversation
    answers.rate(app.store, opened, "L06", NOW, own_share=1, reason="Kein Bus.")
    choice = PaperChoice("de", for_one=True, notes=True)
    laid = talk_papers.lay(app.store, talk.id, choice, NOW)
    file = tmp_path / "talk.pdf"
    file.write_bytes(laid.pdf)
    document = QPdfDocument()
    document.load(str(file))
    printed = " ".join(document.getAllText(i).text() for i in range(document.pageCount()))
    drawn = next(one for one in laid.paper.blocks if isinstance(one, Drawn)).words
    read = [line.words for line in talk_lines(laid.paper)]
    read += [row.short for row in drawn.rows]  # the tables have the whole names
    read += [drawn.last, drawn.important, drawn.strength]  # and say this in their own way
    read += [
        "How Tobias says it",
        "How others see it",
        "Printed on 23.11.2026",
        "Page 1 2 3 4 of •",
    ]
    known = " ".join(read)
    assert {word for word in printed.split() if word not in known} == set()


def test_it_can_be_read_instead_of_looked_at(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    press(qtbot, page, "Text")
    reader = page.preview.text
    spoken = QAccessible.queryAccessibleInterface(reader).textInterface()
    words = spoken.text(0, spoken.characterCount())
    assert words.startswith("Our conversation")
    assert "Tobias says: „Der Bus um halb sieben fährt nicht mehr.“" in words


# --- handing over ------------------------------------------------------------------------------


def test_saving_writes_the_bytes_in_view_and_keeps_a_copy(app, showing, qtbot, tmp_path):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    said: list[str] = []
    page.told.connect(lambda words, _undo: said.append(words))
    pdf = page.preview.paper.pdf()
    press(qtbot, page, "Save as a file")
    name = Path(page.findChild(QFileDialog).selectedFiles()[0]).name
    assert name == "Conversation of 23. November 2026.pdf"
    folder = tmp_path / "Stick"
    folder.mkdir()
    save_as(page, folder / "My own name.pdf", qtbot)
    assert (folder / "My own name.pdf").read_bytes() == pdf
    [document] = documents(app, case)
    assert papers.content(app.store, document) == pdf
    assert said == ["Saved in “Stick”. Anybody who has the file can read it."]
    assert "This very copy lies with the papers already." in shown(page)
    assert button(page, "Save again as a file")


def test_saving_again_keeps_no_second_copy(app, showing, qtbot, tmp_path):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    for words in ("Save as a file", "Save again as a file"):
        press(qtbot, page, words)
        save_as(page, tmp_path / f"{words}.pdf", qtbot)
    assert len(documents(app, case)) == 1


def test_a_cancelled_dialog_keeps_nothing(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    press(qtbot, page, "Save as a file")
    page.findChild(QFileDialog).reject()
    settled(page, qtbot)
    assert documents(app, case) == []


def test_a_folder_that_refuses_says_so(app, showing, qtbot, tmp_path):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    press(qtbot, page, "Save as a file")
    page.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "no such folder" / "x.pdf"))
    settled(page, qtbot)
    assert "Caseworker may not write in this folder." in shown(page)
    assert button(page, "Save again as a file")


@pytest.fixture
def service(app: App, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintService]:
    """A real print service with two printers."""
    with print_service(PLANS, REJECTING) as running:
        monkeypatch.setenv("CUPS_SERVER", running.address)
        yield running


@pytest.mark.skipif(CUPSD is None, reason="cupsd is not installed")
def test_the_printer_gets_the_very_bytes_and_nobodys_name(app, service, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    said: list[str] = []
    page.told.connect(lambda words, _undo: said.append(words))
    press(qtbot, page, "Print")
    settled(page, qtbot)
    qtbot.waitUntil(lambda: len(service.jobs()) == 1, timeout=15_000)
    assert service.jobs() == [page.preview.paper.pdf()]
    assert service.titles() == ["Caseworker"]
    assert said == ["Printed. A copy is kept with the papers."]
    assert papers.content(app.store, documents(app, case)[0]) == service.jobs()[0]
    assert button(page, "Print again")


@pytest.mark.skipif(CUPSD is None, reason="cupsd is not installed")
def test_a_printer_that_refuses_says_what_is_safe(app, service, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    field = page.printer.field
    field.control.setFocus()
    qtbot.keyClick(field.control, Qt.Key.Key_Down)
    assert page.printer.name() == REJECTING
    press(qtbot, page, "Print")
    settled(page, qtbot)
    assert "The printer did not take it." in shown(page)
    assert "It is kept with the papers." in shown(page)
    assert service.jobs() == []


# --- around ------------------------------------------------------------------------------------


def test_the_way_back_leads_to_the_file(app, showing, qtbot):
    case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot)
    routes = []
    page.went.connect(routes.append)
    press(qtbot, page, "\u2068Tobias Brandt\u2069")
    assert routes == [Route("case", case)]


def test_the_way_leads_here_through_the_window(app, showing, qtbot):
    case, talk = a_life(app.store)
    window = MainWindow(app, (Route("talk_paper", case, talk.id),))
    showing(window)
    qtbot.waitUntil(lambda: not app.background.busy(), timeout=15_000)
    assert isinstance(window.page, TalkPaperPage)
    assert window.page.preview.paper.pages() >= 2


@pytest.mark.parametrize("width", [1052, 640])
def test_everything_has_a_name_and_can_be_reached(app, showing, qtbot, width):
    case, _talk = a_life(app.store)
    talk = begin(app.store, case)
    tell(app.store, talk, "L11", "Ich nehme Tabletten.")
    page = a_page(app, talk.id, showing, qtbot, width)
    assert problems(page) == []
    assert "as a picture, 2 pages" in page.preview.paper.accessibleName()


def test_in_a_narrow_window_the_paper_lies_below(app, showing, qtbot):
    _case, talk = a_life(app.store)
    page = a_page(app, talk.id, showing, qtbot, 640)
    top = page.preview.mapTo(page, QPoint(0, 0)).y()
    assert top > page.foot.mapTo(page, QPoint(0, page.foot.height() - 1)).y()
