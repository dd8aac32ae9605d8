"""The parts of a conversation page, and where they stand in a wide, a medium and a narrow window.

Wide: topics, conversation, side column. Otherwise topics become icons, and rating and side column
become tabs beside the words. The parts stay the same widgets; they only move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain.talk_view import Talk
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from ui import theme
from ui.forms.answer_place import AnswerPlace
from ui.forms.composer import Composer
from ui.forms.question_head import Permission, QuestionHead
from ui.forms.rating_panel import Ratings
from ui.forms.statements import StatementList
from ui.forms.talk_bar import TalkBar
from ui.forms.talk_side import TalkSide
from ui.forms.topic_list import TopicList
from ui.widgets.boxes import Banner
from ui.widgets.choices import NoAnswer
from ui.widgets.layout import PAGE, ScrollPage, clear, column, line, row, stand_on
from ui.widgets.steady_scroll import SteadyPage
from ui.widgets.tabs import Tabs
from ui.widgets.text import Text
from ui.widgets.toast import announce

SIDE, MIDDLE = 294, 960
SHORT, VERY_SHORT = 600, 460
"""Below these heights of a window, measured in text, less is pinned and more scrolls."""
WORDS, RATING, SIDE_TAB = "words", "rating", "side"


class TalkFrame(QWidget):
    """The parts are public: who shows something in them, and the page that listens to each."""

    def __init__(self, talk: Talk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("talk", True)
        name = talk.person.short_name
        self.bar = TalkBar(talk, now)
        self.topics = TopicList()
        self.head = QuestionHead()
        self.permission = Permission(name)
        self.answer = AnswerPlace(name, now().astimezone().date())
        self.statements = StatementList(name, talk.coach)
        self.composer = Composer(name)
        self.no_answer = NoAnswer()
        self.ratings = Ratings(name)
        self.side = TalkSide()
        self.question = Text("", "h2")
        self.rule = line()
        self.nothing_to_rate = Text(_("There is nothing to rate in this topic."), colour="text_2")
        self.written = QWidget()
        self.notices: QVBoxLayout = column(gap=8)
        self.is_wide = True
        self._arranged: tuple[str, bool, bool] = ("", False, False)
        self._build()
        self._words.viewport().installEventFilter(self)
        self._arrange("wide", SHORT)

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Everything is shown and hidden first, and then finds its place once.

        Otherwise Qt lays out the whole page anew for each part that comes into sight.
        """
        layouts = [one for sheet in self._sheets if sheet and (one := sheet.layout()) is not None]
        for one in layouts:
            one.setEnabled(False)
        try:
            yield
        finally:
            for one in layouts:
                one.setEnabled(True)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(340), look.px(360))

    def show_newest(self) -> None:
        """Scroll so that what was said last is in sight."""
        self._words.verticalScrollBar().setValue(0)
        newest = self.statements.newest()
        if newest is not None:
            self._words.body.activate()
            self._words.ensureWidgetVisible(newest, 0, 0)

    def show_prompts(self) -> None:
        """Scroll so that the side column begins with the questions."""
        for column_ in (self._side_column, self._side_tab):
            column_.verticalScrollBar().setValue(0)

    def show_words(self) -> None:
        """Go to the tab where the words are."""
        self._tabs.set_current(WORDS)
        self._stack.setCurrentIndex(0)

    def show_ratings(self) -> None:
        """Bring the ratings of this topic into sight, with the keyboard on the first scale."""
        if self.is_wide:
            bar = self._words.verticalScrollBar()
            bar.setValue(bar.value() + self.ratings.mapTo(self._words, QPoint(0, 0)).y())
        else:
            self._go_to_tab(RATING)
            self._tabs.set_current(RATING)
        self.ratings.focus()

    def show_answer(self) -> None:
        """Bring the place of the answer into sight."""
        self.show_words()
        self._words.ensureWidgetVisible(self.answer, 0, 0)

    def show_trouble(self, error: CaseworkerError) -> None:
        """Say what holds up the keeping, as long as it does. The text stays where it is."""
        self.bar.show_waiting()
        if self.notices.count() == 0:
            happened, safe, to_do = error.sentences()
            self.notices.addWidget(Banner("danger", happened, f"{safe} {to_do}"))
            announce(self, f"{happened} {safe} {to_do}")

    def show_kept(self) -> None:
        """All is on the disk."""
        clear(self.notices)
        if not self.composer.is_typing():
            self.bar.show_kept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.show_newest)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        self._arrange(look.width_class(self.window().width()), self.height() / look.scale)

    def _arrange(self, width: theme.WidthClass, height: float) -> None:
        """Put the parts where they belong in a window of this width and height."""
        wanted = (width, height < SHORT, height < VERY_SHORT)
        if wanted == self._arranged:
            return
        self._arranged, self.is_wide = wanted, width == "wide"
        self.bar.set_width(width)
        self.topics.set_narrow(not self.is_wide)
        self.head.set_narrow(width == "narrow")
        self.composer.set_low(height < VERY_SHORT)
        self._tabs.setVisible(not self.is_wide)
        (self._under_words if self.is_wide else self._rating_tab.body).addWidget(self.ratings)
        (self._side_column if self.is_wide else self._side_tab).body.addWidget(self.side)
        (self._after_said if height < SHORT else self._foot).addWidget(self.no_answer)
        (self._before_said if height < VERY_SHORT else self._asked).addWidget(self.question)
        self._side_column.setVisible(self.is_wide)
        self._below.setVisible(self.is_wide)
        if self.is_wide:
            self._stack.setCurrentIndex(0)
        else:
            self._go_to_tab(self._tabs.current())

    def _go_to_tab(self, tab: str) -> None:
        self._stack.setCurrentIndex((WORDS, RATING, SIDE_TAB).index(tab))

    def _build(self) -> None:
        self._under_words = column(self.rule, gap=16)
        self._below = QWidget()
        self._below.setLayout(self._under_words)
        self._asked, self._foot = column(gap=0), column(self.composer, gap=10)
        self._before_said, self._after_said = column(gap=0), column(gap=0)
        self._words = SteadyPage(margin=0, max_width=MIDDLE)
        self._words.setMinimumHeight(theme.current().px(24))
        self._words.add(
            self.permission,
            self._before_said,
            self.answer,
            self.statements,
            self._after_said,
            self._below,
            None,
        )
        self._rating_tab = ScrollPage(margin=0, max_width=MIDDLE)
        self._rating_tab.add(self.nothing_to_rate)
        self._side_tab, self._stack = ScrollPage(margin=0, max_width=MIDDLE), QStackedWidget()
        words = self._make_words()
        for tab in (words, self._rating_tab, self._side_tab):
            self._stack.addWidget(tab)
        names = [
            (WORDS, _("Words")),
            (RATING, _("Rating")),
            (SIDE_TAB, _("Questions and last time")),
        ]
        self._tabs = Tabs(_("Parts of the conversation"), names)
        self._tabs.went.connect(self._go_to_tab)
        middle = QWidget()
        middle.setMaximumWidth(theme.current().px(MIDDLE))
        parts = self.notices, self.head, self._tabs, self._stack
        middle.setLayout(column(*parts, gap=12, margins=(22, 18, 22, 14)))
        self._side_column = SteadyPage(margin=22, max_width=PAGE)
        self._side_column.setFixedWidth(theme.current().px(SIDE))
        left, right = _upright(), _upright()
        sides = row(self.topics, left, None, middle, None, right, self._side_column, gap=0)
        sides.setStretch(3, 1000)
        self._sheets = (
            self, middle, words, self._words.widget(), self._below, self.written,
            self._side_column.widget(), self._side_tab.widget(), self._rating_tab.widget(),
            self.side, self.side.prompts, self.answer, self.ratings,
        )  # fmt: skip
        self.setLayout(column(self.bar, line(), sides, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        stand_on(self, "surface")

    def _make_words(self) -> QWidget:
        self.written.setLayout(self._foot)
        words = QWidget()
        sheet = column(self._asked, self._words, self.written, gap=10)
        sheet.setStretch(1, 1)
        words.setLayout(sheet)
        return words


def _upright() -> QWidget:
    hairline = QWidget()
    hairline.setFixedWidth(1)
    hairline.setStyleSheet(f"background: {theme.current().hex('line')};")
    return hairline
