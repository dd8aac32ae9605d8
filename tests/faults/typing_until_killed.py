"""A coach who types into the real conversation page until the process is killed.

A process of its own, with FOLDER CONVERSATION SEED. Whenever the page shows that it has kept what
was typed, the whole text is printed: that is what was acknowledged on the screen. A fourth word,
`late`, plants a bug: words reach the disk one pause after they were acknowledged.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QApplication

from caseworker_app import i18n, settings
from caseworker_app.i18n import _
from caseworker_app.services import answers, stores
from tests.builders import PASSPHRASE
from ui import theme
from ui.background import Background
from ui.context import App
from ui.demo_visit.hands import Hands
from ui.pages.conversation_page import ConversationPage

WORDS = [
    "ich",
    "will",
    "wieder",
    "draußen",
    "arbeiten",
    "mit",
    "Zoë",
    "😀",
    "<b>",
    "&",
    "{x}",
    "'",
    '"',
    ";",
    "שלום",
    "und",
    "dann",
]


def acknowledge(**what: object) -> None:
    """Tell the one who kills; a line is written whole or not at all."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def plant_late_writing() -> None:
    """Acknowledge before the disk has it, as a careless queue would."""
    waiting: list[Callable[[], object]] = []
    real = answers.keep_words

    def late(*values: Any) -> None:
        for write in waiting:
            write()
        waiting[:] = [partial(real, *values)]

    answers.keep_words = late  # type: ignore[assignment]


def main(folder: Path, conversation: UUID, seed: int) -> None:
    """Type, add and go on for ever."""
    i18n.use("en")
    qt = QApplication([])
    theme.apply(qt, theme.chosen(qt, settings.Settings()))
    store = stores.unlock(folder, PASSPHRASE)
    app = App(store, settings.Settings(), lambda: datetime.now(UTC), Background())
    page = ConversationPage(app, conversation)
    page.resize(1280, 800)
    page.show()
    hands, chance = Hands(), random.Random(seed)
    acknowledge(ready=True)
    while True:
        question = page._talk.question
        text = page._desk.composer.said()[2]  # what an earlier life left is gone on with
        hands.click_widget(hands.see(_("What is said")))
        hands.press("Ctrl+End")
        for _word in range(chance.randint(2, 5)):
            piece = chance.choice(WORDS) + " "
            hands.type(piece)
            text += piece
            hands.wait(lambda: hands.sees(_("Kept")), "it does not say that it is kept")
            acknowledge(question=question, words=text, added=False)
        if chance.random() < 0.6:
            hands.press("Return")
            hands.wait(lambda: not page._desk.composer.said()[2], "the words stay in the composer")
            hands.wait(lambda: hands.sees(_("Kept")), "it does not say that it is kept")
            acknowledge(question=question, words=text, added=True)
        hands.press("Ctrl+PageDown")
        if page._talk.question == question:
            for _step in range(chance.randint(3, 20)):
                hands.press("Ctrl+PageUp")


if __name__ == "__main__":
    if "late" in sys.argv:
        plant_late_writing()
    main(Path(sys.argv[1]), UUID(sys.argv[2]), int(sys.argv[3]))
