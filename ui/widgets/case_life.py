"""How somebody sees their life: a line from then to now for each domain, most changed first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.case_view import DomainView
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import Missing
from caseworker_app.i18n import _, translated
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.day_words import day_words
from ui.widgets.drawings import Drawing, painter_on
from ui.widgets.layout import clear, row
from ui.widgets.text import Elided, Text, h3, isolated
from ui.widgets.tracks import BeforeAfter

FEW = 5


def most_changed(domains: Sequence[DomainView]) -> list[DomainView]:
    """Where most has changed stands first; where there is no number now, last."""

    def order(view: DomainView) -> tuple[bool, int]:
        if view.now is None:
            return True, 0
        return False, -abs(view.now - view.before) if view.before is not None else 0

    return sorted(domains, key=order)


def missing_words(missing: Missing | None) -> str:
    """Why there is no number now."""
    return {
        Missing.NOT_SAID: _("would rather not say"),
        Missing.NOT_RELEVANT: _("does not apply"),
        Missing.NOT_KNOWN: _("does not know"),
    }.get(missing or Missing.NOT_ASKED, _("not talked about this time"))


class LifeTracks(QWidget):
    """The five most changed domains, and all of them when asked for."""

    def __init__(
        self,
        name: str,
        domains: Sequence[DomainView],
        now: date | None,
        before: date | None,
        today: date,
    ) -> None:
        super().__init__()
        self._domains = most_changed(domains)
        self._all = False
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(theme.current().space(12))
        self._rows.setVerticalSpacing(0)
        self._rows.setColumnStretch(2, 1)
        title = h3(_("How {name} sees their own life").format(name=isolated(name)))
        self._more = button("", "link", slot=self._on_more)
        self._more.setVisible(len(self._domains) > FEW)
        title.setMinimumHeight(theme.current().px(40))
        head = row(title, self._more, gap=12)
        head.setStretch(0, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.current().space(4))
        body.addLayout(head)
        body.addLayout(self._rows)
        body.addWidget(_legend(now, before, today))
        self._show()

    def _on_more(self) -> None:
        self._all = not self._all
        self._show()

    def _show(self) -> None:
        clear(self._rows)
        shown = self._domains if self._all else self._domains[:FEW]
        for place, view in enumerate(shown):
            self._add_row(place, view)
        words = (
            _("See fewer") if self._all else _("See all {count}").format(count=len(self._domains))
        )
        self._more.setText(words)
        self._more.setAccessibleName(words)

    def _add_row(self, place: int, view: DomainView) -> None:
        domain = BY_ID.get(view.domain)
        name = translated(domain.short) if domain else view.domain
        picture = QLabel()
        if domain:
            picture.setPixmap(theme.pictogram(domain.pictogram, "text", 22))
        words = Elided(name)
        words.setMinimumWidth(theme.current().px(130))
        missing = missing_words(view.missing) if view.now is None else ""
        self._rows.addWidget(picture, place, 0)
        self._rows.addWidget(words, place, 1)
        self._rows.addWidget(BeforeAfter(name, view.now, view.before, missing=missing), place, 2)


class _Dot(Drawing):
    """The dot of the legend: hollow for then, filled for now."""

    def __init__(self, *, filled: bool) -> None:
        super().__init__(14, 14)
        self._filled = filled

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter = theme.current(), painter_on(self)
        painter.setPen(QPen(look.colour("person"), look.px(2)))
        painter.setBrush(look.colour("person" if self._filled else "surface"))
        middle = QPointF(self.width() / 2, self.height() / 2)
        painter.drawEllipse(middle, look.px(5), look.px(5))


def _legend(now: date | None, before: date | None, today: date) -> QWidget:
    holder = QWidget()
    layout = row(gap=7)
    for day, filled in ((before, False), (now, True)):
        if day:
            layout.addWidget(_Dot(filled=filled))
            layout.addWidget(Text(day_words(day, today), "meta"))
            layout.addSpacing(theme.current().space(12))
    layout.addStretch(1)
    layout.setAlignment(Qt.AlignmentFlag.AlignLeft)
    holder.setLayout(layout)
    return holder
