"""Shows one place of a conversation in its parts, and makes ready what is likely to come next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent

from caseworker_app.domain import path
from caseworker_app.domain.guide import Question, QuestionKind, Section
from caseworker_app.domain.path import Place, SectionState
from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import ngettext, texts
from ui.forms.about_talk import people_around
from ui.forms.answer_place import needs_titles
from ui.forms.talk_frame import TalkFrame

AFTER_A_MOVE, BETWEEN_PIECES = 60, 15
"""Milliseconds until the program makes ready what may be shown next, piece by piece."""


class TalkDesk(TalkFrame):
    """What is shown follows from the talk alone; nothing is remembered here but where it stood."""

    def __init__(self, talk: Talk, now: Callable[[], datetime]) -> None:
        super().__init__(talk, now)
        self._talk: Talk | None = None
        self._shown = Place("", "")
        self._states: Mapping[str, SectionState] = {}
        self._may_ask = True
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._make_ready)

    def show_talk(self, talk: Talk) -> None:
        """Show the talk where it stands, in place."""
        before, self._talk = self._talk, talk
        section = talk.asked.section(talk.section)
        question = next(one for one in section.questions if one.id == talk.question)
        here = Place(section.id, question.id)
        moved = here != self._shown
        with self.held_still():
            self._show_topics(talk, before, section)
            self.bar.show_talk(talk)
            self._show_head(talk, section, question)
            self._show_question(talk, section, question)
            self.side.show_talk(talk, section, question)
            self._show_ratings(talk, section, question)
            self._show_known(talk, before)
        if here.section != self._shown.section:
            self.show_words()
        self._shown = here
        if moved:
            self.answer.say("")
            self.show_prompts()
            self.show_newest()
        elif before is not None and (words := _changed(before, talk)):
            self.answer.say(words)
        self._idle.start(AFTER_A_MOVE)

    def show_rating(self) -> None:
        """Put the keyboard on the rating that is asked, or on those of this topic."""
        if self._is_rating:
            self.show_answer()
            self.answer.focus_rating()
        else:
            self.show_ratings()

    def focus(self) -> None:
        """Put the keyboard where one goes on: in the composer, or on the first answer."""
        if self._may_ask:
            self.composer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.permission.focus()

    def flush(self) -> None:
        """Let every field say what has just been typed into it."""
        for part in (self.composer, self.statements, self.answer, self.ratings):
            part.flush()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.focus()

    # --- the parts -----------------------------------------------------------------------------

    def _show_topics(self, talk: Talk, before: Talk | None, section: Section) -> None:
        if before is None or _known(talk) != _known(before):
            self._states = path.section_states(
                talk.asked, talk.statements, talk.answers, talk.topics, talk.ratings
            )
        tag = talk.form(texts().language)
        self.topics.show_topics(talk.asked.sections, self._states, section.id, tag)
        state = self._states[section.id]
        self._may_ask = state not in (SectionState.ASK_FIRST, SectionState.DECLINED)
        if section.sensitive and state is SectionState.PARKED:
            self._may_ask = False

    def _show_head(self, talk: Talk, section: Section, question: Question) -> None:
        away = talk.put_away
        asked = [one.id for one in section.questions if one is question or one.id not in away]
        after = path.next_place(talk.asked, Place(section.id, question.id), talk.topics, away)
        self.head.show_place(
            section,
            section.title.to(talk.form(texts().language)),
            asked.index(question.id) + 1,
            len(asked),
            talk.topic(section.id),
            asks=not self._may_ask,
            has_next=after is not None,
        )

    def _show_question(self, talk: Talk, section: Section, question: Question) -> None:
        tag, may_ask = talk.form(texts().language), self._may_ask
        self._is_rating = question.kind is QuestionKind.RATING
        words = question.text.to(tag)
        if words != self.question.text():
            self.question.setText(words)
        self.permission.setVisible(not may_ask)
        if not may_ask:
            self.permission.show_topic(
                section.title.to(tag), talk.topic(section.id), informal=talk.person.informal
            )
        self.question.setVisible(may_ask)
        can_write = may_ask and talk.conversation.status is not TalkStatus.HELD
        self.written.setVisible(can_write)
        self.no_answer.setVisible(can_write and not self._is_rating)
        self.statements.show_all(question.id, talk.said(question.id))
        answer = talk.answer(question.id)
        self.no_answer.choose(answer.missing if answer else None)
        if may_ask:
            self.answer.show_question(talk, section, question)
        else:
            self.answer.show_nothing()

    def _show_ratings(self, talk: Talk, section: Section, question: Question) -> None:
        """What is asked by a question of its own stands there, and not a second time below."""
        domains = tuple(one for one in section.domains if one != question.domain)
        can_rate = bool(domains) and self._may_ask
        if can_rate:
            self.ratings.show_domains(talk, domains, titled=needs_titles(section, section.domains))
        for part in (self.ratings, self.rule):
            part.setVisible(can_rate)
        self.nothing_to_rate.setVisible(not can_rate)

    def _show_known(self, talk: Talk, before: Talk | None) -> None:
        if before is None or talk.statements is not before.statements:
            self.composer.show_known(known_names(talk))

    # --- making ready --------------------------------------------------------------------------

    def _make_ready(self) -> None:
        """Make one thing that may be shown next; then, when nothing else is to do, another."""
        talk = self._talk
        assert talk is not None
        most_said = max(Counter(one.question for one in talk.statements).values(), default=0)
        rated = max((one.domains for one in talk.asked.sections), key=len, default=())
        with self.held_still():
            made = self.ratings.make_ready(talk, rated)
        if made or self.statements.make_boxes_ready(most_said):
            self._idle.start(BETWEEN_PIECES)
            return
        after = path.next_place(talk.asked, self._shown, talk.topics, talk.put_away)
        question = talk.asked.question(after.question) if after else None
        if after is not None and question is not None:
            self.answer.make_ready(talk, question)
            self.statements.make_ready(talk.said(question.id))
            self.topics.make_ready(talk.asked.section(after.section))
            self.head.make_ready(talk.asked.section(after.section))


def known_names(talk: Talk) -> dict[Voice, list[str]]:
    """Who and what has a name in this talk or in the one before, to be named again."""
    earlier = talk.earlier.statements if talk.earlier else ()
    names = {Voice.THIRD: people_around(talk), Voice.DOCUMENT: list[str]()}
    for said in (*talk.statements, *earlier):
        if said.voice in names and said.speaker and said.speaker not in names[said.voice]:
            names[said.voice].append(said.speaker)
    return names


def _known(talk: Talk) -> tuple[object, ...]:
    """What the states of the topics follow from."""
    return tuple(map(id, (talk.asked, talk.statements, talk.answers, talk.topics, talk.ratings)))


def _changed(before: Talk, now: Talk) -> str:
    """What has opened and what is hidden now, in a quiet sentence."""
    if before.asked == now.asked:
        return ""
    was = {place.question for place in path.places(before.asked)}
    by_now = {place.question for place in path.places(now.asked)}
    opened, hidden = len(by_now - was), len(was - by_now)
    sentences = []
    if opened:
        sentences.append(
            ngettext("{count} more question opens.", "{count} more questions open.", opened)
        )
    if hidden:
        sentences.append(
            ngettext(
                "{count} question is no longer asked. What was said to it is kept.",
                "{count} questions are no longer asked. What was said to them is kept.",
                hidden,
            )
        )
    return " ".join(sentences)
