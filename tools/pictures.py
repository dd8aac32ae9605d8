"""Takes pictures of every screen, with the fictional people of the sample, to be looked at.

`python -m tools.pictures OUT --lang nl --theme dark --text 150 --size 900x700 --only goals`
draws what its options ask for; without `--only` everything. `--readme` draws the pictures of the
README into `docs/pictures`. Nothing needs a display.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import ui  # noqa: F401  cures None on Python 3.11 before anything else of Qt is used
from caseworker_app import paths, settings
from caseworker_app.content.sample import Sample, sample
from caseworker_app.i18n import LANGUAGES, _
from caseworker_app.services import stores
from caseworker_app.services.sample import fill, profile_of
from caseworker_app.settings import TEXT_SIZES, Settings
from caseworker_app.sync.wire.passphrases import FLOOR
from tools.picture_scenes import (
    AMONG_PEOPLE,
    BEFORE_THE_DOOR,
    FOR_A_LOOK,
    THE_FIRST_TIME,
    WITH_NOBODY,
)
from ui import theme
from ui.app import Program
from ui.demo_visit import PASSPHRASE
from ui.demo_visit.hands import Hands
from ui.main_window import MainWindow
from ui.page import Route

Wanted = Callable[[str], bool]
MONDAY_MORNING = datetime(2026, 11, 23, 9, 20).astimezone()
README = (  # name, scene, picture of the scene, language
    ("conversation", "talk", "talk_doing", "de"),
    ("plan", "plan", "plan_draft", "nl"),
    ("case", "case", "case", "de"),
    ("people", "people", "people", "nl"),
)
COLOURS = 256
README_FOLDER = paths.bundle() / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks in a picture."""

    language: str = "de"
    theme: str = "light"
    text_size: int = 100
    width: int = 1280
    height: int = 800

    @property
    def settings(self) -> Settings:
        """The same as a coach would have chosen it."""
        return Settings(
            language=self.language,
            theme=self.theme,
            text_size=self.text_size,
            less_motion=True,
            window=(self.width, self.height),
        )


class Camera:
    """A program before its door, and the pictures that are taken of it."""

    def __init__(self, app: QApplication, out: Path, look: Look) -> None:
        self.hands = Hands()
        self.people: Sample = sample(look.language)
        self.cases: dict[str, UUID] = {}
        self.now = MONDAY_MORNING
        self._app, self._out, self._look = app, out, look
        self._store = paths.store_folder()
        self._program: Program | None = None

    @property
    def window(self) -> MainWindow:
        """The room behind the door."""
        return cast("MainWindow", self.program.content)

    @property
    def program(self) -> Program:
        """The window in view."""
        assert self._program is not None
        return self._program

    def start(self) -> None:
        """Stand before the door."""
        settings.save(self._look.settings)
        self._program = Program(self._app, self._store, lambda _folder: None, lambda: self.now)
        self._program.show()
        self.hands.pause(30)

    def make_store(self, *, filled: bool) -> None:
        """A new encrypted store, with the fictional people in it or without."""
        profile = profile_of(self.people)
        store, _key = stores.create(self._store, profile, PASSPHRASE, self.now, cost=FLOOR)
        if filled:
            self.cases = fill(store, self.people, self.now)
        store.close()

    def unlock(self) -> None:
        """Open the door with the passphrase."""
        self.hands.type_into(_("Passphrase"), PASSPHRASE)
        self.hands.click(_("Open"))
        self.hands.wait(lambda: isinstance(self.program.content, MainWindow), "it stays locked")

    def go(self, page: str, number: str = "", value: UUID | None = None) -> None:
        """Go to a page of the person with this file number."""
        self.window.go(Route(page, self.cases.get(number), value))
        self.settle()

    def settle(self) -> None:
        """Wait until everything is read and drawn."""
        self.hands.pause(40)
        background = self.window.app.background
        self.hands.wait(lambda: not background.busy(), "it reads without end")
        self.hands.pause(60)

    def shoot(self, name: str, of: QWidget | None = None) -> None:
        """Take a picture of the window, with the sheet or the menu that lies over it."""
        QApplication.processEvents()
        image = (of or self.program).grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for over in (QApplication.activeModalWidget(), QApplication.activePopupWidget()):
            if over is not None:
                place = self.program.mapFromGlobal(over.mapToGlobal(QPoint(0, 0)))
                if isinstance(over, QDialog):
                    place = image.rect().center() - over.rect().center()
                painter.drawRect(QRect(place, over.size()).adjusted(-1, -1, 0, 0))
                painter.drawPixmap(place, over.grab())
        painter.end()
        image.save(str(self._out / f"{name}.png"), quality=0)

    def close(self) -> None:
        """Let go of everything."""
        self.program.close()


def draw(out: Path, look: Look, wanted: Wanted) -> None:
    """Take the wanted pictures in one look."""
    out.mkdir(parents=True, exist_ok=True)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else theme.application()
    for prepare, scenes in (
        (Camera.start, THE_FIRST_TIME),
        (Camera.start, FOR_A_LOOK),
        (_before_a_locked_door, BEFORE_THE_DOOR),
        (_on_the_first_day, WITH_NOBODY),
        (_on_a_working_day, AMONG_PEOPLE),
    ):
        asked = [scene for scene in scenes if wanted(scene.__name__)]
        if asked:
            with _own_laptop():
                camera = Camera(app, out, look)
                prepare(camera)
                for scene in asked:
                    scene(camera)
                camera.close()


def _before_a_locked_door(camera: Camera) -> None:
    camera.make_store(filled=True)
    camera.start()


def _on_the_first_day(camera: Camera) -> None:
    camera.make_store(filled=False)
    camera.start()
    camera.unlock()


def _on_a_working_day(camera: Camera) -> None:
    _before_a_locked_door(camera)
    camera.unlock()


@contextmanager
def _own_laptop() -> Iterator[None]:
    """A home of its own, gone afterwards: nobody's settings or files are touched."""
    before = os.environ.get(paths.HOME_VARIABLE)
    with tempfile.TemporaryDirectory() as home:
        os.environ[paths.HOME_VARIABLE] = home
        yield
    if before is None:
        del os.environ[paths.HOME_VARIABLE]
    else:
        os.environ[paths.HOME_VARIABLE] = before


def readme() -> None:
    """The pictures of the README."""
    README_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, scene, picture, language in README:
            draw(Path(folder), Look(language), scene.__eq__)
            image = _with_few_colours(QImage(str(Path(folder) / f"{picture}.png")))
            image.save(str(README_FOLDER / f"{name}.png"), quality=0)


def _with_few_colours(image: QImage) -> QImage:
    """The same picture in the colours it has most of: a third of the bytes, and nobody sees it."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("B")
    most = [colour for colour, _count in Counter(pixels.cast("I")).most_common(COLOURS)]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, most, plain)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description="Takes pictures of every screen.")
    parser.add_argument("out", type=Path, nargs="?", default=Path("build/pictures"))
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--text", type=int, choices=TEXT_SIZES, default=TEXT_SIZES[0])
    parser.add_argument("--size", default="1280x800", help="WIDTHxHEIGHT of the window")
    parser.add_argument("--only", nargs="+", default=[], help="scenes, such as: goals plan talk")
    parser.add_argument("--readme", action="store_true", help="the pictures of the README")
    asked = parser.parse_args()
    if asked.readme:
        readme()
        return
    width, height = (int(part) for part in asked.size.split("x"))
    look = Look(asked.lang, asked.theme, asked.text, width, height)
    draw(asked.out, look, lambda scene: not asked.only or scene in asked.only)


if __name__ == "__main__":
    main()
