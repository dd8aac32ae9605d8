"""What the participant has before them at one time. Each kind of stop is a sheet of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from caseworker_app.content.participant import Tongue
from caseworker_app.domain.talk import TopicState
from caseworker_app.domain.turned import Side
from ui import theme
from ui.widgets.buttons import Kind, Slot, button
from ui.widgets.choices import Option
from ui.widgets.drawings import Tile
from ui.widgets.layout import Item, add, column, row
from ui.widgets.text import Text
from ui.widgets.turned_choice import BigChoice

FROM_THE_RIGHT, TO_HERE = "\u2067", "\u2069"
"""Words between these run from the right, even around a name that does not."""

TILE, SMALL_TILE = 72, 48
LARGE_TEXT = 1.5
"""From this text size on everything but the words makes room for them."""


class TurnedSheet(QWidget):
    """A pictogram with its topic, one question in large type, and below it how to answer.

    `given` carries the value of an answer, `written` the id of a statement and its words, `rated`
    what was said about a part of life, `agreed` what is agreed about the topic.
    """

    given = Signal(str)
    written = Signal(object, str)
    rated = Signal(object)
    agreed = Signal(object)

    def __init__(self, pictogram: str, topic: str, question: str) -> None:
        super().__init__()
        is_large = theme.current().scale >= LARGE_TEXT
        self.body: QVBoxLayout = column(gap=12 if is_large else 22)
        if topic:
            tile = Tile(pictogram=pictogram, size=SMALL_TILE if is_large else TILE, tone="plain")
            named = row(tile, Text(topic, "tbody", colour="text_2"), gap=18)
            named.setStretch(1, 1)
            self.body.addLayout(named)
        self.question = Text(question, "tq")
        self.body.addWidget(self.question)
        self.setLayout(self.body)

    def add(self, *items: Item) -> None:
        """Put more below the question."""
        add(self.body, *items)

    def add_gap(self) -> None:
        """Leave some air."""
        self.body.addSpacing(theme.current().space(4))

    def show_side(self, side: Side) -> None:
        """Show what is kept by now. What is being typed stays."""

    def flush(self) -> None:
        """Say now what was typed in the last half second."""

    def focus(self) -> None:
        """Put the keyboard where the answer is given."""


class PermissionSheet(TurnedSheet):
    """Asks, before a sensitive topic, whether it may be talked about."""

    def __init__(self, pictogram: str, topic: str, tongue: Tongue) -> None:
        super().__init__(pictogram, topic, tongue.say("permission"))
        self._answer = BigChoice(
            tongue.say("permission"),
            [
                Option(TopicState.PERMITTED, tongue.say("yes")),
                Option(TopicState.PARKED, tongue.say("later")),
                Option(TopicState.DECLINED, tongue.say("no")),
            ],
        )
        self._answer.chosen.connect(self.agreed)
        self.add(Text(tongue.say("permission-free"), "tbody"), self._answer)

    def focus(self) -> None:
        self._answer.focus()


class EndSheet(TurnedSheet):
    """After the last question."""

    def __init__(self, tongue: Tongue) -> None:
        super().__init__("", "", tongue.say("thank-you"))
        self.add(Text(tongue.say("that-was-all"), "tbody"))


def faced(tongue: Tongue, words: str, kind: Kind, icon: str, slot: Slot) -> QPushButton:
    """A button whose icon stands where its words begin, also where they run from the right."""
    if not tongue.is_from_the_right:
        return button(words, kind, icon=icon, slot=slot)
    made = button(f"{FROM_THE_RIGHT}{words}{TO_HERE}", kind, trailing=icon, slot=slot)
    made.setAccessibleName(words)
    return made
