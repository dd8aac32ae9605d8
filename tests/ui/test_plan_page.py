"""The plan on the screen: the very bytes that get printed, what is open, and fixing a version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from caseworker_app import errors, i18n
from caseworker_app.domain.plan import TextSize
from caseworker_app.services import cases, goals, plans, stores, talks
from tests.builders import NOW, a_case, a_talk, say
from tests.ui.accessibility import problems
from tests.ui.conftest import Showing
from tests.ui.one_file import a_program, button, press, sheet_of, shown
from tests.ui.program import catalogues
from ui.context import App
from ui.forms.plan_checks import check_lines
from ui.forms.plan_words import plan_lines
from ui.page import Route
from ui.pages.plan_page import PlanPage
from ui.widgets import printing_fallback

GERMAN = {
    "My plan": "Mein Plan",
    "Draft": "Entwurf",
    "Plan, version {number}": "Plan, Version {number}",
}
CARE = "Anybody who has the file can read it."


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """A laptop without any printer."""
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no-such-socket"))
    with catalogues(tmp_path / "words", GERMAN), a_program(tmp_path) as program:
        yield program


def a_planned_case(app: App) -> UUID:
    """A file with everything that a plan asks for."""
    case = a_case(app.store, place="Lindental")
    talk = a_talk(app.store, case)
    say(app.store, talk, "Ich kenne viele Pflanzen.", "went-well")
    talks.finish(app.store, talk, NOW + timedelta(minutes=55))
    goal = goals.add_goal(app.store, case, "Ich will in einer Gärtnerei arbeiten.", "L04", NOW)
    step = goals.add_step(app.store, goal, NOW)
    taken = replace(
        step, what="In der Gärtnerei anrufen", who="Tobias", with_whom="Mama", due=date(2026, 12, 1)
    )
    goals.save_step(app.store, taken, step, NOW)
    talks.plan_talk(app.store, case, NOW + timedelta(days=50), "bei Tobias zu Hause", NOW)
    return case


def another_goal(app: App, case: UUID) -> None:
    goals.add_goal(app.store, case, "Ich will allein mit dem Bus fahren.", "L06", NOW)


def a_page(app: App, case: UUID, showing: Showing, qtbot: QtBot, width: int = 1052) -> PlanPage:
    page = PlanPage(app, case)
    page.resize(width, 800)
    showing(page)
    settled(page, qtbot)
    return page


def settled(page: PlanPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.app.background.busy(), timeout=15_000)


def fixed(app: App, case: UUID, language: str = "de", size: TextSize = TextSize.NORMAL):
    return plans.freeze(app.store, case, plans.draft(app.store, case, language, size, NOW), NOW)


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "shown.pdf"
    file.write_bytes(pdf)
    document = QPdfDocument()
    document.load(str(file))
    return "\n".join(document.getAllText(i).text() for i in range(document.pageCount()))


def save_as(page: PlanPage, file: Path, qtbot: QtBot) -> None:
    """Choose this file in the dialog that is open."""
    dialog = page.findChild(QFileDialog)
    assert dialog is not None
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(file.name)
    dialog.accept()
    settled(page, qtbot)


def version_numbers(app: App, case: UUID) -> list[int]:
    return [version.number for version in cases.view(app.store, case).plans]


# --- what is shown -----------------------------------------------------------------------------


def test_a_draft_is_shown_as_it_would_be_printed(app, showing, qtbot, tmp_path):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    expected = plans.pdf(plans.draft(app.store, case, "de", TextSize.NORMAL, NOW))
    assert page.preview.paper.pdf() == expected
    assert "Draft, not yet fixed." in shown(page)
    assert version_numbers(app, case) == []


def test_the_preview_leaves_no_file(app, showing, qtbot, tmp_path):
    before = {file for file in tmp_path.rglob("*") if file.is_file()}
    a_page(app, a_planned_case(app), showing, qtbot)
    after = {file for file in tmp_path.rglob("*") if file.is_file()}
    assert not [file for file in after - before if not file.is_relative_to(app.store.folder)]


def test_another_language_and_larger_letters_are_laid_anew(app, showing, qtbot):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    page.panel.language.control.setFocus()
    qtbot.keyClick(page.panel.language.control, Qt.Key.Key_Down)
    settled(page, qtbot)
    assert page._shown.content.language == "nl"
    qtbot.keyClick(page.panel.letters.control, Qt.Key.Key_Down)
    settled(page, qtbot)
    assert page._shown.content.size is TextSize.LARGE
    assert page.panel.language.control.hasFocus()


def test_the_pages_grow_and_shrink(app, showing, qtbot):
    paper = a_page(app, a_planned_case(app), showing, qtbot).preview.paper
    fitting = paper.percent()
    page = paper.window()
    press(qtbot, page, "Larger")
    larger = paper.percent()
    assert larger > fitting
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(paper.viewport(), wheel)
    assert paper.percent() < larger
    qtbot.keyClick(paper, Qt.Key.Key_0)
    assert paper.percent() == fitting


def test_the_pages_are_as_wide_as_there_is_room(app, showing, qtbot):
    page = a_page(app, a_planned_case(app), showing, qtbot)
    before = page.preview.paper.percent()
    page.resize(950, 800)
    qtbot.waitUntil(lambda: page.preview.paper.percent() < before)
    assert page.preview.paper.horizontalScrollBar().maximum() == 0


def test_the_plan_can_be_read_instead_of_looked_at(app, showing, qtbot):
    page = a_page(app, a_planned_case(app), showing, qtbot)
    press(qtbot, page, "Text")
    reader = page.preview.text
    assert reader.isVisible()
    assert not page.preview.paper.isVisible()
    spoken = QAccessible.queryAccessibleInterface(reader).textInterface()
    words = spoken.text(0, spoken.characterCount())
    assert words.startswith("Mein Plan")
    assert "„Ich will in einer Gärtnerei arbeiten.“" in words
    assert "In der Gärtnerei anrufen" in words


def test_the_text_holds_every_word_of_the_paper(app, tmp_path):
    case = a_planned_case(app)
    another_goal(app, case)
    content = plans.draft(app.store, case, "de", TextSize.NORMAL, NOW)
    texts = i18n.Texts("de")
    read = " ".join(line.words for line in plan_lines(content, texts))
    printed = text_of(plans.pdf(content), tmp_path)
    footer = {"23.11.2026", "Page", "1", "2", "3", "of", "·", "•", "Done"}
    missing = {
        word
        for word in re.split(r"\s+", printed)
        if word and word not in read and word not in footer
    }
    assert missing == set()


# --- does everything fit -----------------------------------------------------------------------


def test_a_whole_plan_leaves_nothing_open(app, showing, qtbot):
    page = a_page(app, a_planned_case(app), showing, qtbot)
    words = shown(page.panel.checks)
    assert "Every step has a person and a day." in words
    assert "The plan says what is going well." in words
    assert not [line for line in words.splitlines() if "yet" in line]


def test_what_is_open_leads_to_where_it_is_mended(app, showing, qtbot):
    case = a_case(app.store)
    profile = stores.profile(app.store)
    stores.save_profile(app.store, replace(profile, phone="", email=""), profile, NOW)
    page = a_page(app, case, showing, qtbot)
    routes = []
    page.went.connect(routes.append)
    assert "There is no goal in it yet." in shown(page)
    press(qtbot, page, "Go to the goals and steps")
    press(qtbot, page, "Go to the conversations")
    press(qtbot, page, "Add telephone or e-mail")
    assert routes == [Route("goals", case), Route("talks", case), Route("settings")]


def test_an_incomplete_step_and_too_many_goals_are_said(app):
    case = a_planned_case(app)
    for _time in range(3):
        another_goal(app, case)
    content = plans.draft(app.store, case, "de", TextSize.NORMAL, NOW)
    goal = replace(content.goals[0], steps=(replace(content.goals[0].steps[0], who="", due=None),))
    lines = check_lines(replace(content, goals=(goal, *content.goals[1:])), "Tobias", "")
    still_open = [line.sentence for line in lines if not line.fulfilled]
    assert "More than 3 goals at once are a lot." in still_open
    assert "Not every step has a person and a day yet." in still_open
    assert "\u2068Tobias\u2069 has no step of their own yet." in still_open


def test_letters_that_cannot_be_printed_are_said_beforehand(app, showing, qtbot):
    case = a_planned_case(app)
    goals.add_goal(app.store, case, "Ich lerne 𒀀 schreiben.", "L03", NOW)
    page = a_page(app, case, showing, qtbot)
    assert "They appear as a code: \u2068𒀀\u2069" in shown(page)


# --- fixing and saving -------------------------------------------------------------------------


def test_without_a_printer_the_plan_is_saved_as_a_file(app, showing, qtbot, tmp_path):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    said: list[str] = []
    page.told.connect(lambda words, _undo: said.append(words))
    assert "No printer was found. Connect a printer" in shown(page)
    press(qtbot, page, "Save as a file")
    assert CARE in shown(sheet_of(page))
    press(qtbot, sheet_of(page), "Save and fix")
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "Plan, Version 1.pdf"
    folder = tmp_path / "Stick"
    folder.mkdir()
    save_as(page, folder / "My own name.pdf", qtbot)
    version = cases.view(app.store, case).plans[0]
    assert (folder / "My own name.pdf").read_bytes() == plans.version_pdf(app.store, version)
    assert said == ["Saved in “Stick”. Version 1 is kept with the papers."]
    assert "Version 1 of November 23, 2026, fixed." in shown(page)


def test_a_version_is_fixed_only_after_one_question(app, showing, qtbot):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    press(qtbot, page, "Save as a file")
    assert "cannot be changed any more" in shown(sheet_of(page))
    press(qtbot, sheet_of(page), "Not now")
    assert version_numbers(app, case) == []


def test_a_cancelled_file_dialog_fixes_nothing(app, showing, qtbot):
    case = a_planned_case(app)
    page = a_page(app, case, showing, qtbot)
    press(qtbot, page, "Save as a file")
    press(qtbot, sheet_of(page), "Save and fix")
    page.findChild(QFileDialog).reject()
    settled(page, qtbot)
    assert version_numbers(app, case) == []


def test_the_keyboard_stays_where_it_was(app, showing, qtbot, tmp_path):
    page = a_page(app, a_planned_case(app), showing, qtbot)
    button(page, "Save as a file").setFocus()
    qtbot.keyClick(button(page, "Save as a file"), Qt.Key.Key_Space)
    press(qtbot, sheet_of(page), "Save and fix")
    save_as(page, tmp_path / "plan.pdf", qtbot)
    assert page.window().focusWidget() is button(page, "Save again as a file")


def test_a_folder_that_refuses_says_so_and_the_version_is_kept(app, showing, qtbot, tmp_path):
    case = a_planned_case(app)
    fixed(app, case)
    page = a_page(app, case, showing, qtbot)
    press(qtbot, page, "Save again as a file")
    page.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "no such folder" / "x.pdf"))
    settled(page, qtbot)
    assert "Caseworker may not write in this folder." in shown(page)
    assert version_numbers(app, case) == [1]


def test_an_unchanged_plan_is_the_last_version_and_not_a_new_one(app, showing, qtbot, tmp_path):
    case = a_planned_case(app)
    version = fixed(app, case)
    page = a_page(app, case, showing, qtbot)
    assert "Version 1 of November 23, 2026, fixed." in shown(page)
    press(qtbot, page, "Save again as a file")
    save_as(page, tmp_path / "again.pdf", qtbot)
    assert (tmp_path / "again.pdf").read_bytes() == plans.version_pdf(app.store, version)
    assert version_numbers(app, case) == [1]


def test_a_change_makes_it_a_draft_again(app, showing, qtbot):
    case = a_planned_case(app)
    fixed(app, case)
    page = a_page(app, case, showing, qtbot)
    another_goal(app, case)
    page.refresh()
    settled(page, qtbot)
    words = shown(page)
    assert "Draft, not yet fixed. Something has changed since version 1" in words


def test_a_colleague_s_version_is_no_change_of_what_was_agreed(app, showing, qtbot):
    case = a_planned_case(app)
    fixed(app, case)
    profile = stores.profile(app.store)
    changed = replace(profile, name="Karim Aydin", phone="030 1")
    stores.save_profile(app.store, changed, profile, NOW)
    page = a_page(app, case, showing, qtbot)
    words = shown(page)
    assert "It says the same as version 1" in words
    assert "Something has changed" not in words


def test_going_back_to_what_an_earlier_version_said_is_a_new_version(app, showing, qtbot):
    case = a_planned_case(app)
    fixed(app, case)
    another_goal(app, case)
    fixed(app, case)
    goal = goals.cards(app.store, case)[1].goal
    goals.save_goal(app.store, replace(goal, removed=True), goal, NOW)
    page = a_page(app, case, showing, qtbot)
    assert "Draft, not yet fixed." in shown(page)


def test_another_language_is_a_draft_but_no_change(app, showing, qtbot):
    case = a_planned_case(app)
    fixed(app, case, "de")
    page = a_page(app, case, showing, qtbot)
    qtbot.keyClick(page.panel.language.control, Qt.Key.Key_Down)
    settled(page, qtbot)
    assert "Draft, not yet fixed." in shown(page)
    assert "Something has changed" not in shown(page)


def test_the_same_plan_in_another_language_keeps_the_versions_of_both(app, showing, qtbot):
    case = a_planned_case(app)
    fixed(app, case, "de")
    fixed(app, case, "nl", TextSize.LARGE)
    page = a_page(app, case, showing, qtbot)
    assert page._shown.version.number == 2
    qtbot.keyClick(page.panel.language.control, Qt.Key.Key_Up)
    qtbot.keyClick(page.panel.letters.control, Qt.Key.Key_Up)
    settled(page, qtbot)
    assert page._shown.version.number == 1


def test_an_earlier_version_opens_to_the_byte(app, showing, qtbot):
    case = a_planned_case(app)
    first = fixed(app, case)
    another_goal(app, case)
    page = a_page(app, case, showing, qtbot)
    mark = " ".join(first.sha256[i : i + 4] for i in (0, 4, 8))
    assert f"Fingerprint {mark}" in shown(page)
    press(qtbot, page, "Open Version 1")
    settled(page, qtbot)
    assert page.preview.paper.pdf() == plans.version_pdf(app.store, first)
    assert not page.panel.checks.isVisible()
    press(qtbot, page, "Back to the plan as it is now")
    settled(page, qtbot)
    assert "Draft, not yet fixed." in shown(page)


# --- where the system takes no PDF -------------------------------------------------------------


def test_pages_are_printed_as_pictures_where_the_system_takes_no_pdf(app, tmp_path):
    pdf = plans.pdf(plans.draft(app.store, a_planned_case(app), "de", TextSize.NORMAL, NOW))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    printing_fallback.paint(pdf, printer)
    paper, screen = QPdfDocument(), QPdfDocument()
    (tmp_path / "plan.pdf").write_bytes(pdf)
    paper.load(str(tmp_path / "paper.pdf"))
    screen.load(str(tmp_path / "plan.pdf"))
    assert paper.pageCount() == screen.pageCount()
    size = paper.pagePointSize(0).toSize()
    for page in range(paper.pageCount()):
        assert _ink(paper.render(page, size)) == pytest.approx(
            _ink(screen.render(page, size)), rel=0.1
        )


def test_the_fallback_knows_no_printer_either():
    with pytest.raises(errors.NoPrinter):
        printing_fallback.print_pdf(b"", "")


def _ink(picture) -> int:
    """How dark a page is, all in all; white paper counts as nothing, whether clear or not."""
    dark = 0
    for y in range(0, picture.height(), 3):
        for x in range(0, picture.width(), 3):
            colour = picture.pixelColor(x, y)
            dark += (255 - colour.lightness()) * colour.alpha() // 255
    return dark


# --- everybody can use it ----------------------------------------------------------------------


@pytest.mark.parametrize("width", [1052, 640])
def test_everything_has_a_name_and_can_be_reached(app, showing, qtbot, width):
    case = a_planned_case(app)
    fixed(app, case)
    another_goal(app, case)
    page = a_page(app, case, showing, qtbot, width)
    assert problems(page) == []
    assert "as a picture, 2 pages" in page.preview.paper.accessibleName()


def test_in_a_narrow_window_the_paper_lies_below(app, showing, qtbot):
    page = a_page(app, a_planned_case(app), showing, qtbot, 640)
    top = page.preview.mapTo(page, QPoint(0, 0)).y()
    assert top > page.foot.mapTo(page, QPoint(0, page.foot.height() - 1)).y()
    page.resize(1052, 800)
    qtbot.waitUntil(lambda: page.panel.mapTo(page, QPoint(0, 0)).x() >= page.preview.width() > 500)
    assert button(page, "Save as a file").isVisible()
