"""Quick notes that belong to no topic yet, each with a way to put it where it belongs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Statement
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, ngettext, texts
from ui import theme
from ui.forms.said_box import SaidBox, Spoken
from ui.widgets.buttons import button
from ui.widgets.layout import column, line, row
from ui.widgets.text import Text

MOST_TOPICS = 20


class _Note(QWidget):
    """One note with its button."""

    def __init__(self, owner: NotesToSort) -> None:
        super().__init__()
        self._owner = owner
        self.note: Statement | None = None
        self._box = SaidBox(small=True)
        self._sort = button(_("Put under …"), "link", icon="list", slot=self._offer)
        self.setLayout(column(self._box, row(self._sort, None), gap=0))

    def show_note(self, note: Statement) -> None:
        """Show this note."""
        self.note = note
        self._box.show_spoken(Spoken(note.voice, note.words, note.speaker))
        name = _("Put “{words}” under a topic").format(words=note.words[:40])
        self._sort.setAccessibleName(name)
        self.show()

    def forget(self) -> None:
        """Show nothing."""
        self.note = None
        self._box.forget()
        self._sort.setAccessibleName("")
        self.hide()

    def _offer(self) -> None:
        if self.note is not None:
            self._owner.offer(self.note, self._sort)


class NotesToSort(QWidget):
    """`sorted_to` carries a note and a `Place`; `elsewhere` a note that goes to no topic listed."""

    sorted_to = Signal(object, object)
    elsewhere = Signal(object)
    removed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._talk: Talk | None = None
        self._unsorted: tuple[Statement, ...] = ()
        self._notes: list[_Note] = []
        self._title = Text("", "bodyb")
        self._list: QVBoxLayout = column(gap=6)
        self.setLayout(column(line(), self._title, self._list, gap=10))
        self.hide()

    def show_notes(self, talk: Talk) -> None:
        """Show the notes of this talk that are not sorted yet."""
        self._talk, unsorted = talk, talk.unsorted
        if unsorted == self._unsorted:
            return
        self._unsorted = unsorted
        count = ngettext("To sort: {count} note", "To sort: {count} notes", len(unsorted))
        self._title.setText(count)
        while len(self._notes) < len(unsorted):
            made = _Note(self)
            self._notes.append(made)
            self._list.addWidget(made)
        for made, note in zip(self._notes, unsorted, strict=False):
            made.show_note(note)
        for made in self._notes[len(unsorted) :]:
            made.forget()
        self.setVisible(bool(unsorted))

    def offer(self, note: Statement, below: QPushButton) -> None:
        """Open the menu of places: the question in view, and the topics."""
        assert self._talk is not None
        talk, menu = self._talk, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        here = Place(talk.section, talk.question)
        menu.addAction(
            theme.icon("arrow-right"),
            _("The question in view"),
            partial(self.sorted_to.emit, note, here),
        )
        menu.addSeparator()
        tag = talk.form(texts().language)
        for section in talk.asked.sections[:MOST_TOPICS]:
            place = Place(section.id, section.questions[0].id)
            icon = theme.pictogram(section.pictogram, "text_2", 20)
            words = section.title.to(tag).replace("&", "&&")
            menu.addAction(icon, words, partial(self.sorted_to.emit, note, place))
        other = _("Another topic or question …")
        menu.addAction(theme.icon("search"), other, partial(self.elsewhere.emit, note))
        menu.addSeparator()
        remove = partial(self.removed.emit, note.id)
        menu.addAction(theme.icon("trash-2"), _("Remove"), remove)
        menu.popup(below.mapToGlobal(QPoint(0, below.height())))
