"""What there is to say and to choose about a plan: what is open, its form, its versions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.plan import PlanVersion, TextSize
from caseworker_app.i18n import LANGUAGES, NAMES, _
from ui.forms.plan_checks import CheckLine, PlanChecks
from ui.forms.plan_versions import PlanVersions, day_of
from ui.forms.printer_choice import PrinterChoice
from ui.widgets.buttons import button
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, line, row
from ui.widgets.text import Text, isolated


class PlanPanel(QWidget):
    """`form_changed`: another language or size was chosen. `went` carries a page's name."""

    form_changed = Signal()
    went = Signal(str)
    opened = Signal(object)
    closed = Signal()

    def __init__(self, printer: PrinterChoice) -> None:
        super().__init__()
        self._printer = printer
        self._title = Text("", "h2")
        self._status = Text("", "body", colour="text_2")
        self._back = button(
            _("Back to the plan as it is now"), "link", icon="arrow-left", slot=self.closed.emit
        )
        self.checks = PlanChecks()
        self.checks.went.connect(self.went)
        self.language = ChoiceField(_("Language"), [(one, NAMES[one]) for one in LANGUAGES])
        self.letters = ChoiceField(
            _("Letters"),
            [(TextSize.NORMAL, _("Normal, 14 pt")), (TextSize.LARGE, _("Large, 18 pt"))],
        )
        for field in (self.language, self.letters):
            field.changed.connect(self.form_changed)
        self._form = QWidget()
        form = row(self.language, self.letters, gap=12)
        form.setStretch(1, 1)
        self._form.setLayout(form)
        self._versions = PlanVersions()
        self._versions.opened.connect(self.opened)
        head = column(self._title, self._status, row(self._back, None), gap=4)
        parts = (head, self._form, printer, line(), self.checks)
        margins = (28, 22, 16, 24)
        self.setLayout(column(*parts, self._versions, None, gap=16, margins=margins))

    def show_name(self, name: str) -> None:
        """Whose plan it is."""
        self._title.setText(_("{name}’s plan").format(name=isolated(name)))

    def show_draft(
        self, lines: Sequence[CheckLine], outdated: PlanVersion | None, *, other_coach: bool
    ) -> None:
        """The plan as it is now is not fixed yet."""
        status = _("Draft, not yet fixed.")
        if outdated:
            changed = _("Something has changed since version {number} of {day}.")
            if other_coach:
                changed = _(
                    "It says the same as version {number} of {day}; "
                    "only the lines about the coach are different."
                )
            status = f"{status} {changed.format(number=outdated.number, day=day_of(outdated))}"
        self._show(status, lines, is_earlier=False)

    def show_version(
        self, version: PlanVersion, lines: Sequence[CheckLine], *, is_earlier: bool
    ) -> None:
        """A version that is fixed: the plan as it is now, or an earlier one."""
        status = _("Version {number} of {day}, fixed.")
        self._show(status.format(number=version.number, day=day_of(version)), lines, is_earlier)

    def show_versions(self, versions: Sequence[PlanVersion], shown: PlanVersion | None) -> None:
        """The versions there are, and which one of them lies on the table."""
        self._versions.show_versions(versions, shown.id if shown else None)

    def show_form(self, language: str, size: TextSize) -> None:
        """The language and size that are chosen."""
        self.language.set_value(language)
        self.letters.set_value(size)

    @property
    def printer(self) -> ChoiceField | None:
        """The choice of the printer, where there is one."""
        return self._printer.field

    def _show(self, status: str, lines: Sequence[CheckLine], is_earlier: bool) -> None:  # noqa: FBT001
        self._status.setText(status)
        self._back.setVisible(is_earlier)
        self.checks.setVisible(not is_earlier)
        self._form.setVisible(not is_earlier)
        self.checks.show_lines(lines)
