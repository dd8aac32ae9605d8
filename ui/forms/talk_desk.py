"""The parts of a conversation page, and where they stand in a wide, a medium and a narrow window.

Wide: topics, conversation, side column. Otherwise topics become icons, and rating and side column
become tabs beside the words. The parts stay the same widgets; they only move.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from caseworker_app.domain import path
from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.path import Place, SectionState
from caseworker_app.domain.talk import TalkStatus
from caseworker_app.domain.talk_view import Talk
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _, texts
from ui import theme
from ui.forms.about_talk import people_around
from ui.forms.answer_field import AnswerField
from ui.forms.composer import Composer
from ui.forms.prompts import Prompts
from ui.forms.question_head import Permission, QuestionHead
from ui.forms.rating_panel import MOMENT, Ratings
from ui.forms.statements import StatementList
from ui.forms.talk_bar import TalkBar
from ui.forms.topic_list import TopicList
from ui.widgets.boxes import Banner
from ui.widgets.choices import NoAnswer
from ui.widgets.layout import ScrollPage, clear, column, line, row, stand_on
from ui.widgets.tabs import Tabs
from ui.widgets.text import Text
from ui.widgets.toast import announce

SIDE, MIDDLE = 294, 960
SHORT, VERY_SHORT = 600, 460
"""Below these heights of a window, measured in text, less is pinned and more scrolls."""
WORDS, RATING, SIDE_TAB = "words", "rating", "side"


class TalkDesk(QWidget):
    """Shows one place of a conversation. Its parts are public: the page listens to each of them."""

    given = Signal(str, str)

    def __init__(self, talk: Talk, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setProperty("talk", True)
        self._now = now
        language = texts().language
        name = talk.person.short_name
        self.bar = TalkBar(talk, now)
        self.topics = TopicList(
            [(one.id, one.title.to(language), one.pictogram) for one in talk.guide.sections]
        )
        self.head = QuestionHead()
        self.permission = Permission(name)
        self.statements = StatementList(name, talk.coach)
        self.composer = Composer(name, people_around(talk))
        self.no_answer = NoAnswer()
        self.ratings = Ratings(talk)
        self.prompts = Prompts()
        self.notices: QVBoxLayout = column(gap=8)
        self._question = Text("", "h2")
        self._rule = line()
        self._nothing_to_rate = Text(_("There is nothing to rate in this topic."), colour="text_2")
        self._answer: AnswerField | None = None
        self._answer_place: QVBoxLayout = column()
        self._is_wide = self._may_ask = True
        self._shown = Place("", "")
        self._arranged: tuple[str, bool, bool] = ("", False, False)
        self._build()
        self._words.viewport().installEventFilter(self)
        self._arrange("wide", SHORT)

    # --- showing -------------------------------------------------------------------------------

    def show_talk(self, talk: Talk) -> None:
        """Show the talk where it stands, in place."""
        section = talk.asked.section(talk.section)
        question = next(one for one in section.questions if one.id == talk.question)
        here = Place(section.id, question.id)
        self.bar.show_talk(talk)
        self._show_topics(talk, section)
        after = path.next_place(talk.asked, here, talk.topics)
        number = section.questions.index(question) + 1
        self.head.show_place(
            section, number, talk.topic(section.id), asks=not self._may_ask, has_next=bool(after)
        )
        self._show_words(talk, section, question)
        self.prompts.show_talk(talk, section, question)
        if here.section != self._shown.section:
            self._tabs.set_current(WORDS)
            self._stack.setCurrentIndex(0)
        moved, self._shown = here != self._shown, here
        self._show_ratings(talk, section)
        if moved:
            QTimer.singleShot(0, self, self.show_newest)
        if moved and after is not None:
            said = talk.said(after.question)
            ready = partial(self.statements.make_ready, after.question, said)
            QTimer.singleShot(MOMENT, self, ready)

    def show_kept(self) -> None:
        """All is on the disk."""
        clear(self.notices)
        if not self.composer.is_typing():
            self.bar.show_kept()

    def show_trouble(self, error: CaseworkerError) -> None:
        """Say what holds up the keeping, as long as it does. The text stays where it is."""
        self.bar.show_waiting()
        if self.notices.count() == 0:
            happened, safe, to_do = error.sentences()
            self.notices.addWidget(Banner("danger", happened, f"{safe} {to_do}"))
            announce(self, f"{happened} {safe} {to_do}")

    def show_newest(self) -> None:
        """Scroll so that what was said last is in sight."""
        self._words.verticalScrollBar().setValue(0)
        newest = self.statements.newest()
        if newest is not None:
            self._words.body.activate()
            self._words.ensureWidgetVisible(newest, 0, 0)

    def show_rating(self) -> None:
        """Bring the ratings of this topic into sight, with the keyboard on the first scale."""
        if self._is_wide:
            bar = self._words.verticalScrollBar()
            bar.setValue(bar.value() + self.ratings.mapTo(self._words, QPoint(0, 0)).y())
        else:
            self._go_to_tab(RATING)
            self._tabs.set_current(RATING)
        self.ratings.focus()

    def focus(self) -> None:
        """Put the keyboard where one goes on: in the composer, or on the first answer."""
        if self._may_ask:
            self.composer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.permission.focus()

    def flush(self) -> None:
        """Let every field say what has just been typed into it."""
        self.composer.flush()
        self.statements.flush()
        if self._answer is not None:
            self._answer.flush()

    def _show_topics(self, talk: Talk, section: Section) -> None:
        known = (talk.statements, talk.answers, talk.topics)
        states = {one.id: path.section_state(one, *known) for one in talk.asked.sections}
        self.topics.show_topics(states, section.id, path.progress(talk.asked, *known))
        self._may_ask = states[section.id] not in (SectionState.ASK_FIRST, SectionState.DECLINED)
        if section.sensitive and states[section.id] is SectionState.PARKED:
            self._may_ask = False

    def _show_words(self, talk: Talk, section: Section, question: Question) -> None:
        language = texts().language
        self._question.setText(question.text.to(language))
        self.permission.show_topic(section.title.to(language), talk.topic(section.id))
        self.permission.setVisible(not self._may_ask)
        self._question.setVisible(self._may_ask)
        can_write = self._may_ask and talk.conversation.status is not TalkStatus.HELD
        self._written.setVisible(can_write)
        self.no_answer.setVisible(can_write)
        self.statements.show_all(question.id, talk.said(question.id))
        answer = talk.answer(question.id)
        self.no_answer.choose(answer.missing if answer else None)
        if question.id != self._shown.question:
            clear(self._answer_place)
            self._answer = None
            if question.kind is not QuestionKind.TALK:
                self._answer = AnswerField(
                    question, answer.value if answer else "", self._now().astimezone().date()
                )
                self._answer.given.connect(partial(self.given.emit, question.id))
                self._answer_place.addWidget(self._answer)
        if self._answer is not None:
            self._answer.setVisible(self._may_ask)

    def _show_ratings(self, talk: Talk, section: Section) -> None:
        can_rate = bool(section.domains) and self._may_ask
        self.ratings.show_section(talk, section)
        for part in (self.ratings, self._rule):
            part.setVisible(can_rate)
        self._nothing_to_rate.setVisible(not can_rate)

    def minimumSizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(340), look.px(360))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.show_newest)
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus()

    # --- places --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme.current()
        self._arrange(look.width_class(self.window().width()), self.height() / look.scale)

    def _arrange(self, width: theme.WidthClass, height: float) -> None:
        """Put the parts where they belong in a window of this width and height."""
        wanted = (width, height < SHORT, height < VERY_SHORT)
        if wanted == self._arranged:
            return
        self._arranged, self._is_wide = wanted, width == "wide"
        self.bar.set_width(width)
        self.topics.set_narrow(not self._is_wide)
        self.head.set_narrow(width == "narrow")
        self.composer.set_low(height < VERY_SHORT)
        self._tabs.setVisible(not self._is_wide)
        (self._under_words if self._is_wide else self._rating_tab.body).addWidget(self.ratings)
        (self._side_column if self._is_wide else self._side_tab).body.addWidget(self.prompts)
        (self._after_said if height < SHORT else self._foot).addWidget(self.no_answer)
        (self._before_said if height < VERY_SHORT else self._asked).addWidget(self._question)
        self._side_column.setVisible(self._is_wide)
        self._below.setVisible(self._is_wide)
        if self._is_wide:
            self._stack.setCurrentIndex(0)
        else:
            self._go_to_tab(self._tabs.current())

    def _go_to_tab(self, tab: str) -> None:
        self._stack.setCurrentIndex((WORDS, RATING, SIDE_TAB).index(tab))

    def _build(self) -> None:
        self._under_words = column(self._rule, gap=16)
        self._below = QWidget()
        self._below.setLayout(self._under_words)
        self._asked, self._foot = column(gap=0), column(self.composer, gap=10)
        self._before_said, self._after_said = column(gap=0), column(gap=0)
        self._words = ScrollPage(margin=0, max_width=MIDDLE)
        self._words.setMinimumHeight(theme.current().px(24))
        self._words.add(
            self.permission,
            self._before_said,
            self._answer_place,
            self.statements,
            self._after_said,
            self._below,
            None,
        )
        self._rating_tab = ScrollPage(margin=0, max_width=MIDDLE)
        self._rating_tab.add(self._nothing_to_rate)
        self._side_tab, self._stack = ScrollPage(margin=0, max_width=MIDDLE), QStackedWidget()
        for tab in (self._make_words(), self._rating_tab, self._side_tab):
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
        self._side_column = ScrollPage(margin=22)
        self._side_column.setFixedWidth(theme.current().px(SIDE))
        left, right = _upright(), _upright()
        sides = row(self.topics, left, None, middle, None, right, self._side_column, gap=0)
        sides.setStretch(3, 1000)
        self.setLayout(column(self.bar, line(), sides, gap=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        stand_on(self, "surface")

    def _make_words(self) -> QWidget:
        self._written = QWidget()
        self._written.setLayout(self._foot)
        words = QWidget()
        sheet = column(self._asked, self._words, self._written, gap=10)
        sheet.setStretch(1, 1)
        words.setLayout(sheet)
        return words


def _upright() -> QWidget:
    hairline = QWidget()
    hairline.setFixedWidth(1)
    hairline.setStyleSheet(f"background: {theme.current().hex('line')};")
    return hairline
