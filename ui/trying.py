"""Pages whose fields are kept one by one: what cannot be kept is said, and tried again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from caseworker_app.errors import CaseworkerError
from ui.context import App
from ui.page import Page
from ui.widgets.boxes import Banner
from ui.widgets.layout import clear, column

AGAIN = 3000  # milliseconds until what could not be kept is tried once more


class TryingPage(Page):
    """The page places `notice` where a trouble is to be read."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.notice: QVBoxLayout = column(gap=0)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN)
        self._again.timeout.connect(self.keep_all)

    @abstractmethod
    def keep_all(self) -> bool:
        """Keep what was typed since; False when something could not be kept."""

    def attempt(self, work: Callable[[], object]) -> bool:
        """Do something with the store. If it cannot be done, say so; what was typed stays."""
        if not isValid(self):
            work()
            return True
        clear(self.notice)
        try:
            work()
        except CaseworkerError as error:
            happened, safe, to_do = error.sentences()
            self.notice.addWidget(Banner("danger", happened, f"{safe} {to_do}"))
            self._again.start()
            return False
        return True
