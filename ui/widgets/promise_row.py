"""A step that somebody is to take: tick it when it is done, press it to see its goal."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.today import Promise
from ui.widgets.layout import column, row
from ui.widgets.rail import PressableCard
from ui.widgets.round_check import RoundCheck
from ui.widgets.text import Text
from ui.widgets.today_words import promise_meta


class PromiseRow(QWidget):
    """`ticked` when it is done, `opened` to go to its goal."""

    ticked = Signal()
    opened = Signal()

    def __init__(self, promise: Promise, today: date, *, with_who: bool = False) -> None:
        super().__init__()
        step = promise.step
        check = RoundCheck(step.what)
        check.clicked.connect(lambda _on: self.ticked.emit())
        meta = promise_meta(promise, today, with_who=with_who)
        urgent = step.due is not None and step.due <= today
        said = column(Text(step.what, "bodym"), gap=1, margins=(8, 8, 8, 8))
        said.addWidget(Text(meta, "meta", colour="warn_ink" if urgent else ""))
        words = PressableCard(f"{step.what}. {meta}", said, framed=False)
        words.clicked.connect(lambda _on=False: self.opened.emit())
        layout = row(check, words, gap=2)
        layout.setStretch(1, 1)
        layout.setAlignment(check, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
