"""Where the coach writes down what is said: whose voice it is, the words, and who said them.

Enter adds the words, Shift+Enter begins a new line. While somebody types the composer says
`paused` at least every half second, so that a draft can be kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QMenu, QWidget

from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import _
from ui.forms.composer_words import Paper, Words
from ui.forms.typing_pause import TypingPause
from ui.widgets.buttons import button, icon_button
from ui.widgets.choices import Option, Segmented
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, isolated
from ui.widgets.tips import set_tip

TONES = {
    Voice.PARTICIPANT: "person",
    Voice.COACH: "accent",
    Voice.THIRD: "third",
    Voice.DOCUMENT: "third",
}
NAMED = (Voice.THIRD, Voice.DOCUMENT)
"""The voices that stand for somebody or something else, which is named beside the words."""


class Composer(QWidget):
    """Four voices, the words, and for two of the voices a name. `changed` comes with every key.

    `begins` is the voice that a new piece is written in.
    """

    changed = Signal()
    paused = Signal()
    rested = Signal()
    added = Signal()

    def __init__(self, name: str, *, begins: Voice = Voice.PARTICIPANT, called: str = "") -> None:
        super().__init__()
        self._name, self._begins = isolated(name), begins
        self._known: Mapping[Voice, Sequence[str]] = {}
        self._speakers: dict[Voice, str] = {}
        self._voice = begins
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self.paused)
        self._pause.rested.connect(self.rested)
        self._voices = Segmented(
            _("Who is speaking"),
            [
                Option(
                    Voice.PARTICIPANT, _("{name} says").format(name=self._name), "quote", "person"
                ),
                Option(Voice.COACH, _("I notice"), "notebook-pen", "accent"),
                Option(Voice.THIRD, _("Others say"), "users", "third"),
                Option(Voice.DOCUMENT, _("A document says"), "file-text", "third"),
            ],
        )
        self._voices.chosen.connect(self._on_voice)
        self._who = self._make_who()
        self._words = Words(called or _("What is said"))
        self._words.textChanged.connect(self._on_changed)
        self._words.entered.connect(self._on_entered)
        self._words.installEventFilter(self)
        self._hint = Elided("", "meta")
        add = button(_("Add"), "quiet", icon="corner-down-left", slot=self._on_entered)
        self._paper = Paper()
        foot = row(self._hint, add, gap=8, margins=(4, 0, 0, 0))
        foot.setStretch(0, 1)
        self._sheet = column(self._words, foot, gap=0, margins=(12, 7, 6, 2))
        self._sheet.setStretch(0, 1)
        self._paper.setLayout(self._sheet)
        self.setLayout(column(self._voices, self._who, self._paper, gap=8))
        self.setFocusProxy(self._words)
        self._show_voice(begins)

    def said(self) -> tuple[Voice, str, str]:
        """Whose voice it is, the name of a third party or a document, and the words so far."""
        speaker = self._speaker.text().strip() if self._voice in NAMED else ""
        return self._voice, speaker, self._words.toPlainText()

    def show_draft(self, voice: Voice | None, words: str, speaker: str = "") -> None:
        """Show what was written before, with the cursor at its end; None begins anew."""
        self._pause.stop()
        self._speakers = {}
        self._speaker.setText(speaker)
        self._words.show_words(words)
        self._voice = voice or self._begins
        self._show_voice(self._voice)

    def show_known(self, known: Mapping[Voice, Sequence[str]]) -> None:
        """Who and what has a name already, to choose from."""
        self._known = known
        self._offer.setVisible(bool(known.get(self._voice)))

    def say_as(self, voice: Voice) -> None:
        """Let somebody else speak, and go on writing."""
        self._show_voice(voice)
        self._on_changed()
        if voice in NAMED and not self._speaker.text():
            self._speaker.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Say `paused` now if something was typed since."""
        self._pause.flush()

    def is_typing(self) -> bool:
        """Whether the last key is less than half a second ago."""
        return self._pause.is_typing()

    def set_low(self, low: bool) -> None:  # noqa: FBT001
        """In a low window the button stands beside the words, and the hint is only heard."""
        directions = QBoxLayout.Direction
        self._sheet.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        self._hint.setVisible(not low)

    def _make_who(self) -> QWidget:
        self._speaker = QLineEdit()
        self._speaker.setProperty("tone", "third")
        self._speaker.textEdited.connect(self._on_changed)
        self._speaker.returnPressed.connect(self._words_next)
        self._offer = icon_button("chevron-down", "", kind="secondary", big=True)
        self._offer.clicked.connect(self._offer_names)
        self._offer.hide()
        who = QWidget()
        layout = row(self._speaker, self._offer, gap=8)
        layout.setStretch(0, 1)
        who.setLayout(layout)
        return who

    def _words_next(self) -> None:
        self._words.setFocus(Qt.FocusReason.TabFocusReason)

    def _offer_names(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._known.get(self._voice, ()):
            menu.addAction(one.replace("&", "&&"), partial(self._take, one))
        menu.popup(self._offer.mapToGlobal(QPoint(0, self._offer.height())))

    def _take(self, speaker: str) -> None:
        self._speaker.setText(speaker)
        self._on_changed()
        self._words_next()

    def _on_voice(self, voice: object) -> None:
        self.say_as(Voice(str(voice)))

    def _show_voice(self, voice: Voice) -> None:
        """What was typed as a name stays with its voice: a sister is no document."""
        if voice is not self._voice:
            self._speakers[self._voice] = self._speaker.text()
            self._speaker.setText(self._speakers.get(voice, ""))
            self._voice = voice
        hint = self._hint_for(voice)
        self._voices.choose(voice)
        self._who.setVisible(voice in NAMED)
        self._hint.setText(hint)
        self._words.setAccessibleDescription(hint)
        self._name_speaker(voice)
        self._paper.tone = TONES[voice]
        self._paper.update()

    def _hint_for(self, voice: Voice) -> str:
        return {
            Voice.PARTICIPANT: _("Word for word, as {name} says it").format(name=self._name),
            Voice.COACH: _("What you see or think. It stays marked as yours."),
            Voice.THIRD: _("What somebody else says about it"),
            Voice.DOCUMENT: _("What is written there, word for word"),
        }[voice]

    def _name_speaker(self, voice: Voice) -> None:
        if voice is Voice.DOCUMENT:
            name, example = _("Which document"), _("Which document? For example: letter of 3 March")
            offer = _("Choose a document that was named before")
        else:
            name, example = (
                _("Who says this"),
                _("Who says this? For example: Anna Berg, sister"),
            )
            offer = _("Choose from the people around {name}").format(name=self._name)
        self._speaker.setAccessibleName(name)
        self._speaker.setPlaceholderText(example)
        self._offer.setAccessibleName(offer)
        set_tip(self._offer, offer)
        self._offer.setVisible(bool(self._known.get(voice)))

    def _on_entered(self) -> None:
        self._pause.stop()
        self.added.emit()

    def _on_changed(self) -> None:
        self._pause.begin()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._paper.is_written_on = event.type() == QEvent.Type.FocusIn
            self._paper.update()
            if event.type() == QEvent.Type.FocusOut:
                self.flush()
        return super().eventFilter(watched, event)
