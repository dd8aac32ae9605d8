"""The head of a conversation page: the topic, how far it is, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.guide import Section
from caseworker_app.domain.talk import TopicState
from caseworker_app.i18n import _, pgettext
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.drawings import Tile
from ui.widgets.layout import column, row
from ui.widgets.text import Text, isolated


class _TopicTile(Tile):
    """The pictogram of one topic after the other."""

    def __init__(self) -> None:
        super().__init__(icon="circle")
        self._shown = ""

    def show_topic(self, pictogram: str) -> None:
        """Show another topic."""
        if pictogram != self._shown:
            self._shown = pictogram
            self._picture = self.draw(pictogram)
            self.update()

    def draw(self, pictogram: str) -> QPixmap:
        """The picture, which is drawn only once."""
        return theme.pictogram(pictogram, "text", 23)


class QuestionHead(QWidget):
    """Topic and place in it. `parked` asks to park the topic or to take it up again."""

    parked = Signal()
    went_on = Signal()
    to_goals = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tile = _TopicTile()
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
        self,
        section: Section,
        title: str,
        number: int,
        total: int,
        state: TopicState,
        *,
        asks: bool,
        has_next: bool,
    ) -> None:
        """Show the topic and which of its questions is asked, or that one `asks` for permission."""
        self._tile.show_topic(section.pictogram)
        _put(self._title, title)
        place = _("Question {number} of {total}").format(number=number, total=total)
        _put(self._place, place)
        _name(self._park, _("Take up again") if state is TopicState.PARKED else _("Park"))
        self._park.setVisible(not (section.closing or asks))
        self._next.setVisible(has_next)
        self._goals.setVisible(section.closing)

    def make_ready(self, section: Section) -> None:
        """Draw the pictogram of a topic that is likely to come next."""
        self._tile.draw(section.pictogram)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Leave out what there is no room for."""
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

    def show_topic(self, title: str, state: TopicState, *, informal: bool) -> None:
        """Ask for this topic, by "du" or "je" where `informal`, or say that the answer was no."""
        if state is TopicState.DECLINED:
            said = _("{name} would rather not talk about this.").format(name=self._name)
            note = _("That is all right. If it changes, you can open the topic again.")
        else:
            ask = (
                pgettext("said informally", "May I ask you about “{topic}”? You may say no.")
                if informal
                else _("May I ask you about “{topic}”? You may say no.")
            )
            said = ask.format(topic=title)
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


def _put(label: Text, words: str) -> None:
    if label.text() != words:
        label.setText(words)


def _name(made: QPushButton, words: str) -> None:
    if made.accessibleName() == words:
        return
    made.setText(words.replace("&", "&&"))
    made.setAccessibleName(words)
