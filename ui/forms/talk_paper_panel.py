"""How a copy of a conversation is wanted: its form, for whom it is, what is opened for it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.talk_choice import LeftOut, PaperChoice, Reason
from caseworker_app.i18n import LANGUAGES, NAMES, _, ngettext, texts
from ui.forms.printer_choice import PrinterChoice
from ui.widgets.buttons import Switch, button
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import clear, column, line, row
from ui.widgets.text import IconText, Text, h3, isolated, meta


class TalkPaperPanel(QWidget):
    """`chosen` carries another choice. `sort_wanted`: to the notes that have no topic yet."""

    chosen = Signal(object)
    sort_wanted = Signal()

    def __init__(self, name: str, choice: PaperChoice, printer: PrinterChoice) -> None:
        super().__init__()
        self._name, self._choice = isolated(name), choice
        self._status = Text("", "body", colour="text_2")
        self._make_form()
        self.topics: dict[str, Switch] = {}
        self._topics_title = h3(_("Sensitive topics"))
        self._topics_hint = meta(_("Each one only if {name} agrees.").format(name=self._name))
        self._topics = column(gap=10)
        self._left_out = column(gap=7)
        title = Text(_("The conversation with {name}").format(name=self._name), "h2")
        form = row(self.language, self.letters, gap=12)
        form.setStretch(1, 1)
        opened = column(self._topics_title, self._topics_hint, self._topics, gap=6)
        switches = column(self.for_one, self.notes, gap=14)
        parts = (column(title, self._status, gap=4), form, printer, line(), switches, opened)
        margins = (28, 22, 16, 24)
        self.setLayout(column(*parts, self._left_out, None, gap=16, margins=margins))

    def choice(self) -> PaperChoice:
        """What is chosen now."""
        return self._choice

    def show_laid(self, left_out: LeftOut, missing: str, *, is_kept: bool) -> None:
        """Show what this copy leaves out, and whether it went out before."""
        kept = _("This very copy lies with the papers already.")
        self._status.setText(kept if is_kept else _("Not handed out yet."))
        self._show_topics(left_out)
        clear(self._left_out)
        for icon, words in self._sentences(left_out, missing):
            self._left_out.addWidget(IconText(icon, words, "meta"))
        if left_out.counts[Reason.UNSORTED]:
            sort = button(_("Sort them first"), "link", slot=self.sort_wanted.emit)
            self._left_out.addLayout(row(sort, None))

    def _make_form(self) -> None:
        choice = self._choice
        self.language = ChoiceField(_("Language"), [(one, NAMES[one]) for one in LANGUAGES])
        self.language.set_value(choice.language)
        sizes = [(TextSize.NORMAL, _("Normal, 14 pt")), (TextSize.LARGE, _("Large, 18 pt"))]
        self.letters = ChoiceField(_("Letters"), sizes)
        self.letters.set_value(choice.size)
        self.for_one = Switch(
            _("For {name} alone").format(name=self._name),
            _("With what was said alone. Not to be left lying on the table."),
            on=choice.for_one,
        )
        self.notes = Switch(
            _("With my notes"), _("What you noted is {name}’s to read too.").format(name=self._name)
        )
        self.language.changed.connect(lambda: self._choose(language=self.language.value()))
        self.letters.changed.connect(lambda: self._choose(size=self.letters.value()))
        self.for_one.switched.connect(self._on_for_one)
        self.notes.switched.connect(lambda on: self._choose(notes=on))

    def _on_for_one(self, on: bool) -> None:  # noqa: FBT001
        """A copy for the person alone has the notes in it, until somebody decides otherwise."""
        self.notes.set_on(on)
        self._choose(for_one=on, notes=on)

    def _on_topic(self, topic: str, on: bool) -> None:  # noqa: FBT001
        opened = self._choice.opened
        self._choose(opened=opened | {topic} if on else opened - {topic})

    def _choose(self, **changes: object) -> None:
        self._choice = replace(self._choice, **changes)  # type: ignore[arg-type]
        self.chosen.emit(self._choice)

    def _show_topics(self, left_out: LeftOut) -> None:
        """One switch for each; they stay while they are used, so that the keyboard stays too."""
        if set(self.topics) != {topic.id for topic in left_out.topics}:
            clear(self._topics)
            self.topics = {}
            for topic in left_out.topics:
                switch = Switch(
                    topic.title.to(texts().language), on=topic.id in self._choice.opened
                )
                switch.switched.connect(lambda on, topic=topic.id: self._on_topic(topic, on))
                self.topics[topic.id] = switch
                self._topics.addWidget(switch)
        for part in (self._topics_title, self._topics_hint):
            part.setVisible(bool(self.topics))

    def _sentences(self, left_out: LeftOut, missing: str) -> list[tuple[str, str]]:
        """What is left out and why, each with its icon; nothing is left out in silence."""
        count = left_out.counts
        found = [
            (
                count[Reason.NOT_FOR_PRINT],
                "eye-off",
                ngettext(
                    "{count} statement is not for print.",
                    "{count} statements are not for print.",
                    count[Reason.NOT_FOR_PRINT],
                ),
            ),
            (
                count[Reason.ALONE],
                "eye-off",
                ngettext(
                    "{count} statement was made alone and stays out.",
                    "{count} statements were made alone and stay out.",
                    count[Reason.ALONE],
                ),
            ),
            (
                count[Reason.NOTE],
                "notebook-pen",
                ngettext(
                    "{count} note of yours stays out.",
                    "{count} notes of yours stay out.",
                    count[Reason.NOTE],
                ),
            ),
            (
                count[Reason.HIDDEN],
                "eye-off",
                ngettext(
                    "{count} statement to a hidden question stays out.",
                    "{count} statements to hidden questions stay out.",
                    count[Reason.HIDDEN],
                ),
            ),
            (
                left_out.not_for_partners,
                "users",
                ngettext(
                    "{count} statement on it is not for partners: do not pass this copy on.",
                    "{count} statements on it are not for partners: do not pass this copy on.",
                    left_out.not_for_partners,
                ),
            ),
            (
                count[Reason.UNSORTED],
                "notebook-pen",
                ngettext(
                    "{count} quick note has no topic yet and stays out.",
                    "{count} quick notes have no topic yet and stay out.",
                    count[Reason.UNSORTED],
                ),
            ),
        ]
        lines = [(icon, words) for number, icon, words in found if number]
        if missing:
            sentence = _("Some signs cannot be printed. They appear as a code: {signs}")
            words = sentence.format(signs=isolated(" ".join(missing)))
            lines.append(("triangle-alert", words))
        return lines
