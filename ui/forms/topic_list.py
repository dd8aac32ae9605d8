"""The topics of a guide beside a conversation: in any order, each with how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.path import Progress, SectionState
from caseworker_app.i18n import N_, _, translated
from ui import theme
from ui.widgets.drawings import Dots, painter_on
from ui.widgets.layout import ScrollPage, column, row, stand_on
from ui.widgets.navigation import NavRow
from ui.widgets.text import Text
from ui.widgets.tips import set_tip

WIDE, ICONS_ONLY = 264, 76

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

    def __init__(self, title: str, pictogram: str) -> None:
        super().__init__(title, pictogram=pictogram)
        self._is_narrow, self._state = False, SectionState.UNTOUCHED

    def show_state(self, state: SectionState) -> None:
        """Show how far the topic is, with an icon and in words."""
        self._state = state
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

    def __init__(self, topics: Sequence[tuple[str, str, str]]) -> None:
        """`topics`: (section id, title, pictogram)."""
        super().__init__()
        stand_on(self, "canvas")
        self.setAccessibleName(_("Topics"))
        self._rows: dict[str, TopicRow] = {}
        self._count = Text("", "meta")
        self._dots = Dots(0, len(topics), "")
        self._head = QWidget()
        title = row(Text(_("Topics"), "bodyb"), None, self._count)
        self._head.setLayout(column(title, self._dots, gap=4, margins=(12, 0, 12, 6)))
        self._scroll = ScrollPage(margin=0, ground="canvas")
        self._scroll.body.setSpacing(theme.current().px(1))
        for section, words, pictogram in topics:
            made = TopicRow(words, pictogram)
            made.clicked.connect(lambda _checked=False, section=section: self.chosen.emit(section))
            self._rows[section] = made
            self._scroll.body.addWidget(made)
        self._scroll.body.addStretch(1)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self._head, self._scroll, gap=2, margins=(10, 20, 10, 8)))
        self.set_narrow(False)

    def show_topics(
        self, states: dict[str, SectionState], current: str, progress: Progress
    ) -> None:
        """Show how far each topic is, and which one is talked about."""
        words = _("{done} of {total}").format(done=progress.touched, total=progress.total)
        self._count.setText(words)
        self._dots.set(progress.touched, _("Topics: {count}").format(count=words))
        for section, state in states.items():
            self._rows[section].show_state(state)
        self._rows[current].setChecked(True)
        QTimer.singleShot(0, self, lambda: self._show_row(current))

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001
        """Show the pictograms alone, or everything."""
        self._head.setVisible(not narrow)
        for made in self._rows.values():
            made.show_narrow(narrow)
        self.setFixedWidth(theme.current().px(ICONS_ONLY if narrow else WIDE))

    def _show_row(self, section: str) -> None:
        self._scroll.ensureWidgetVisible(self._rows[section], 0, theme.current().px(44))
