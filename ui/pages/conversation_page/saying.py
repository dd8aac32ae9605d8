"""What is said in a conversation, while it is typed and afterwards: words, corrections, notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Statement
from caseworker_app.i18n import _, texts
from caseworker_app.services import answers, removing
from caseworker_app.services.answers import Said
from ui.forms.keeping import Then
from ui.pages.conversation_page.held_talk import HeldTalk

NOTE = Place(*answers.NOWHERE)
"""Where a quick note stands until it is sorted."""


class Saying:
    """Keeps what is said in a talk that is held."""

    def __init__(self, held: HeldTalk) -> None:
        self._held = held
        self._unkept: dict[str, Said] = {}
        held.keeping.kept.connect(self._unkept.clear)

    def draft(self, question: str) -> Said | None:
        """What is being written here: the words that still wait for the disk come first."""
        if question in self._unkept:
            return self._unkept[question]
        draft = self._held.talk.draft(question)
        return (draft.voice, draft.speaker, draft.words) if draft else None

    def keep(self, place: Place, said: Said) -> None:
        """Keep what stands in a composer."""
        self._keep(answers.keep_words, place, said, None)

    def add(self, place: Place, said: Said, then: Callable[[], object]) -> None:
        """What stands in a composer is said; `then`, when it is."""

        def added(_statement: object) -> None:
            if self._unkept.get(place.question) == said:
                del self._unkept[place.question]
            self._held.read_again()
            then()

        self._keep(answers.add_words, place, said, added)

    def change(self, statement: UUID, **values: Any) -> None:
        """Put a statement right, or mark it."""
        seen = self._statement(statement)
        new = replace(seen, **values)
        if new != seen:
            what = " ".join(values)
            self._held.keep(f"{what} of {statement}", answers.save_statement, new, seen)

    def remember(self) -> None:
        """Remember for the goals what was said last here, or forget it again."""
        said = self._held.talk.said(self._held.talk.question)
        if said:
            self.change(said[-1].id, for_goals=not said[-1].for_goals)

    def remove(self, statement: UUID) -> None:
        """Take a statement away; it comes back with Undo."""
        held, seen, name = self._held, self._statement(statement), f"removal of {statement}"
        undo = held.undoing(name, removing.restore, seen)
        held.keep(name, removing.remove, seen, then=held.telling(_("Removed."), undo))

    def sort(self, note: Statement, place: Place) -> None:
        """Put a quick note to the question where it belongs."""
        held, seen, name = self._held, self._statement(note.id), f"place of {note.id}"
        section = held.talk.asked.section(place.section)
        title = section.title.to(held.talk.form(texts().language))
        words = _("The note stands under “{topic}” now.").format(topic=title)
        sorted_note = replace(seen, section=place.section, question=place.question)
        undo = held.undoing(name, answers.sort_note, sorted_note, answers.NOWHERE)
        where = place.section, place.question
        held.keep(name, answers.sort_note, seen, where, then=held.telling(words, undo))

    def _statement(self, statement: UUID) -> Statement:
        return next(one for one in self._held.talk.statements if one.id == statement)

    def _keep(
        self, service: Callable[..., Any], place: Place, said: Said, then: Then | None
    ) -> None:
        self._unkept[place.question] = said
        about, where = self._held.talk.conversation, (place.section, place.question)
        self._held.keep(f"words {place.question}", service, about, where, said, then=then)
