"""How a coach goes from topic to topic: begin, jump, park, ask for leave."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu

from caseworker_app.domain.talk import TopicState
from caseworker_app.i18n import _
from ui import theme
from ui.demo_visit.eyes import visible
from ui.demo_visit.hands import Hands
from ui.forms.prompt_row import EYE, PromptRow
from ui.forms.topic_list import TopicRow


class Moving:
    """Hands that go about a conversation page; `name` is what the person is called there."""

    def __init__(self, hands: Hands, name: str) -> None:
        self._hands = hands
        self._name = name

    def begin(self, guide: str) -> None:
        """Begin the conversation; where the program asks with which guide, choose this title."""
        hands = self._hands
        hands.click(_("Begin conversation"))
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            hands.choose_entry(menu, guide)
        self.wait_for_page()

    def wait_for_page(self) -> None:
        """Until the conversation is in view."""
        self._hands.see(_("Finish"), QAbstractButton)

    def go_on(self) -> None:
        """Ask the next question."""
        self._hands.press("Ctrl+PageDown")

    def jump_to(self, words: str) -> None:
        """Type where to go, and go there."""
        self._hands.press("Ctrl+J")
        self._hands.type(words)
        self._hands.press("Return")

    def go_to_topic(self, title: str) -> None:
        """Touch a topic in the list."""
        self._hands.click(title, TopicRow)

    def go_to_question(self, question: str) -> None:
        """Touch a question beside the conversation, talked about or not."""
        hands = self._hands

        def rows() -> list[PromptRow]:
            found = (one for one in visible(PromptRow) if isinstance(one, PromptRow))
            return [one for one in found if one.words() == question]

        hands.wait(lambda: bool(rows()), f"nobody can ask “{question}”")
        hands.click_widget(rows()[0])

    def park(self) -> None:
        """Leave the topic for another time."""
        self._hands.click(_("Park"))

    def take_up(self) -> None:
        """Take a parked topic up again."""
        self._hands.click(_("Take up again"))

    def ask_leave(self, state: TopicState) -> None:
        """Note whether a sensitive topic may be asked about."""
        answer = {
            TopicState.PERMITTED: _("Yes"),
            TopicState.PARKED: _("Later"),
            TopicState.DECLINED: _("No"),
        }
        self._hands.click(answer[state])

    def put_away(self, asked: str) -> None:
        """Put the question that is asked out of sight, by the eye beside it."""
        row = self._hands.see(_("{question}, asked now").format(question=asked), PromptRow)
        inset = theme.current().px(EYE) // 2
        self._hands.click_widget(row, QPoint(row.width() - inset, inset))
