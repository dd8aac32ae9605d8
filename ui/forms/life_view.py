"""The picture of a life and its table, in the order that the coach chooses."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.picture import Order, Picture
from caseworker_app.domain.picture_words import (
    picture_words,
    satisfaction_table,
    spoken,
    wishes_table,
)
from caseworker_app.i18n import _, texts
from ui.widgets.choices import Option, Segmented
from ui.widgets.day_words import day_words
from ui.widgets.fields import ChoiceField
from ui.widgets.layout import column, flow
from ui.widgets.life_picture import LifePicture
from ui.widgets.life_table import LifeTable
from ui.widgets.text import IconText, h3

_PICTURE, _TABLE = "picture", "table"


class LifeView(QWidget):
    """`chosen` carries a life domain. One row is chosen, in the picture and in the tables alike.

    `opened`: somebody wants to see more of that row.
    """

    chosen = Signal(str)
    opened = Signal()

    def __init__(self, name: str, tag: str, today: date) -> None:
        super().__init__()
        self._tag, self._today = tag, today
        self._picture: Picture | None = None
        title = _("How {name} sees their own life").format(name=name)
        self.picture = LifePicture(title)
        self.satisfaction = LifeTable(title)
        self.wishes = LifeTable(_("What {name} wishes").format(name=name))
        self.shown_as = Segmented(
            _("Show it as"),
            [Option(_PICTURE, _("Picture"), "list"), Option(_TABLE, _("Table"), "file-text")],
        )
        self.shown_as.choose(_PICTURE)
        self.shown_as.chosen.connect(lambda _value: self._show_chosen_form())
        self.order = ChoiceField(
            "",
            [
                (Order.CONVERSATION, _("In the order of the conversation")),
                (Order.DISTANCE, _("Important and less satisfied first")),
                (Order.CHANGE, _("Most changed first")),
            ],
        )
        self.order.control.setAccessibleName(_("Order"))
        self.order.changed.connect(self._show_rows)
        self._first_time = IconText("info", _("No earlier conversation yet."), "meta")
        self._wishes_title = h3(_("What {name} wishes").format(name=name))
        self._tables = QWidget()
        self._tables.setLayout(column(self.satisfaction, self._wishes_title, self.wishes, gap=16))
        controls = flow(self.shown_as, self.order, gap=12)
        self.setLayout(column(controls, self._first_time, self.picture, self._tables, gap=14))
        for part in (self.picture, self.satisfaction, self.wishes):
            part.chosen.connect(self._on_chosen)
            part.opened.connect(self.opened)
        self._show_chosen_form()

    def show_picture(self, picture: Picture, domain: str) -> None:
        """Show another picture, with this life domain chosen."""
        self._picture = picture
        self._first_time.setVisible(not any(row.last for row in picture.rows))
        self._show_rows()
        self.choose(domain)

    def choose(self, domain: str) -> None:
        """Show this part of life as chosen, without a signal."""
        for part in (self.picture, self.satisfaction, self.wishes):
            part.choose(domain)

    def _show_rows(self) -> None:
        assert self._picture is not None
        rows, language = self._picture.ordered(self.order.value()), texts()
        words = picture_words(rows, language, self._tag, self._day)
        said = {row.domain: self._spoken(row.domain) for row in rows.rows}
        chosen = self.picture.domain()
        self.picture.show_picture(rows, words, said)
        self.satisfaction.show_table(satisfaction_table(rows, language, self._day))
        wishes = wishes_table(rows, language)
        self.wishes.show_table(wishes)
        for part in (self.wishes, self._wishes_title):
            part.setVisible(bool(wishes.rows))
        self.choose(chosen)

    def _spoken(self, domain: str) -> str:
        assert self._picture is not None
        row = self._picture.row(domain)
        assert row is not None
        return spoken(row, texts(), self._day)

    def _day(self, day: date) -> str:
        return day_words(day, self._today)

    def _show_chosen_form(self) -> None:
        is_picture = self.shown_as.value() == _PICTURE
        self.picture.setVisible(is_picture)
        self._tables.setVisible(not is_picture)

    def _on_chosen(self, domain: str) -> None:
        self.choose(domain)
        self.chosen.emit(domain)
