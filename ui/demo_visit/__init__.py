"""The demo visit: fictional people, a new encrypted store, real windows, real clicks and keys.

`run` makes the store through the welcome page, holds one whole visit in each language, locks and
unlocks in between, and leaves pictures, plans and a report.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

from PySide6.QtCore import QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n, paths
from caseworker_app.content.sample import Sample, sample
from caseworker_app.errors import FolderTaken
from caseworker_app.i18n import _
from caseworker_app.services import checking
from ui import theme
from ui.app import Program, Restart
from ui.demo_visit.central import Central, can_be_run
from ui.demo_visit.eyes import CannotDo
from ui.demo_visit.first_day import PASSPHRASE, FirstDay
from ui.demo_visit.hands import Hands
from ui.demo_visit.laptops import Laptop
from ui.demo_visit.together import PLANS, Together
from ui.demo_visit.visit import Visit

SECOND = "second-laptop"
T = TypeVar("T")
OTHER = {"de": "nl", "nl": "de"}


def run(out: Path, language: str) -> int:
    """Leave `store`, `screens`, a plan in each language and `report.json` in `out`.

    `language` is the one of the first visit; the second is held in the other. What an earlier demo
    left in `out` is thrown away first. Gives 0, or raises what did not work.
    """
    out = out.resolve()
    _clear(out)
    os.environ[paths.HOME_VARIABLE] = str(out / "laptop")
    before = qInstallMessageHandler(_speak_up)
    try:
        return Demo(out, language).play()
    finally:
        qInstallMessageHandler(before)


def _speak_up(_kind: object, _place: object, words: str) -> None:
    """What Qt says, but for the things that a screen without a screen cannot do."""
    if not words.startswith("This plugin does not support"):
        sys.stderr.write(f"{words}\n")


class Demo:
    """One play of the demo."""

    def __init__(self, out: Path, language: str) -> None:
        self._out = out
        self._languages = (language, OTHER[language])
        self._hands = Hands()
        self._store = out / "store"
        self._shots: list[str] = []
        self._ended: list[Program] = []
        self._others: list[Program] = []
        self._began = time.monotonic()
        self._timings: dict[str, float] = {}
        existing = QApplication.instance()
        self._qt = existing if isinstance(existing, QApplication) else theme.application()
        self._program = self._start(self._store, self._again)

    def play(self) -> int:
        """The whole story."""
        first, second = (sample(language) for language in self._languages)
        self._timed("welcome", lambda: self._create(first))
        said = self._timed("first visit", lambda: self._visit(first))
        self._timed("lock and unlock", self._lock_and_unlock)
        self._timed("second coach", lambda: self._change_over(second))
        said += self._timed("second visit", lambda: self._visit(second))
        together = self._timed("two laptops", lambda: self._together(second))
        self._shot_in_dark_and_large(second)
        for program in (self._program, *self._others):
            program.close()
            gc.disable()  # one that is closed turns it on: the other may still have a worker
        gc.enable()
        return self._report(said, together)

    # --- acts ----------------------------------------------------------------------------------

    def _create(self, people: Sample) -> None:
        FirstDay(self._hands, self._shot).create(people.language, people.organisation, people.coach)

    def _visit(self, people: Sample) -> int:
        visit = Visit(self._hands, people, self._shot, _today())
        visit.whole(self._out / f"plan-{people.language}.pdf")
        return visit.said

    def _lock_and_unlock(self) -> None:
        """Lock, which ends the program; the next one opens with the passphrase."""
        hands = self._hands
        hands.click(_("Lock"))
        hands.wait(lambda: hands.sees(_("Open")), "it does not lock")
        hands.type_into(_("Passphrase"), "falsch")
        hands.press("Return")
        hands.wait(lambda: hands.sees_part(_("That was not the right passphrase.")), "not told")
        self._shot("wrong-passphrase")
        hands.pause(1500)
        hands.type_into(_("Passphrase"), PASSPHRASE)
        hands.press("Return")
        hands.wait(lambda: hands.sees(_("People")), "it does not unlock")

    def _change_over(self, people: Sample) -> None:
        """Another coach takes the laptop: another language, at once, and another name."""
        hands = self._hands
        hands.click(_("Settings"))
        hands.click(_("Language"))
        hands.click(i18n.NAMES[people.language])
        hands.wait(lambda: i18n.texts().language == people.language, "the language stays")
        hands.click(_("About you"))
        FirstDay(hands, self._shot).introduce(people.organisation, people.coach)
        hands.press("Tab")
        self._shot("settings")

    def _together(self, people: Sample) -> dict[str, object]:
        """A second laptop beside this one, where a central store can be run."""
        if not can_be_run():
            return {"left_out": "there is no central store here"}
        homes = self._out / "laptop", self._out / SECOND
        laptops = Laptop(1, homes[0], lambda: self._program), Laptop(2, homes[1], self._start_other)
        with TemporaryDirectory(prefix="central-", ignore_cleanup_errors=True) as folder:
            central = Central(Path(folder), self._hands)
            try:
                act = Together(self._hands, central, laptops, people, self._shot, _today())
                told = act.whole(self._out)
            finally:
                central.stop()
        laptops[1].shut()
        laptops[0].open()
        return told

    def _shot_in_dark_and_large(self, people: Sample) -> None:
        """The same file in the dark theme, and at 150 % text."""
        hands, name = self._hands, people.person(people.visit.number).family_name
        hands.click(_("Settings"))
        hands.click(_("Look"))
        hands.click(_("Dark"))
        hands.click(_("People"))
        hands.type_into(_("Find a person"), name)
        hands.open_first_row(name)
        hands.pause(100)
        self._shot("file-dark")
        hands.press("Ctrl+Plus")
        hands.press("Ctrl+Plus")
        hands.pause(200)
        self._shot("file-dark-150")

    # --- around --------------------------------------------------------------------------------

    def _start(self, folder: Path, restart: Restart) -> Program:
        program = Program(self._qt, folder, restart)
        program.resize(1280, 800)
        program.show()
        self._hands.pause(50)
        return program

    def _start_other(self) -> Program:
        """The second laptop; nobody locks it."""
        other = self._start(self._out / SECOND / "store", lambda _folder: None)
        self._others.append(other)
        return other

    def _again(self, _folder: Path) -> None:
        """What a new process would do, once the old window has let go of everything."""
        self._ended.append(self._program)
        QTimer.singleShot(0, self._start_again)

    def _start_again(self) -> None:
        self._program = self._start(self._store, self._again)

    def _timed(self, what: str, act: Callable[[], T]) -> T:
        began = time.monotonic()
        try:
            result = act()
        except CannotDo:
            self._shot("failed")
            raise
        self._timings[what] = round(time.monotonic() - began, 2)
        return result

    def _shot(self, name: str) -> None:
        QApplication.processEvents()
        self._shots.append(f"{len(self._shots) + 1:02d}-{name}-{i18n.texts().language}.png")
        folder = self._out / "screens"
        folder.mkdir(exist_ok=True)
        in_view = next(one for one in (self._program, *self._others) if one.isVisible())
        in_view.grab().save(str(folder / self._shots[-1]))

    def _report(self, said: int, together: dict[str, object]) -> int:
        stores = [self._store, *(self._out / SECOND / "store" for _one in self._others)]
        reports = [checking.check(store, PASSPHRASE) for store in stores]
        checked = reports[0]
        report = {
            "store": "store",
            "passphrase": PASSPHRASE,
            "screens": self._shots,
            "plans": [f"plan-{language}.pdf" for language in self._languages],
            "statements": said,
            "clicks": self._hands.clicks,
            "keys": self._hands.keys,
            "seconds": {**self._timings, "all": round(time.monotonic() - self._began, 2)},
            "changes": checked.changes,
            "chains": checked.chains,
            "values": checked.values,
            "documents": checked.documents,
            "findings": [finding for one in reports for finding in one.findings],
            "together": {**together, "seconds": self._timings["two laptops"]},
        }
        text = json.dumps(report, indent=1, ensure_ascii=False)
        (self._out / "report.json").write_text(text, "utf-8")
        is_so = all(together.get(what, True) for what in ("same_plan", "same_state", "settled"))
        return 0 if is_so and all(one.clean for one in reports) else 1


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _clear(out: Path) -> None:
    """Throw away what an earlier demo left; anything else in the folder stays.

    FolderTaken when a store lies there that no demo has made: its laptop is not beside it.
    """
    is_ours = (out / "laptop" / "settings.json").is_file()
    if not is_ours and any((out / store).exists() for store in ("store", f"{SECOND}/store")):
        raise FolderTaken
    for name in ("store", "screens", "laptop", SECOND):
        shutil.rmtree(out / name, ignore_errors=True)
    for name in ("plan-de.pdf", "plan-nl.pdf", *PLANS, "report.json"):
        (out / name).unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
