"""What became of a file that was brought in: the guide, or the places to correct, calmly."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from caseworker_app.content.desk import Problem
from caseworker_app.domain.guide import Guide
from caseworker_app.i18n import _, ngettext, texts
from ui import theme
from ui.widgets.boxes import Banner, Panel
from ui.widgets.layout import column
from ui.widgets.text import Text

MOST_SHOWN = 60
PLACE_WIDTH = 168


class GuideReport(QWidget):
    """A sentence, and below it what there is to say about single rows of the file."""

    def __init__(
        self, file: str, guide: Guide | None, mistakes: Sequence[Problem], notes: Sequence[Problem]
    ) -> None:
        super().__init__()
        body = column(_brought(guide, notes) if guide else _refused(file, mistakes), gap=10)
        if listed := mistakes or notes:
            body.addWidget(Panel(_table(listed[:MOST_SHOWN]), *_more(listed), margin=18))
        self.setLayout(body)


def _brought(guide: Guide, notes: Sequence[Problem]) -> Banner:
    title = _("“{title}”, version {version}, is here.").format(
        title=guide.title.to(texts().language), version=guide.version
    )
    if not notes:
        return Banner("ok", title, _("From now on a talk can begin with it."))
    sentence = ngettext(
        "From now on a talk can begin with it. {count} thing of the spreadsheet stays behind:",
        "From now on a talk can begin with it. {count} things of the spreadsheet stay behind:",
        len(notes),
    )
    return Banner("ok", title, sentence.format(count=len(notes)))


def _refused(file: str, mistakes: Sequence[Problem]) -> Banner:
    title = _("“{file}” cannot be taken over like this.").format(file=file)
    sentence = ngettext(
        "Nothing was changed. Please correct this place and choose the file again:",
        "Nothing was changed. Please correct these {count} places and choose the file again:",
        len(mistakes),
    )
    return Banner("warn", title, sentence.format(count=len(mistakes)), icon="file-text")


def _table(problems: Sequence[Problem]) -> QWidget:
    """Where at the left, what at the right."""
    look, holder = theme.current(), QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.space(16))
    grid.setVerticalSpacing(look.space(8))
    for number, problem in enumerate(problems):
        where = Text(_place(problem), "metab")
        where.setContentsMargins(0, look.px(2), 0, 0)  # on one line with the larger words beside it
        grid.addWidget(where, number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(problem.reason), number, 1)
    grid.setColumnMinimumWidth(0, look.px(PLACE_WIDTH))
    grid.setColumnStretch(1, 1)
    return holder


def _place(problem: Problem) -> str:
    """Where it stands, as the person sees it in front of them."""
    if problem.sheet:
        words = _("Sheet “{sheet}”, row {row}")
        return words.format(sheet=problem.sheet, row=problem.line)
    return _("Line {line}").format(line=problem.line)


def _more(problems: Sequence[Problem]) -> tuple[Text, ...]:
    count = len(problems) - MOST_SHOWN
    if count <= 0:
        return ()
    return (
        Text(ngettext("and {count} more", "and {count} more", count).format(count=count), "meta"),
    )
