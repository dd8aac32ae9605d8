"""One statement with the button that offers what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from caseworker_app.domain.talk import Mark, Statement, Voice
from caseworker_app.i18n import _
from ui import theme
from ui.forms.said_box import LayOut, SaidBox, Spoken
from ui.widgets.buttons import icon_button


class Said(SaidBox):
    """`offered` carries the statement whose button was pressed."""

    offered = Signal(object)

    def __init__(self, around: QWidget, laid_out: LayOut) -> None:
        super().__init__(laid_out=laid_out)
        self.setParent(around)
        self._statement: Statement | None = None
        self.more = icon_button("ellipsis", "", colour="text_2", big=True, slot=self._offer)
        self.more.setParent(self)
        self.hide()

    def show_statement(self, statement: Statement, spoken: Spoken) -> None:
        """Show this statement instead of another."""
        if statement == self._statement:
            return
        self._statement = statement
        self.show_spoken(spoken)
        more = _("More about this note")
        if statement.voice is not Voice.COACH:
            more = _("More about what {who} said").format(who=spoken.who)
        self.more.setAccessibleName(more)

    def forget(self) -> None:
        """Show no statement for the time being."""
        super().forget()
        self._statement = None
        self.hide()
        self.more.setAccessibleName("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size, inset = self.more.sizeHint(), theme.current().space(2)
        corner = QPoint(event.size().width() - size.width() - inset, inset)
        self.more.setGeometry(QRect(corner, size))

    def _offer(self) -> None:
        if self._statement is not None:
            self.offered.emit(self._statement)


def open_menu(
    said: Statement,
    below: QWidget,
    *,
    correct: Callable[[], object],
    mark: Callable[[Mark, bool], object],
    remove: Callable[[], object],
) -> None:
    """What can be done with a statement: put it right, mark it, take it away."""
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(theme.icon("pen-line"), _("Put the words right"), correct)
    for one, icon, words in _marks(said):
        turned = partial(mark, one, not getattr(said, one))
        menu.addAction(theme.icon(icon), words, turned)
    menu.addSeparator()
    menu.addAction(theme.icon("trash-2"), _("Remove"), remove)
    corner = QPoint(below.width() - menu.sizeHint().width(), below.height())
    menu.popup(below.mapToGlobal(corner))


def _marks(said: Statement) -> tuple[tuple[Mark, str, str], ...]:
    """Each mark that can be set or taken away: its name, an icon, what the menu says."""
    goals = _("Forget for the goals") if said.for_goals else _("Remember for the goals")
    alone = _("Not said alone") if said.alone else _("Said alone")
    printed = _("May be printed") if said.not_for_print else _("Not for print")
    partners = _("May be shown to partners") if said.not_for_partners else _("Not for partners")
    return (
        (Mark.FOR_GOALS, "bookmark", goals),
        (Mark.ALONE, "user-round", alone),
        (Mark.NOT_FOR_PRINT, "printer", printed),
        (Mark.NOT_FOR_PARTNERS, "users", partners),
    )
