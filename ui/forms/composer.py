"""Where the coach writes down what is said: whose voice it is, the words, and who said them.

Enter adds the words, Shift+Enter begins a new line. Half a second after the last key the composer
says `paused`, so that a draft can be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import _
from ui import theme
from ui.forms.typing_pause import PAUSE
from ui.widgets.buttons import button, icon_button
from ui.widgets.choices import Option, Segmented
from ui.widgets.layout import column, row
from ui.widgets.text import Elided, isolated, role_font

TONES = {
    Voice.PARTICIPANT: "person",
    Voice.COACH: "accent",
    Voice.THIRD: "third",
    Voice.DOCUMENT: "third",
}
FEWEST_LINES, MOST_LINES, PART_OF_WINDOW = 1, 7, 6


class Words(QPlainTextEdit):
    """The words. Grows for a few lines, at most a sixth of the window, then scrolls."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bare", True)
        self.setFont(role_font("say"))
        self.setTabChangesFocus(True)
        self.setAccessibleName(_("What is said"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._grow)

    def show_words(self, words: str) -> None:
        """Show words with the cursor at their end, without a signal."""
        self.blockSignals(True)
        self.setPlainText(words)
        self.blockSignals(False)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self._grow()

    def event(self, event: QEvent) -> bool:
        """Without words to pass, Ctrl+Left and Ctrl+Right belong to the page and its questions."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
            and self.document().isEmpty()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def _grow(self) -> None:
        lines = int(self.document().size().height())
        line = QFontMetrics(self.font()).lineSpacing()
        most = max(FEWEST_LINES, min(MOST_LINES, self.window().height() // PART_OF_WINDOW // line))
        shown = max(FEWEST_LINES, min(most, lines))
        height = shown * line + 2 * int(self.document().documentMargin())
        self.setFixedHeight(max(theme.current().px(40), height))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if lines > most
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )


class _Paper(QWidget):
    """The frame around the words, in the colour of the voice while somebody writes."""

    def __init__(self) -> None:
        super().__init__()
        self.tone, self.is_written_on = "person", False

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.is_written_on else 1
        pen = QPen(look.colour(self.tone if self.is_written_on else "line_strong"), width)
        if self.tone == "third":
            pen.setDashPattern([4, 2])
        painter.setPen(pen)
        painter.setBrush(look.colour("surface"))
        half = width / 2
        rect = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(rect, look.px(11), look.px(11))


class Composer(QWidget):
    """Three voices, the words, and for the third voice a name. `changed` comes with every key."""

    changed = Signal()
    paused = Signal()
    added = Signal()

    def __init__(self, name: str, people: Sequence[str]) -> None:
        super().__init__()
        self._name, self._people = name, tuple(people)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.paused)
        self._voices = Segmented(
            _("Who is speaking"),
            [
                Option(
                    Voice.PARTICIPANT,
                    _("{name} says").format(name=isolated(name)),
                    "quote",
                    "person",
                ),
                Option(Voice.COACH, _("I notice"), "notebook-pen", "accent"),
                Option(Voice.THIRD, _("Others say"), "users", "third"),
            ],
        )
        self._voices.chosen.connect(self._on_voice)
        self._who = self._make_who()
        self._words = Words()
        self._words.textChanged.connect(self._on_changed)
        self._words.entered.connect(self._on_entered)
        self._words.installEventFilter(self)
        self._hint = Elided("", "meta")
        add = button(_("Add"), "quiet", icon="corner-down-left", slot=self._on_entered)
        self._paper = _Paper()
        foot = row(self._hint, add, gap=8, margins=(4, 0, 0, 0))
        foot.setStretch(0, 1)
        self._sheet = column(self._words, foot, gap=0, margins=(12, 7, 6, 2))
        self._sheet.setStretch(0, 1)
        self._paper.setLayout(self._sheet)
        self.setLayout(column(self._voices, self._who, self._paper, gap=8))
        self.setFocusProxy(self._words)
        self._show_voice(Voice.PARTICIPANT)

    def said(self) -> tuple[Voice, str, str]:
        """Whose voice it is, the name of a third party, and the words so far."""
        voice = Voice(str(self._voices.value()))
        speaker = self._speaker.text().strip() if voice is Voice.THIRD else ""
        return voice, speaker, self._words.toPlainText()

    def show_draft(self, voice: Voice, words: str, speaker: str = "") -> None:
        """Show what was written before, with the cursor at its end."""
        self._speaker.setText(speaker)
        self._words.show_words(words)
        self._timer.stop()
        self._show_voice(voice)

    def say_as(self, voice: Voice) -> None:
        """Let somebody else speak, and go on writing."""
        self._show_voice(voice)
        self._on_changed()
        if voice is Voice.THIRD and not self._speaker.text():
            self._speaker.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Say `paused` now if somebody has just been typing."""
        if self._timer.isActive():
            self._timer.stop()
            self.paused.emit()

    def is_typing(self) -> bool:
        """Whether the last key is less than half a second ago."""
        return self._timer.isActive()

    def set_low(self, low: bool) -> None:  # noqa: FBT001
        """In a low window the button stands beside the words, and the hint is only heard."""
        directions = QBoxLayout.Direction
        self._sheet.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        self._hint.setVisible(not low)

    def _make_who(self) -> QWidget:
        self._speaker = QLineEdit()
        self._speaker.setProperty("tone", "third")
        self._speaker.setAccessibleName(_("Who says this"))
        self._speaker.setPlaceholderText(_("Who says this? For example: Anna Berg, sister"))
        self._speaker.textEdited.connect(self._on_changed)
        self._speaker.returnPressed.connect(self._words_next)
        known = icon_button(
            "users",
            _("Choose from the people around {name}").format(name=isolated(self._name)),
            kind="secondary",
            big=True,
            slot=self._offer_people,
        )
        known.setVisible(bool(self._people))
        self._known = known
        who = QWidget()
        layout = row(self._speaker, known, gap=8)
        layout.setStretch(0, 1)
        who.setLayout(layout)
        return who

    def _words_next(self) -> None:
        self._words.setFocus(Qt.FocusReason.TabFocusReason)

    def _offer_people(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for person in self._people:
            menu.addAction(person.replace("&", "&&"), partial(self._take, person))
        menu.popup(self._known.mapToGlobal(QPoint(0, self._known.height())))

    def _take(self, person: str) -> None:
        self._speaker.setText(person)
        self._on_changed()
        self._words_next()

    def _on_voice(self, voice: object) -> None:
        self.say_as(Voice(str(voice)))

    def _show_voice(self, voice: Voice) -> None:
        hints = {
            Voice.PARTICIPANT: _("Word for word, as {name} says it").format(
                name=isolated(self._name)
            ),
            Voice.COACH: _("What you see or think. It stays marked as yours."),
            Voice.THIRD: _("What somebody else says about it"),
        }
        self._voices.choose(voice)
        self._who.setVisible(voice is Voice.THIRD)
        self._hint.setText(hints[voice])
        self._words.setAccessibleDescription(hints[voice])
        self._paper.tone = TONES[voice]
        self._paper.update()

    def _on_entered(self) -> None:
        self._timer.stop()
        self.added.emit()

    def _on_changed(self) -> None:
        self._timer.start()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._paper.is_written_on = event.type() == QEvent.Type.FocusIn
            self._paper.update()
            if event.type() == QEvent.Type.FocusOut:
                self.flush()
        return super().eventFilter(watched, event)
