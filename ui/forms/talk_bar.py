"""The bar above a conversation: with whom, who is in the room, that all is kept, and the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.talk import TalkStatus
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts
from ui import theme
from ui.widgets.buttons import button, icon_button, with_gap
from ui.widgets.layout import column, row, stand_on
from ui.widgets.text import Elided, IconText, isolated
from ui.widgets.tips import set_tip

HALF_A_MINUTE = 30_000  # milliseconds
LONGEST = timedelta(hours=12)


class TalkBar(QWidget):
    """Pinned at the top. `turned` asks to turn the screen to the participant."""

    back = Signal()
    about = Signal()
    covered = Signal()
    turned = Signal()
    finished = Signal()
    reopened = Signal()

    def __init__(self, talk: Talk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now, self._talk = now, talk.conversation
        self._shown: Talk | None = None
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
        self._turn = button(_("Turn the screen"), "person", icon="rotate-cw", slot=self.turned.emit)
        self._turn_icon = icon_button(
            "rotate-cw", _("Turn the screen"), kind="secondary", big=True, slot=self.turned.emit
        )
        self._room_icon = icon_button("users", "", kind="secondary", big=True, slot=self.about.emit)
        self._finish = button(_("Finish"), "secondary", slot=self._on_finish)
        set_tip(self._cover, _("Hides the screen at once (F8)"))
        set_tip(self._turn, _("Shows this question to the participant (F9)"))
        back = icon_button("arrow-left", _("Back"), big=True, slot=self.back.emit)
        names = column(self._name, self._place, gap=0)
        body = row(
            back, names, self._room, None, self._kept, self._time, self._room_icon,
            self._cover, self._cover_icon, self._finish, self._turn, self._turn_icon,
            gap=10, margins=(10, 10, 20, 10),
        )  # fmt: skip
        self.setLayout(body)
        self._width: theme.WidthClass = "wide"
        self._has_room_for_time = True
        clock = QTimer(self)
        clock.setInterval(HALF_A_MINUTE)
        clock.timeout.connect(self._show_time)
        clock.start()

    def show_talk(self, talk: Talk) -> None:
        """Show where the talk takes place, and who is there."""
        if self._shown and (talk.conversation, talk.person) == (
            self._shown.conversation, self._shown.person,
        ):  # fmt: skip
            return
        self._shown = talk
        guide = talk.guide.title.to(texts().language)
        about = self._talk = talk.conversation
        parts = [guide, isolated(about.place)] if about.place else [guide]
        self._place.setText(" · ".join(parts))
        self._show_room(talk)
        held = about.status is TalkStatus.HELD
        _rename(self._finish, _("Go on with this talk") if held else _("Finish"))
        self._fit()

    def _show_room(self, talk: Talk) -> None:
        """Who is in the room; that the two are alone comes first, for it marks what is said."""
        about, name = talk.conversation, isolated(talk.person.short_name)
        present = about.present or _("Who is in the room?")
        named = _("In the room: {names}").format(names=about.present) if about.present else present
        if about.alone:
            present = _("Alone with {name}").format(name=name)
            named = _("Alone with {name}: what is said is marked so").format(name=name)
        shown = self._room.fontMetrics().elidedText(
            present, Qt.TextElideMode.ElideRight, theme.current().px(170)
        )
        self._room.setText(shown.replace("&", "&&"))
        icon = "user-round" if about.alone else "users"
        self._room.setAccessibleName(named)
        self._room_icon.setAccessibleName(named)
        set_tip(self._room, named)
        set_tip(self._room_icon, named)
        self._room_icon.setIcon(theme.icon(icon, "text", 20))
        picture = with_gap(theme.pixmap(icon, "text", 20))
        self._room.setIcon(QIcon(picture))

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
        self._width = width
        self._fit()

    def _fit(self) -> None:
        wide = self._width == "wide"
        running = self._talk.status is not TalkStatus.HELD
        for words, icon in (
            (self._room, self._room_icon),
            (self._cover, self._cover_icon),
            (self._turn, self._turn_icon),
        ):
            words.setVisible(wide and (running or words is not self._turn))
            icon.setVisible(not wide and (running or words is not self._turn))
        self._has_room_for_time = self._width != "narrow"
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
