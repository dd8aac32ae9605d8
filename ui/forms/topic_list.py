"""The topics of a guide beside a conversation: in any order, each with how far it is."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.guide import Section
from caseworker_app.domain.path import SectionState, progress_of
from caseworker_app.i18n import N_, _, ngettext, translated
from ui import theme
from ui.forms.some_of_many import Part, part_of
from ui.widgets.buttons import button
from ui.widgets.drawings import Dots, painter_on
from ui.widgets.layout import ScrollPage, column, row, stand_on
from ui.widgets.navigation import NavRow
from ui.widgets.text import Text
from ui.widgets.tips import set_tip

WIDE, ICONS_ONLY = 264, 76
MOST = 40

_STATES = {
    SectionState.UNTOUCHED: ("", "", "text"),
    SectionState.TOUCHED: ("check", N_("talked about"), "text"),
    SectionState.PARKED: ("pause", N_("parked"), "text_2"),
    SectionState.ASK_FIRST: ("lock", N_("ask first"), "text_2"),
    SectionState.DECLINED: ("hand", N_("would rather not"), "text_2"),
}
_TOLD_BELOW = (SectionState.PARKED, SectionState.DECLINED)


class TopicRow(NavRow):
    """One topic. With icons only, its state is a small badge on the pictogram."""

    def __init__(self) -> None:
        super().__init__("", pictogram="L01_day")
        self.section = ""
        self._is_narrow, self._state = False, SectionState.UNTOUCHED

    def show_topic(self, section: str, title: str, pictogram: str, state: SectionState) -> None:
        """Show a topic and how far it is, with an icon and in words."""
        topic = section, title, pictogram, state
        if topic == (self.section, self.text(), self._pictogram, self._state):
            return
        self.section, self._pictogram, self._state = section, pictogram, state
        self.setText(title)
        mark, words, tone = _STATES[state]
        second = translated(words) if state in _TOLD_BELOW else ""
        green = state is SectionState.TOUCHED
        self.set(second=second, mark=mark, mark_tone="person" if green else "text_2", tone=tone)
        self._tell()

    def show_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Show the pictogram alone, or everything."""
        self._is_narrow = narrow
        self.set_compact(narrow)
        self._tell()

    def _tell(self) -> None:
        words = _STATES[self._state][1]
        named = f"{self.text()}, {translated(words)}" if words else self.text()
        self.setAccessibleName(named)
        set_tip(self, named if self._is_narrow else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        mark = _STATES[self._state][0]
        if not (self._is_narrow and mark):
            return
        look = theme.current()
        done = self._state is SectionState.TOUCHED
        size = look.px(18)
        badge = QRectF(self.width() / 2 + look.px(4), self.height() / 2 + look.px(2), size, size)
        painter = painter_on(self)
        painter.setPen(look.colour("canvas"))
        painter.setBrush(look.colour("person" if done else "canvas"))
        painter.drawEllipse(badge)
        picture = theme.pixmap(mark, "on_person" if done else "text_2", 13)
        inner = picture.deviceIndependentSize()
        painter.drawPixmap(
            badge.center() - QRectF(0, 0, inner.width(), inner.height()).center(), picture
        )


class TopicList(QWidget):
    """The column of topics with the progress above. `chosen` carries the id of a section."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        stand_on(self, "canvas")
        self.setAccessibleName(_("Topics"))
        self._rows: list[TopicRow] = []
        self._is_narrow = False
        self._topics: tuple[Section, ...] = ()
        self._states: Mapping[str, SectionState] = {}
        self._current, self._tag = "", ""
        self._part = Part(0, 0, 0)
        self._count = Text("", "meta")
        self._dots = Dots(0, 0, "")
        self._head = QWidget()
        title = row(Text(_("Topics"), "bodyb"), None, self._count)
        self._head.setLayout(column(title, self._dots, gap=4, margins=(12, 0, 12, 6)))
        self._scroll = ScrollPage(margin=0, ground="canvas")
        self._scroll.body.setSpacing(theme.current().px(1))
        self._before = button("", "link", slot=lambda: self._page(-1))
        self._after = button("", "link", slot=lambda: self._page(1))
        self._list = column(gap=1)
        self._scroll.add(row(self._before, None), self._list, row(self._after, None), None)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self._head, self._scroll, gap=2, margins=(10, 20, 10, 8)))
        self.set_narrow(False)

    def show_topics(
        self,
        topics: tuple[Section, ...],
        states: Mapping[str, SectionState],
        current: str,
        tag: str,
    ) -> None:
        """Show how far each topic is, and which one is talked about, in words of this form."""
        if (topics, states, current, tag) == (
            self._topics, self._states, self._current, self._tag,
        ):  # fmt: skip
            return
        moved = current != self._current or topics is not self._topics
        self._topics, self._states, self._current, self._tag = topics, states, current, tag
        progress = progress_of(states)
        words = _("{done} of {total}").format(done=progress.touched, total=progress.total)
        self._count.setText(words)
        spoken = _("Topics: {count}").format(count=words)
        self._dots.set(progress.touched, len(topics), spoken)
        if moved:
            place = [one.id for one in topics].index(current)
            self._part = part_of(len(topics), place, MOST)
        self._show_part()
        if moved:
            QTimer.singleShot(0, self, self._show_current)

    def make_ready(self, topic: Section) -> None:
        """Draw the pictogram of a topic that is likely to come next, as that of the current one."""
        theme.pictogram(topic.pictogram, "accent_ink", 24)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Show the pictograms alone, or everything."""
        self._is_narrow = narrow
        self._head.setVisible(not narrow)
        for made in self._rows:
            made.show_narrow(narrow)
        self.setFixedWidth(theme.current().px(ICONS_ONLY if narrow else WIDE))
        self._show_ends()

    def _show_part(self) -> None:
        part = self._part
        while len(self._rows) < part.end - part.first:
            self._make()
        shown = self._topics[part.first : part.end]
        for made, one in zip(self._rows, shown, strict=False):
            made.show_topic(one.id, one.title.to(self._tag), one.pictogram, self._states[one.id])
            made.setVisible(True)
        for made in self._rows[len(shown) :]:
            made.hide()
        self._check_current()
        self._show_ends()

    def _check_current(self) -> None:
        """Mark the topic that is talked about; none where it stands in another part."""
        for made in self._rows:
            if made.isChecked() and (made.section != self._current or made.isHidden()):
                made.setAutoExclusive(False)
                made.setChecked(False)
                made.setAutoExclusive(True)
            if made.section == self._current and not made.isHidden():
                made.setChecked(True)

    def _show_ends(self) -> None:
        before, after = self._part.before, self._part.after
        _tell(self._before, _before(before) if before and not self._is_narrow else "")
        _tell(self._after, _after(after) if after and not self._is_narrow else "")

    def _page(self, by: int) -> None:
        self._part = part_of(len(self._topics), self._part.first + by * MOST, MOST)
        self._show_part()

    def _make(self) -> None:
        made = TopicRow()
        made.clicked.connect(lambda _checked=False: self._choose(made.section))
        made.show_narrow(self._is_narrow)
        self._rows.append(made)
        self._list.addWidget(made)

    def _choose(self, section: str) -> None:
        self.chosen.emit(section)
        self._check_current()

    def _show_current(self) -> None:
        for made in self._rows:
            if made.section == self._current and not made.isHidden():
                self._scroll.ensureWidgetVisible(made, 0, theme.current().px(44))


def _tell(made: QPushButton, words: str) -> None:
    if made.text() != words:
        made.setText(words)
        made.setAccessibleName(words)
    made.setVisible(bool(words))


def _before(count: int) -> str:
    return ngettext("{count} topic before", "{count} topics before", count)


def _after(count: int) -> str:
    return ngettext("{count} more topic", "{count} more topics", count)
