"""Noting that an agreed conversation did not take place: the one way for every page that offers it.

No blame and nothing to save: each choice is kept at once, and one click takes all of it back.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QScrollArea
from shiboken6 import isValid

from caseworker_app.domain.people import Person
from caseworker_app.domain.talk import NOT_HELD, Conversation
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services import removing, talks
from ui import theme
from ui.dialogs import AROUND, Sheet, show_problem
from ui.forms.next_talk import usual_places
from ui.forms.not_held_form import NotHeldForm
from ui.page import Page
from ui.widgets.buttons import button
from ui.widgets.layout import stand_on
from ui.widgets.not_held_words import offer_words

WIDTH = 620


class NotHeldSheet(Sheet):
    """Knows the conversation as it was agreed, as it is kept by now, and the new one instead."""

    def __init__(self, page: Page, talk: Conversation, person: Person) -> None:
        now = page.app.now()
        self.form = NotHeldForm(talk, person.short_name, usual_places(person), now)
        self._area = QScrollArea()
        is_past = talk.planned_for is not None and talk.planned_for <= now
        title = (
            _("The conversation did not take place")
            if is_past
            else _("The conversation does not take place")
        )
        super().__init__(page, title, self._area)
        self._page, self._app = page, page.app
        self._agreed = self._kept = talk
        self._new: Conversation | None = None
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.form)
        stand_on(self._area, "surface")
        stand_on(self.form, "surface")
        self.form.changed.connect(self._keep)
        self.form.planned.connect(self._plan)
        self.form.grew.connect(self._fit)
        self.keeps = self._flush
        self.finished.connect(self._on_finished)
        self.add_button(_("Done"), "primary", self.reject, closes=False)
        self._fit()

    def _fit(self) -> None:
        """As high as the form, as long as the window has room for it."""
        window = self._page.window()
        look = theme.current()
        width = min(look.px(WIDTH), round(window.width() * 0.9))
        self._area.setMinimumWidth(width)
        wanted = self.form.heightForWidth(width)
        self._area.setMinimumHeight(min(wanted, window.height() - look.px(AROUND)))
        self.resize(self.sizeHint())

    def _flush(self) -> bool:
        """Keep what was typed last. False while that does not work: then the sheet stays."""
        return self._keep() and self._plan()

    def _keep(self) -> bool:
        new = self.form.value(self._kept)
        if new == self._kept:
            return True
        try:
            self._kept = talks.save_talk(self._app.store, new, self._kept, self._app.now())
        except CaseworkerError as error:
            show_problem(self, error)
            return False
        return True

    def _plan(self) -> bool:
        form = self.form.next_talk
        at = form.at()
        if at is None or not form.has_news() or self._kept.status not in NOT_HELD:
            return True
        case, where = self._agreed.case, form.where.value()
        try:
            self._new = talks.plan_talk(self._app.store, case, at, where, self._app.now())
        except CaseworkerError as error:
            show_problem(self, error)
            return False
        form.kept()
        return True

    def _on_finished(self) -> None:
        if self._kept.status not in NOT_HELD:
            return
        app, page = self._app, self._page
        agreed, kept, new = self._agreed, self._kept, self._new

        def undo() -> None:
            talks.save_talk(app.store, agreed, kept, app.now())
            if new is not None:
                removing.remove(app.store, new, app.now())
            if isValid(page):
                page.refresh()

        page.refresh()
        page.told.emit(_("It is noted that the conversation did not take place."), undo)


def not_held_button(page: Page, talk: Conversation, person: Person) -> QPushButton:
    """The button on a page that opens the sheet."""
    words = offer_words(talk, page.app.now())
    return button(words, slot=lambda: NotHeldSheet(page, talk, person).open())
