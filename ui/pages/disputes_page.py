"""What two people wrote differently without a network, one thing at a time, for a coach to decide.

Nothing waits for it: everything else in the file goes on meanwhile. Nothing is red.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from shiboken6 import isValid

from caseworker_app.domain.disputes import Dispute, Side
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import disputes
from ui import dialogs, theme
from ui.context import App
from ui.forms.dispute_field import OwnField, own_field
from ui.forms.dispute_side import SideCard, Sides
from ui.forms.typing_pause import TypingPause
from ui.page import Page
from ui.widgets import dispute_words as words
from ui.widgets.boxes import Banner, EmptyState
from ui.widgets.buttons import button, icon_button
from ui.widgets.drawings import Tile
from ui.widgets.layout import Item, ScrollPage, clear, column, row
from ui.widgets.text import IconText, Text, h1, lead
from ui.widgets.typing_place import go_on_typing, typing_place


class DisputesPage(Page):
    """Of one case, or of all: keep a side, write something of one's own, or leave it for later."""

    place: ClassVar[str] = "disputes"

    def __init__(self, app: App, case: UUID | None = None) -> None:
        super().__init__(app)
        self._case = case
        self._found: tuple[Dispute, ...] = ()
        self._at = 0
        self._shown: tuple[UUID, str] | None = None
        self._moved_on = self._has_decided = False
        self._drafts: dict[tuple[UUID, str], object] = {}
        self.cards: list[SideCard] = []
        self.own: OwnField | None = None
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self._keep_draft)
        self._sheet = ScrollPage(max_width=900)
        self._sheet.body.setSpacing(theme.current().space(18))
        self._body = column(gap=18)
        self._sheet.add(self._body, None)
        self.setLayout(column(self._sheet))
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda by=step: self._step(by))

    def refresh(self) -> None:
        """Read again what is to be decided. What is being written stays."""
        if not isValid(self):  # an undo of another page may come after this one has gone
            return
        self._keep_draft()
        current = self._current.key if self._current else None
        self._found = disputes.listed(self.app.store, self._case)
        keys = [one.key for one in self._found]
        self._at = keys.index(current) if current in keys else min(self._at, len(keys) - 1)
        self._show()

    @property
    def _current(self) -> Dispute | None:
        return self._found[self._at] if 0 <= self._at < len(self._found) else None

    # --- what is shown -------------------------------------------------------------------------

    def _show(self) -> None:
        """Draw it anew; whoever was typing goes on, and the keyboard stays on this page."""
        had_keyboard = self.isAncestorOf(cast("QWidget", QApplication.focusWidget()))
        place = typing_place(self)
        self._fill()
        if self._shown != (self._current.key if self._current else None):
            self._sheet.verticalScrollBar().setValue(0)  # another one is read from its top
        self._shown = self._current.key if self._current else None
        go_on_typing(self, place)
        if had_keyboard and not self.isAncestorOf(cast("QWidget", QApplication.focusWidget())):
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _first(self) -> QWidget:
        """Where the keyboard is put when what had it is gone."""
        return self.cards[0].keep if self.cards else self._back

    def _fill(self) -> None:
        clear(self._body)
        self.cards, self.own = [], None
        self._body.addLayout(self._head())
        dispute = self._current
        for item in self._question(dispute) if dispute else [self._nothing_left()]:
            if isinstance(item, QWidget):
                self._body.addWidget(item)
            elif item is not None:
                self._body.addLayout(item)

    def _head(self) -> QHBoxLayout:
        self._back = button(_("Back"), "link", icon="arrow-left", slot=self.back.emit)
        head = row(self._back, None, gap=8)
        if len(self._found) > 1:
            count = _("{number} of {most}").format(number=self._at + 1, most=len(self._found))
            place = Text(count, colour="text_2")
            place.setWordWrap(False)
            head.addWidget(place, 0, Qt.AlignmentFlag.AlignVCenter)
            for icon, name, by in (
                ("chevron-left", _("Previous difference"), -1),
                ("chevron-right", _("Next difference"), 1),
            ):
                head.addWidget(self._arrow(icon, name, by))
        return head

    def _arrow(self, icon: str, name: str, by: int) -> QWidget:
        return icon_button(icon, name, kind="secondary", slot=lambda: self._step(by))

    def _question(self, dispute: Dispute) -> list[Item]:
        items: list[Item] = []
        if self._moved_on:
            sentence = _("Nothing was overwritten. Please look once more at what stands here now.")
            items.append(Banner("info", _("Something new has arrived meanwhile"), sentence))
        title = column(h1(words.title_words(dispute)), lead(words.lead_words(dispute)), gap=4)
        today = self.app.now().astimezone().date()
        for side in dispute.sides:
            card = SideCard(dispute, side, today)
            card.kept.connect(lambda chosen=side: self._on_kept(dispute, chosen))
            self.cards.append(card)
        items += [title, self._where(dispute), Sides(self.cards)]
        self.own = own_field(dispute, today)
        if self.own:
            draft = self._drafts.get(dispute.key, dispute.draft)
            if draft:
                self.own.field.set_value(draft)
            self.own.field.changed.connect(self._pause.begin)
            self.own.used.connect(lambda value: self._settle(dispute, value))
            items.append(self.own)
        items.append(self._foot(dispute))
        return items

    def _where(self, dispute: Dispute) -> QHBoxLayout:
        pictogram = words.pictogram_of(dispute)
        icon = words.ICONS.get(dispute.about.kind, "file-text")
        tile = Tile(pictogram=pictogram, tone="person") if pictogram else Tile(icon, tone="person")
        lines = column(Text(words.where_words(dispute), "bodyb"), gap=2)
        for line in (words.context_words(dispute), words.before_words(dispute)):
            if line:
                lines.addWidget(Text(line, "body", colour="text_2"))
        made = row(tile, lines, gap=16)
        made.setAlignment(tile, Qt.AlignmentFlag.AlignTop)
        made.setStretch(1, 1)
        return made

    def _foot(self, dispute: Dispute) -> QHBoxLayout:
        history = IconText("history", words.history_words(dispute), colour="text_2")
        later = button(_("Decide later"), "quiet", slot=self._on_later)
        foot = row(history, later, gap=16)
        foot.setStretch(0, 1)
        return foot

    def _nothing_left(self) -> QWidget:
        if self._has_decided:
            title = _("Everything is decided")
            sentence = _("With the next exchange the others see the same as you.")
        else:
            title = _("There is nothing to decide here")
            sentence = _("When two people write different things, both stay, and you see it here.")
        state = EmptyState("circle-check", title, sentence, _("Back"))
        state.pressed.connect(self.back)
        return state

    # --- what can be done ----------------------------------------------------------------------

    def _step(self, by: int) -> None:
        if len(self._found) > 1:
            self._keep_draft()
            self._moved_on = False
            self._at = (self._at + by) % len(self._found)
            self._show()

    def _on_later(self) -> None:
        if self._at + 1 < len(self._found):
            self._step(1)
        else:
            self.back.emit()

    def _on_kept(self, dispute: Dispute, side: Side) -> None:
        self._settle(dispute, side.value)

    def _settle(self, dispute: Dispute, value: Any) -> None:
        try:
            done = disputes.settle(self.app.store, dispute, value, self.app.now())
        except CaseworkerError as error:
            dialogs.show_problem(self, error)
            return
        self._moved_on = not done
        if done:
            self._has_decided = True
            self.own = None
            self._drafts.pop(dispute.key, None)
            self.told.emit(self._told_words(dispute, value), None)
            self.exchange_wanted.emit()  # others may be looking at the same difference
        self.refresh()

    def _told_words(self, dispute: Dispute, value: Any) -> str:
        if dispute.is_removal:
            return _("It goes.") if value else _("It stays.")
        return _("That stands now.")

    def leave(self) -> bool:
        """Keep what was begun: it is no decision, and stands here again the next time."""
        return self._keep_draft()

    def _keep_draft(self) -> bool:
        self._pause.stop()
        dispute, own = self._current, self.own
        if dispute is None or own is None:
            return True
        draft = own.draft()
        if draft == self._drafts.get(dispute.key, dispute.draft):
            return True
        if isinstance(draft, str):
            try:
                disputes.keep_draft(self.app.store, dispute, draft, self.app.now())
            except CaseworkerError as error:
                dialogs.show_problem(self, error)
                return False
        self._drafts[dispute.key] = draft
        return True
