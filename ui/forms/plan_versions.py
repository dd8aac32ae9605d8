"""The versions of a plan that were handed over: each opens again as it was, to the byte."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseworker_app.domain.plan import PlanVersion
from caseworker_app.i18n import NAMES, _, texts
from ui.widgets.buttons import button
from ui.widgets.chips import Chip
from ui.widgets.layout import clear, column, row
from ui.widgets.text import Text, h3
from ui.widgets.tips import set_tip

_GROUP, _GROUPS = 4, 3


class PlanVersions(QWidget):
    """The list, newest first. `opened` carries a version."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows = column(gap=12)
        self.setLayout(column(h3(_("Fixed versions")), self._rows, gap=10))

    def show_versions(self, versions: Sequence[PlanVersion], shown: UUID | None) -> None:
        """Show these versions; `shown` is the one that lies on the table now."""
        clear(self._rows)
        self.setVisible(bool(versions))
        for version in sorted(versions, key=lambda one: one.number, reverse=True):
            self._rows.addLayout(self._drawn(version, is_shown=version.id == shown))

    def _drawn(self, version: PlanVersion, *, is_shown: bool) -> QHBoxLayout:
        name = _("Version {number}").format(number=version.number)
        says = column(Text(name, "bodym"), Text(_about(version), "meta"), gap=0)
        mark = Text(_("Fingerprint {letters}").format(letters=fingerprint(version)), "cap")
        set_tip(mark, version.sha256)
        says.addWidget(mark)
        end: QWidget = Chip(_("shown"), "fact") if is_shown else self._button(version, name)
        drawn = row(says, end, gap=12)
        drawn.setStretch(0, 1)
        drawn.setAlignment(end, Qt.AlignmentFlag.AlignTop)
        return drawn

    def _button(self, version: PlanVersion, name: str) -> QWidget:
        made = button(_("Open"), slot=lambda: self.opened.emit(version))
        made.setAccessibleName(_("Open {name}").format(name=name))
        return made


def fingerprint(version: PlanVersion) -> str:
    """The beginning of the version's checksum, in groups that can be read aloud."""
    groups = range(0, _GROUP * _GROUPS, _GROUP)
    return " ".join(version.sha256[i : i + _GROUP] for i in groups)


def day_of(version: PlanVersion) -> str:
    """The day on which a version was fixed."""
    return texts().day(version.made.astimezone().date()) if version.made else ""


def _about(version: PlanVersion) -> str:
    return ", ".join(
        part for part in (day_of(version), NAMES.get(version.language, version.language)) if part
    )
