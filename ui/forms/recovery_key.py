"""The recovery key: shown once and proven to lie on paper, or typed from paper."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from caseworker_app.i18n import _
from ui import dialogs, theme
from ui.background import Background
from ui.widgets.boxes import Panel
from ui.widgets.buttons import button
from ui.widgets.fields import LineField
from ui.widgets.layout import column, flow, row
from ui.widgets.text import Text

GROUP = 4
GROUPS = 7
PROVEN = 2


def grouped(typed: str) -> str:
    """What was typed in capitals, with a dash after every four characters."""
    plain = "".join(c for c in typed.upper() if c.isalnum())[: GROUP * GROUPS]
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))


class RecoveryKeyField(LineField):
    """One line for 28 characters, grouped while they are typed."""

    def __init__(self) -> None:
        super().__init__(
            _("Recovery key"),
            hint=_("28 characters from your recovery sheet. Small letters are fine."),
        )
        self.control.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUppercaseOnly
        )
        self.control.textEdited.connect(self._regroup)

    def _regroup(self, typed: str) -> None:
        """Put the dashes where they belong and keep the cursor behind the same character."""
        before = sum(c.isalnum() for c in typed[: self.control.cursorPosition()])
        shown = grouped(typed)
        if shown == typed:
            return
        self.control.setText(shown)
        place = next((at + 1 for at in range(len(shown)) if _count(shown[: at + 1]) == before), 0)
        self.control.setCursorPosition(place)


class RecoverySheet(QWidget):
    """Shows the key, offers paper, and goes on when two groups were typed from that paper."""

    proven = Signal()

    def __init__(
        self,
        groups: Sequence[str],
        background: Background,
        print_it: Callable[[], object] | None,
        save_it: Callable[[Path], object],
    ) -> None:
        """`print_it` and `save_it` are done in the worker; None where there is no printer."""
        super().__init__()
        self._groups, self._background = tuple(groups), background
        self._save_it = save_it
        self._asked = sorted(random.sample(range(len(groups)), PROVEN))
        ways = [button(_("Save as PDF"), icon="download", slot=self._choose_file)]
        if print_it is not None:
            sent = _("The sheet is on its way to the printer.")
            ways.insert(
                0, button(_("Print"), icon="printer", slot=lambda: self._do(print_it, sent))
            )
        self._said = Text("", "meta")
        self._said.hide()
        self._fields = [
            LineField(_("Group {number} of your sheet").format(number=place + 1))
            for place in self._asked
        ]
        for field in self._fields:
            field.control.setMaxLength(GROUP + 2)
            field.changed.connect(lambda field=field: field.set_problem(""))
            field.control.returnPressed.connect(self._on_enter)
        proof = row(*self._fields, gap=16)
        for field in self._fields:
            proof.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.setLayout(
            column(
                Panel(self._shown(), ground="sunken"),
                flow(*ways, gap=10),
                self._said,
                Text(
                    _(
                        "To make sure that it is on paper, please type two groups from your sheet. "
                        "Writing them down by hand is just as good."
                    )
                ),
                proof,
                gap=14,
            )
        )

    def is_proven(self) -> bool:
        """Whether both groups were typed as they stand on the sheet; says where they were not."""
        right = True
        for place, field in zip(self._asked, self._fields, strict=True):
            fits = grouped(field.value()) == self._groups[place]
            field.set_problem(
                "" if fits else _("This is not group {number} yet.").format(number=place + 1)
            )
            right = right and fits
        return right

    def _choose_file(self) -> None:
        def save(file: Path) -> None:
            saved = _("The sheet was saved. Print it, and then delete the file.")
            self._do(lambda: self._save_it(file), saved)

        dialogs.choose_file_to_save(
            self, _("Save the recovery sheet"), "caseworker.pdf", "PDF (*.pdf)", save
        )

    def _do(self, work: Callable[[], object], words: str) -> None:
        self._background.run(
            self, work, lambda _done: self._say(words), lambda error: self._say(str(error))
        )

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()

    def _on_enter(self) -> None:
        if not self._fields[1].value():
            self._fields[1].setFocus()
        elif self.is_proven():
            self.proven.emit()

    def _shown(self) -> QGridLayout:
        """The groups four in a row, each with its number."""
        grid = QGridLayout()
        look = theme.current()
        grid.setHorizontalSpacing(look.space(24))
        grid.setVerticalSpacing(look.space(10))
        for place, group in enumerate(self._groups):
            number = Text(str(place + 1), "cap")
            words = QLabel(group)
            words.setFont(look.font(22, 600))
            words.setStyleSheet(f"font-size: {look.px(22)}px; font-weight: 600;")
            spelled = _("Group {number}: {letters}")
            words.setAccessibleName(spelled.format(number=place + 1, letters=" ".join(group)))
            grid.addLayout(column(number, words, gap=0), place // GROUP, place % GROUP)
        for place in range(GROUP):
            grid.setColumnStretch(place, 1)
        return grid


def _count(words: str) -> int:
    return sum(c.isalnum() for c in words)
