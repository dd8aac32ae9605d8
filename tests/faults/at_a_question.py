"""A coach who goes to a question of a conversation and then loses the power.

A process of its own, with FOLDER CONVERSATION; the passphrase comes as a line on the standard
input. Goes some questions on, says at which one it is, and waits to be killed.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication

from caseworker_app import i18n, settings
from caseworker_app.services import stores
from ui import theme
from ui.background import Background
from ui.context import App
from ui.demo_visit.hands import Hands
from ui.pages.conversation_page import ConversationPage

STEPS = 9
PROMISED = 500  # milliseconds: what is older than this survives whatever happens


def main(folder: Path, conversation: UUID) -> None:
    """Go on, say where it is, and stay there."""
    i18n.use("en")
    qt = QApplication([])
    theme.apply(qt, theme.chosen(qt, settings.Settings()))
    store = stores.unlock(folder, sys.stdin.readline().rstrip("\n"))
    app = App(store, settings.Settings(), lambda: datetime.now(UTC), Background())
    page = ConversationPage(app, conversation)
    page.resize(1280, 800)
    page.show()
    hands = Hands()
    for _step in range(STEPS):
        hands.press("Ctrl+PageDown")
    hands.pause(PROMISED)
    print(json.dumps([page._talk.section, page._talk.question]), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), UUID(sys.argv[2]))
