"""The bar above a conversation: with whom, who is in the room, that all is kept, and the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.talk import TalkStatus
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.buttons import button, icon_button
from ui.widgets.layout import column, row, stand_on
from ui.widgets.text import Elided, IconText, isolated
from ui.widgets.tips import set_tip

HALF_A_MINUTE = 30_000  # milliseconds
LONGEST = timedelta(hours=12)


class TalkBar(QWidget):
    """Pinned at the top. The turned view's button finds its place beside `cover`."""

    back = Signal()
    about = Signal()
    covered = Signal()
    finished = Signal()
    reopened = Signal()

    def __init__(self, talk: Talk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._talk = now, talk.conversation
        stand_on(self, "surface")
        self._name = Elided(talk.person.name, "h3")
        self._place = Elided("", "meta")
        self._room = button("", "secondary", icon="users", slot=self.about.emit)
        self._kept = IconText("check", _("Kept"), "meta", icon_colour="person")
        self._time = IconText("clock", "", "meta", icon_colour="text_2")
        self._cover = button(_("Cover"), "secondary", icon="eye-off", slot=self.covered.emit)
        self._cover_icon = icon_button(
            "eye-off", _("Cover"), kind="secondary", big=True, slot=self.covered.emit
        )
        self._room_icon = icon_button("users", "", kind="secondary", big=True, slot=self.about.emit)
        self._finish = button(_("Finish"), "primary", slot=self._on_finish)
        set_tip(self._cover, _("Hides the screen at once (F8)"))
        back = icon_button("arrow-left", _("Back"), big=True, slot=self.back.emit)
        names = column(self._name, self._place, gap=0)
        body = row(
            back, names, self._room, None, self._kept, self._time,
            self._room_icon, self._cover, self._cover_icon, self._finish,
            gap=10, margins=(10, 10, 20, 10),
        )  # fmt: skip
        self.setLayout(body)
        self._has_room_for_time = True
        clock = QTimer(self)
        clock.setInterval(HALF_A_MINUTE)
        clock.timeout.connect(self._show_time)
        clock.start()

    def show_talk(self, talk: Talk) -> None:
        """Show where the talk takes place, and who is there."""
        guide = talk.guide.title.to(texts().language)
        about = self._talk = talk.conversation
        parts = [guide, isolated(about.place)] if about.place else [guide]
        self._place.setText(" · ".join(parts))
        present = about.present or _("Who is in the room?")
        shown = self._room.fontMetrics().elidedText(
            present, Qt.TextElideMode.ElideRight, theme.current().px(190)
        )
        self._room.setText(shown.replace("&", "&&"))
        named = _("In the room: {names}").format(names=about.present) if about.present else present
        for made in (self._room, self._room_icon):
            made.setAccessibleName(named)
            set_tip(made, named)
        held = about.status is TalkStatus.HELD
        _rename(self._finish, _("Go on with this talk") if held else _("Finish"))
        self._show_time()

    def _show_time(self) -> None:
        """Show quietly how long the talk has been going on; nothing after half a day."""
        started, until = self._talk.started, self._talk.finished or self._now()
        used = until - started if started else timedelta(0)
        hours, minutes = divmod(max(0, int(used.total_seconds() // 60)), 60)
        words = (
            _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
            if hours
            else _("{minutes} min").format(minutes=minutes)
        )
        self._time.set("clock", words)
        self._time.setMinimumWidth(self._time.sizeHint().width())
        known = started is not None and used < LONGEST
        self._time.setVisible(known and self._has_room_for_time)

    def show_kept(self) -> None:
        """All is on the disk."""
        self._say_kept("check", _("Kept"), "person", "text_2")

    def show_writing(self) -> None:
        """Somebody is typing."""
        self._say_kept("pen-line", _("Writing"), "text_2", "text_2")

    def show_waiting(self) -> None:
        """Something could not be written to the disk yet."""
        self._say_kept("triangle-alert", _("Not kept yet"), "danger", "danger_ink")

    def set_width(self, width: theme.WidthClass) -> None:
        """Icons instead of words where there is no room, and in a narrow window no clock."""
        wide = width == "wide"
        self._room.setVisible(wide)
        self._cover.setVisible(wide)
        self._room_icon.setVisible(not wide)
        self._cover_icon.setVisible(not wide)
        self._has_room_for_time = width != "narrow"
        self._show_time()

    def _say_kept(self, icon: str, words: str, colour: str, ink: str) -> None:
        self._kept.set(icon, words, icon_colour=colour, colour=ink)
        self._kept.setMinimumWidth(self._kept.sizeHint().width())

    def _on_finish(self) -> None:
        held = self._talk.status is TalkStatus.HELD
        (self.reopened if held else self.finished).emit()


def _rename(made: QPushButton, words: str) -> None:
    made.setText(words.replace("&", "&&"))
    made.setAccessibleName(words)
