"""What bad input gets: a whole sentence in the coach's language, and files that nobody touches."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit

from caseworker_app import errors, i18n, paths
from caseworker_app.content import guides
from caseworker_app.i18n import _, translated
from caseworker_app.services import stores, talks
from caseworker_app.vault import slot_file
from tests.builders import NOW, PASSPHRASE, a_case, a_store, a_talk, say
from tests.journeys.coach import Coach, told
from tests.journeys.conftest import SitDown
from tests.journeys.forbidden import no_writing_in
from ui.main_window import MainWindow
from ui.pages.unlock_page import UnlockPage
from ui.pages.welcome_page import WelcomePage

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Ich will mit den Händen arbeiten, draußen."


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.iterdir()) if one.is_file()}


@pytest.fixture
def folder() -> Path:
    """The usual folder with the store of a coach who works with one person."""
    store = a_store(paths.store_folder())
    a_case(store, "Tobias Brandt")
    store.close()
    return paths.store_folder()


# --- files that cannot be opened ---------------------------------------------------------------


def damage_slots(folder: Path) -> None:
    slots = folder / "slots.json"
    slots.write_bytes(slots.read_bytes()[:200])


def change_slots(folder: Path) -> None:
    """One letter of each wrapped key is another one."""
    document = json.loads((folder / "slots.json").read_text())
    for slot in document["slots"]:
        slot["wrapped"] = ("B" if slot["wrapped"][0] == "A" else "A") + slot["wrapped"][1:]
    (folder / "slots.json").write_text(json.dumps(document))


def lose_slots(folder: Path) -> None:
    (folder / "slots.json").unlink()


def put_noise(folder: Path) -> None:
    (folder / "store.db").write_bytes(os.urandom(8192))


def put_other_database(folder: Path) -> None:
    (folder / "store.db").unlink()
    other = sqlite3.connect(folder / "store.db")
    other.execute("CREATE TABLE photos (name TEXT)")
    other.commit()
    other.close()


def put_other_store(folder: Path) -> None:
    """A store of ours that belongs to other slots."""
    other = folder.with_name("other")
    a_store(other).close()
    shutil.copy(other / "store.db", folder / "store.db")


def make_newer(folder: Path) -> None:
    store = stores.unlock(folder, PASSPHRASE)
    with store.reading() as reading:
        reading.connection.exec_driver_sql("PRAGMA user_version = 99")
    store.close()


def make_newer_slots(folder: Path) -> None:
    document = json.loads((folder / "slots.json").read_text())
    (folder / "slots.json").write_bytes(slot_file.to_bytes({**document, "version": 2}))


SPOILT = [
    (damage_slots, errors.SlotsDamaged(name="slots.json")),
    (change_slots, errors.SlotsDamaged(name="slots.json")),
    (lose_slots, errors.SlotsMissing(name="slots.json")),
    (put_noise, errors.NotOurStore()),
    (put_other_database, errors.NotOurStore()),
    (put_other_store, errors.NotOurStore()),
    (make_newer, errors.StoreTooNew()),
    (make_newer_slots, errors.StoreTooNew()),
]


@pytest.mark.parametrize(("spoil", "error"), SPOILT, ids=lambda one: getattr(one, "__name__", ""))
def test_files_that_cannot_be_opened_are_explained_and_stay_as_they_are(
    folder: Path,
    sit_down: SitDown,
    spoil: Callable[[Path], None],
    error: errors.CaseworkerError,
) -> None:
    sound = bytes_of(folder)
    spoil(folder)
    spoilt = bytes_of(folder)
    coach = sit_down(folder)
    coach.type_passphrase()
    coach.reads(*told(error))

    assert isinstance(coach.program.content, UnlockPage)
    assert bytes_of(folder) == spoilt

    for name, content in sound.items():  # what the sentence says helps
        (folder / name).write_bytes(content)
    coach.open()


def test_a_folder_of_somebody_else_is_no_store(tmp_path: Path, sit_down: SitDown) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "thumbs.db").write_bytes(b"pictures")
    coach = sit_down(folder)
    assert isinstance(coach.program.content, WelcomePage)
    assert bytes_of(folder) == {"thumbs.db": b"pictures"}


# --- folders and disks -------------------------------------------------------------------------


def test_files_in_a_folder_that_may_not_be_written_stay_closed(
    folder: Path, sit_down: SitDown
) -> None:
    before = bytes_of(folder)
    with no_writing_in(folder):
        coach = sit_down(folder)
        coach.type_passphrase()
        coach.reads(*told(errors.FolderNotWritable()))
        assert bytes_of(folder) == before
    assert isinstance(coach.program.content, UnlockPage)


def test_no_store_is_begun_in_a_folder_that_may_not_be_written(
    tmp_path: Path, sit_down: SitDown
) -> None:
    parent = tmp_path / "shared"
    parent.mkdir()
    with no_writing_in(parent):
        coach = sit_down(parent / "store")
        coach.type_into(_("Your name"), "Miriam Falk")
        coach.click(_("Next"))
        coach.type_into(_("Your passphrase"), PASSPHRASE)
        coach.type_into(_("Once more"), PASSPHRASE)
        coach.pause(200)
        coach.click(_("Next"))
        coach.reads(*told(errors.FolderNotWritable()))
        assert list(parent.iterdir()) == []


def fill_disk(coach: Coach, pages: int) -> None:
    """No page can be added to the store any more, from whichever thread."""
    store = coach.window.app.store

    def fill() -> None:
        with store.reading() as reading:
            reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    fill()
    coach.window.app.background.run(coach.window, fill, lambda _none: None)
    coach.rest()


def composer(coach: Coach) -> QPlainTextEdit:
    field = coach.see(_("What is said"), QPlainTextEdit)
    assert isinstance(field, QPlainTextEdit)
    return field


def test_on_a_full_disk_the_words_stay_and_are_kept_once_there_is_room(
    folder: Path, sit_down: SitDown
) -> None:
    coach = sit_down(folder)
    coach.open()
    coach.open_file("Brandt")
    coach.click(_("Begin conversation"))
    coach.see(_("Park"), QAbstractButton)
    sentences = told(errors.DiskFull())
    fill_disk(coach, 1)
    coach.click_widget(composer(coach))
    coach.type(WORDS)
    coach.paste(" Das ist mir wichtig." * 2000)
    words = composer(coach).toPlainText()
    coach.reads(*sentences)
    coach.press("Ctrl+L")
    assert coach.program.isVisible()
    assert coach.restarts == []
    assert composer(coach).toPlainText() == words

    fill_disk(coach, 1_000_000)
    coach.wait(lambda: coach.sees(_("Kept")), "it does not go on by itself")
    assert composer(coach).toPlainText() == words
    assert sentences[0] not in coach.screen()
    coach.press("Return")
    coach.reads(words)


def test_without_a_printer_the_plan_is_saved_as_a_file(
    folder: Path, sit_down: SitDown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "no-such-socket"))
    coach = sit_down(folder)
    coach.open()
    coach.open_file("Brandt")
    coach.press("Ctrl+P")
    happened, safe, to_do = told(errors.NoPrinter())
    coach.reads(happened, to_do)
    assert safe not in coach.screen()  # not yet: this is a draft
    assert not coach.sees(_("Print and fix"))
    coach.press("Ctrl+P")
    assert not coach.sees(_("Print and fix this plan?"))

    coach.click(_("Save as a file"))
    coach.click(_("Save and fix"))
    plan = tmp_path / "plan.pdf"
    coach.save_as(plan)
    assert plan.read_bytes().startswith(b"%PDF")
    coach.reads(happened, safe, to_do)


# --- guides ------------------------------------------------------------------------------------

GOOD_LINE, BAD_LINE = 'title.de = "Anfang"', 'titl.de = "Anfang"'


def tiny(mistake: bool, version: int = 1, name: str = "tiny") -> str:
    """A small guide; its mistake is in line 12."""
    return f"""id = "{name}"
version = {version}
languages = ["de", "nl"]
title.de = "Winzig"
title.nl = "Heel klein"
purpose.de = "Eine Probe."
purpose.nl = "Een proef."

[[sections]]
id = "start"
pictogram = "L01_day"
{BAD_LINE if mistake else GOOD_LINE}
title.nl = "Begin"
domains = ["L01"]

[[sections.questions]]
id = "how"
text.de = "Wie?"
text.nl = "Hoe?"
"""


@pytest.fixture
def guide_folder(tmp_path: Path) -> Iterator[Path]:
    """The guides of this laptop, for this test to spoil."""
    resources = tmp_path / "resources"
    resources.mkdir()
    before = paths.resources
    for one in before().iterdir():
        if one.name != "guides":
            (resources / one.name).symlink_to(one)
    shutil.copytree(before() / "guides", resources / "guides")
    paths.resources = lambda: resources
    yield resources / "guides"
    paths.resources = before


def put_guide(folder: Path, words: str, name: str = "tiny", version: int = 1) -> Path:
    file = folder / name / f"{version}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(words, "utf-8")
    return file


def mistake_of(file: Path) -> tuple[str, ...]:
    """The whole sentence; its middle says the reason, which is translated, too."""
    first = guides.check_file(file)[0]
    assert first.line == 12
    assert translated(first.message) != first.message
    name = f"{file.parent.name}/{file.name}"
    return told(errors.GuideInvalid(name=name, line=12, reason=first.reason))


def test_the_command_names_line_12_in_the_language_of_the_system(
    spoken: str, tmp_path: Path
) -> None:
    file = put_guide(tmp_path, tiny(mistake=True))
    reason = mistake_of(file) and guides.check_file(file)[0].reason
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", "guide", "check", str(file)],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env={**os.environ, "LANG": f"{spoken}.UTF-8", "LC_ALL": f"{spoken}.UTF-8"},
    )
    assert done.returncode == 1
    assert f"tiny/1.toml:12: {reason}" in done.stdout.decode().splitlines()


def test_a_broken_guide_is_named_and_the_others_still_work(
    folder: Path, guide_folder: Path, sit_down: SitDown
) -> None:
    sentences = mistake_of(put_guide(guide_folder, tiny(mistake=True)))
    coach = sit_down(folder)
    coach.open()
    coach.open_file("Brandt")
    coach.reads(*sentences)
    coach.choose_tab(_("Conversations"))
    coach.reads(*sentences)
    coach.click(_("Begin conversation"))
    coach.see(_("Park"), QAbstractButton)
    coach.press("Alt+Left")
    coach.reads(_("Go on with the conversation"))
    assert sentences[0] not in coach.screen()


def test_until_a_new_version_is_right_the_one_before_goes_on(
    folder: Path, guide_folder: Path, sit_down: SitDown
) -> None:
    sound = put_guide(guide_folder, tiny(mistake=False))
    assert guides.check_file(sound) == []
    broken = put_guide(guide_folder, tiny(mistake=True, version=2), version=2)
    coach = sit_down(folder)
    coach.open()
    coach.open_file("Brandt")
    coach.reads(*mistake_of(broken))
    title = guides.guide("tiny", 1).title.to(i18n.texts().language)
    begin = _("Begin with “{guide}”").format(guide=title)
    coach.choose_from_menu(_("More about this file"), begin)
    coach.reads({"de": "Wie?", "nl": "Hoe?"}[i18n.texts().language])


def test_when_every_guide_is_broken_files_still_open_and_nothing_begins(
    folder: Path, guide_folder: Path, sit_down: SitDown
) -> None:
    shutil.rmtree(guide_folder / "meedoen")
    words = tiny(mistake=True, name="meedoen")
    sentences = mistake_of(put_guide(guide_folder, words, name="meedoen"))
    coach = sit_down(folder)
    coach.open()
    coach.click(_("People"))
    coach.rest()
    coach.pause(200)
    coach.click(_("Begin conversation"))
    coach.reads(*sentences)
    coach.press("Return")
    coach.open_file("Brandt")
    coach.reads(*sentences)
    before = bytes_of(folder)
    coach.press("Ctrl+G")
    assert coach.window.route.page == "case"
    assert bytes_of(folder) == before
    coach.click(_("People"))
    coach.click(_("Add a person"))
    coach.type_into(_("First name"), "Jan")
    coach.press("Tab")
    coach.reads(_("There is now a file for {name}.").format(name="Jan"))


def a_held_talk(folder: Path) -> None:
    store = stores.unlock(folder, PASSPHRASE)
    talk = a_talk(store, a_case(store, "Wim Visser"))
    say(store, talk, WORDS)
    talks.finish(store, talk, NOW + timedelta(minutes=30))
    store.close()


@pytest.mark.parametrize("is_broken", [False, True], ids=["missing", "broken"])
def test_what_was_said_can_be_read_without_its_guide(
    folder: Path, guide_folder: Path, sit_down: SitDown, is_broken: bool
) -> None:
    a_held_talk(folder)
    sentences = told(errors.GuideMissing(name="meedoen", version=1))
    shutil.rmtree(guide_folder / "meedoen")
    put_guide(guide_folder, tiny(mistake=False))
    if is_broken:
        words = tiny(mistake=True, name="meedoen")
        sentences = mistake_of(put_guide(guide_folder, words, name="meedoen"))
    coach = sit_down(folder)
    coach.open()
    coach.open_file("Visser")
    coach.choose_tab(_("Conversations"))
    coach.click(_("Read"))
    coach.reads(WORDS)
    coach.click(_("Go on with this conversation"))
    coach.reads(*sentences)
    coach.press("Return")
    assert coach.window.route.page == "talks"
    coach.click(_("Read everything"))
    coach.reads(WORDS)
    coach.press("Alt+Left")
    coach.choose_tab(_("Plan"))
    coach.see(_("Save as a file"), QAbstractButton)
    coach.rest()
    assert isinstance(coach.program.content, MainWindow)
