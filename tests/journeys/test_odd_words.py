"""Whatever somebody is called or says stands everywhere as typed: on the screen, in the search, on
paper. No name is markup, no word is a command."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

import ui as screen
from caseworker_app import i18n, paths
from caseworker_app.content import guides
from caseworker_app.i18n import _
from tests import pdf_checker
from tests.builders import NOW, a_store
from tests.journeys.coach import Coach, without_marks
from tests.journeys.conftest import SitDown
from tests.pdf_reading import extracted, read_aloud
from ui.demo_visit.eyes import visible
from ui.demo_visit.hands import typed_day
from ui.demo_visit.talking import Talking

# (a name, part of it that finds it, words with new lines and tabs, part of them)
MARKUP = ("<b>Mia</b>", "Mia", 'Ich sage: <b>&amp; nein</b>\n\t"{x}" &lt; 100 % %s', "nein")
QUOTES = ('O’Brien"; DROP TABLE person; --', "drop", "'; DELETE FROM word; --\n{0} %(a)s", "delete")
EMOJI = ("Ada 👩🏽‍🦽", "ada", "Das macht mir Freude 🎉🌱\nund Mut 👍🏿", "freude")
ARABIC = ("ليلى حداد", "ليلى", "أريد أن أعمل في الحديقة.\nMit «Anna»!", "الحديقة")
HEBREW = ("חנה & Co", "חנה", "אני רוצה ללמוד (Deutsch) עכשיו: 100 %", "ללמוד")
ODD = pytest.mark.parametrize(
    ("name", "part", "words", "word"),
    [MARKUP, QUOTES, EMOJI, ARABIC, HEBREW],
    ids=["markup", "quotes", "emoji", "arabic", "hebrew"],
)
GERMAN = pytest.mark.parametrize("spoken", ["de"], indirect=True)
LONG = 100_000


@pytest.fixture
def coach(sit_down: SitDown) -> Coach:
    a_store(paths.store_folder()).close()
    coach = sit_down()
    coach.open()
    return coach


def add_person(coach: Coach, name: str, place: str) -> None:
    coach.click(_("People"))
    coach.click(_("Add a person"))
    coach.type_into(_("First name"), name)
    coach.type_into(_("Town"), place)
    coach.type_into(_("Good to know"), place)
    coach.click(_("Add somebody"))
    coach.type_into(_("Name"), name)
    coach.click(_("Done"))
    coach.rest()


def begin(coach: Coach) -> None:
    title = guides.guide("meedoen", 2).title.to(i18n.texts().language)
    Talking(coach, "").begin(title)


def hold_talk(coach: Coach, words: str) -> None:
    """The words, once in each voice."""
    begin(coach)
    for voice in ("F2", "F3", "F4"):
        coach.click_widget(coach.see(_("What is said"), QPlainTextEdit))
        coach.press(voice)
        if voice == "F4":
            coach.type_into(_("Who says this"), " ".join(words.split()))
        coach.type_into(_("What is said"), words)
        coach.press("Return")
        coach.pause(20)
        if voice == "F2":
            coach.press("Ctrl+M")


def look_back(coach: Coach, words: str, file: Path) -> str:
    """The picture, what is still open, and the paper of the conversation, as it is read aloud."""
    coach.click(_("Finish"))
    coach.wait(lambda: coach.window.route.page == "summary", "no picture of it")
    stands_plainly(coach)
    coach.click(_("Write it up"))
    coach.reads(words)
    stands_plainly(coach)
    coach.press("Alt+Left")
    coach.click(_("Print the conversation"))
    coach.see(_("Save as a file"), QAbstractButton)
    coach.rest()
    stands_plainly(coach)
    coach.click(_("With my notes"))
    coach.rest()
    coach.click(_("Save as a file"))
    coach.save_as(file)
    coach.press("Alt+Left")
    coach.press("Alt+Left")
    coach.press("Alt+Left")
    coach.wait(lambda: coach.window.route.page == "case", "the file does not come back")
    return read_plainly(file)


def agree(coach: Coach, line: str) -> None:
    coach.choose_tab(_("Goals and steps"))
    coach.click(_("Add goal"))
    coach.type_into(_("Goal in own words"), line)
    coach.type_into(_("How it will be noticed"), line)
    coach.click(_("Add step"))
    coach.type_into(_("Step"), line)
    coach.type_into(_("Who"), line)
    day = (NOW + timedelta(days=9)).date()
    coach.type_into(_("Day"), typed_day(day, i18n.texts().language))
    coach.type_into(_("Time"), "09:30")
    coach.type_into(_("Place"), line)
    coach.press("Tab")
    coach.pause(600)


def plan(coach: Coach, file: Path) -> str:
    """The plan as a screen reader reads it, on one line."""
    coach.click(_("See the plan"))
    coach.wait(lambda: coach.window.route.page == "plan", "no plan")
    coach.rest()
    coach.click(_("Save as a file"))
    coach.click(_("Save and fix"))
    coach.save_as(file)
    return read_plainly(file)


def read_plainly(file: Path) -> str:
    """A paper as it is read aloud, without blanks. It keeps what PDF/UA asks."""
    pdf = file.read_bytes()
    assert pdf_checker.findings(pdf) == []
    assert extracted(pdf)
    return squeezed(read_aloud(pdf))


def squeezed(words: str) -> str:
    return "".join(without_marks(words).split())


def stands_plainly(coach: Coach) -> None:
    """No label and no tooltip in view would be read as markup."""
    for widget in visible(QWidget):
        assert shown_by_qt(widget.toolTip()) == widget.toolTip()
        if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText:
            assert shown_by_qt(widget.text()) == widget.text()
    assert coach.program.windowTitle() == "Caseworker"


def shown_by_qt(words: str) -> str:
    """What Qt makes of words of which it is not told that they are plain, as of a tooltip."""
    tip = QLabel(words)
    tip.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    tip.setSelection(0, len(words.encode("utf-16-le")) // 2)
    return tip.selectedText().replace("\u2029", "\n")


@ODD
def test_odd_words_stand_everywhere_as_they_were_typed(
    coach: Coach, tmp_path: Path, name: str, part: str, words: str, word: str
) -> None:
    line = " ".join(words.split())
    add_person(coach, name, name)
    coach.reads(name)
    stands_plainly(coach)

    hold_talk(coach, words)
    coach.reads(i18n.texts().quoted(words))
    assert words in coach.screen().split(i18n.texts().quoted(words))[-1]  # the coach's own
    stands_plainly(coach)
    record = look_back(coach, words, tmp_path / "conversation.pdf")
    assert record.count(squeezed(words)) >= 3
    assert squeezed(name) in record
    coach.reads(name, words)

    agree(coach, line)
    assert coach.screen().count(line) >= 5
    stands_plainly(coach)
    paper = plan(coach, tmp_path / "plan.pdf")
    assert paper.count(squeezed(line)) >= 5
    assert squeezed(name) in paper
    coach.choose_tab(_("Overview"))
    coach.reads(name, words, line)
    stands_plainly(coach)

    look_for(coach, part, lambda: coach.reads(name))
    look_for(coach, name, lambda: coach.reads(name))
    look_for(coach, word, lambda: coach.reads(line))
    stands_plainly(coach)


def look_for(coach: Coach, typed: str, then: Callable[[], None]) -> None:
    coach.click(_("People"))
    coach.type_into(_("Find a person"), typed)
    coach.pause(150)
    coach.rest()
    then()


@GERMAN
def test_what_is_very_long_is_kept_whole_and_holds_nobody_up(coach: Coach, tmp_path: Path) -> None:
    add_person(coach, "Ada", "Lindental")
    begin(coach)
    long = "Ich möchte in den Garten. " * (LONG // 26) + "Ende"
    coach.click_widget(coach.see(_("What is said"), QPlainTextEdit))
    coach.paste(long)
    coach.type("!")
    coach.press("Return")
    coach.wait(lambda: i18n.texts().quoted(long + "!") in coach.screen(), "it is not said")
    coach.press("Ctrl+M")
    assert squeezed(long) in look_back(coach, "Ada", tmp_path / "conversation.pdf")
    coach.reads(long)
    coach.choose_tab(_("Goals and steps"))
    coach.click(_("Add goal"))
    coach.click_widget(coach.see(_("Goal in own words"), QPlainTextEdit))
    coach.paste("x" * LONG)
    coach.pause(600)
    paper = plan(coach, tmp_path / "plan.pdf")
    assert squeezed(long) in paper
    assert "x" * LONG in paper
    look_for(coach, "ende", lambda: coach.reads("Ada"))


@GERMAN
def test_a_name_of_100_000_letters_ends_where_a_field_ends(coach: Coach) -> None:
    most = QLineEdit().maxLength()
    coach.click(_("People"))
    coach.click(_("Add a person"))
    coach.click_widget(coach.see(_("First name"), QLineEdit))
    coach.paste("Lang" * (LONG // 4))
    coach.click(_("Done"))
    coach.rest()
    name = ("Lang" * LONG)[:most]
    coach.reads(name)
    look_for(coach, "langlang", lambda: coach.reads(name))


def test_only_one_place_sets_what_stands_under_the_pointer() -> None:
    folder = Path(screen.__path__[0])
    found = [
        file.name
        for file in folder.rglob("*.py")
        if re.search(r"\.setToolTip\(|\.setStatusTip\(|\.setWhatsThis\(", file.read_text("utf-8"))
    ]
    assert found == ["tips.py"]
