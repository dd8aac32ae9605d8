"""The head of a conversation page: the topic, how far it is, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.guide import Section
from caseworker_app.domain.talk import TopicState
from caseworker_app.i18n import _, texts
from ui.widgets.buttons import button
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, row
from ui.widgets.text import Text, isolated


class QuestionHead(QWidget):
    """Topic and place in it. `parked` asks to park the topic or to take it up again."""

    parked = Signal()
    went_on = Signal()
    to_goals = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tile: QWidget = Tile(icon="circle")
        self._section, self._is_narrow = "", False
        self._title, self._place = Text("", "h2"), Text("", "meta")
        self._park = button(_("Park"), "quiet", icon="pause", slot=self.parked.emit)
        self._next = button(_("Next"), "tint", trailing="arrow-right", slot=self.went_on.emit)
        self._goals = button(
            _("Goals and steps"), "tint", trailing="arrow-right", slot=self.to_goals.emit
        )
        self._body = row(
            self._tile,
            column(self._title, self._place, gap=0),
            self._park,
            self._next,
            self._goals,
            gap=12,
        )
        self._body.setStretch(1, 1)
        for made in (self._park, self._next, self._goals):
            self._body.setAlignment(made, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(self._body)

    def show_place(
        self, section: Section, number: int, state: TopicState, *, asks: bool, has_next: bool
    ) -> None:
        """Show the topic and which of its questions is asked, or that one `asks` for permission."""
        if section.id != self._section:
            self._section = section.id
            tile = Tile(pictogram=section.pictogram)
            self._body.replaceWidget(self._tile, tile)
            self._tile.hide()
            self._tile.deleteLater()
            self._tile = tile
            tile.setVisible(not self._is_narrow)
        self._title.setText(section.title.to(texts().language))
        self._place.setText(
            _("Question {number} of {total}").format(number=number, total=len(section.questions))
        )
        _name(self._park, _("Take up again") if state is TopicState.PARKED else _("Park"))
        self._park.setVisible(not (section.closing or asks))
        self._next.setVisible(has_next)
        self._goals.setVisible(section.closing)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Leave out what there is no room for."""
        self._is_narrow = narrow
        self._tile.setVisible(not narrow)


class Permission(QWidget):
    """Asks before a sensitive topic, or says that the answer was no. `answered`: what is agreed."""

    answered = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = isolated(name)
        self._sentence, self._note = Text("", "h2"), Text("", "body", colour="text_2")
        self._yes = self._button(_("Yes"), "tint", TopicState.PERMITTED)
        self._later = self._button(_("Later"), "secondary", TopicState.PARKED)
        self._no = self._button(_("No"), "secondary", TopicState.DECLINED)
        buttons = row(self._yes, self._later, self._no, None, gap=10)
        self.setLayout(column(self._sentence, self._note, buttons, gap=14, margins=(0, 10, 0, 0)))

    def show_topic(self, title: str, state: TopicState) -> None:
        """Ask for this topic, or say that the answer was no."""
        if state is TopicState.DECLINED:
            said = _("{name} would rather not talk about this.").format(name=self._name)
            note = _("That is all right. If it changes, you can open the topic again.")
        else:
            said = _("May I ask you about “{topic}”? You may say no.").format(topic=title)
            note = _("Ask first. What is said here is not printed unless you agree on it together.")
        self._sentence.setText(said)
        self._note.setText(note)
        declined = state is TopicState.DECLINED
        _name(self._yes, _("Open the topic again") if declined else _("Yes"))
        self._later.setVisible(not declined)
        self._no.setVisible(not declined)

    def focus(self) -> None:
        """Put the keyboard on the first answer."""
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, words: str, kind: str, state: TopicState) -> QPushButton:
        made = button(words, kind, slot=lambda: self.answered.emit(state))  # type: ignore[arg-type]
        made.setMinimumWidth(self.fontMetrics().horizontalAdvance("M") * 7)
        return made


def _name(made: QPushButton, words: str) -> None:
    made.setText(words.replace("&", "&&"))
    made.setAccessibleName(words)
