"""Which keys do what: for the F1 sheet of each page, and for the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from caseworker_app.i18n import N_, _
from ui import dialogs, theme
from ui.widgets.layout import stand_on
from ui.widgets.text import Text

Keys = tuple[tuple[str, str], ...]
KEYS_WIDTH = 124

EVERYWHERE: Keys = (
    ("Ctrl+1", N_("Today")),
    ("Ctrl+2", N_("People")),
    ("Ctrl+3", N_("Agreements")),
    ("Ctrl+4", N_("Exchange")),
    ("Ctrl+K", N_("Find a person or a command")),
    ("Alt+Left", N_("Back to where you were")),
    ("F6", N_("To the next part of the window")),
    ("Ctrl+Z", N_("Undo what was just removed")),
    ("Ctrl++", N_("Larger text")),
    ("Ctrl+-", N_("Smaller text")),
    ("Ctrl+0", N_("Usual text size")),
    ("Ctrl+,", N_("Settings")),
    ("F8", N_("Cover everything at once")),
    ("Ctrl+L", N_("Lock")),
    ("F1", N_("The keys on this page")),
)

_CASE: Keys = (
    ("Ctrl+Tab", N_("Next tab")),
    ("Ctrl+G", N_("Begin a conversation")),
    ("Ctrl+P", N_("To the plan")),
)

OF_PAGE: dict[str, Keys] = {
    "people": (
        ("Down", N_("From the search to the list")),
        ("Return", N_("Open the file")),
        ("Ctrl+N", N_("Add a person")),
    ),
    "case": _CASE,
    "prepare": (("Ctrl+G", N_("Begin a conversation")),),
    "read": (("Ctrl+F", N_("Find words")),),
    "talks": _CASE,
    "goals": _CASE,
    "plan": _CASE,
    "papers": _CASE,
    "disputes": (
        ("Ctrl+Up", N_("Previous difference")),
        ("Ctrl+Down", N_("Next difference")),
    ),
    "talk": (
        ("F2", N_("The person says")),
        ("F3", N_("I observe")),
        ("F4", N_("Others say")),
        ("Shift+F4", N_("A document says")),
        ("F7", N_("A quick note, to be sorted later")),
        ("F9", N_("Turn the screen to the participant")),
        ("Return", N_("Add what is written")),
        ("Shift+Return", N_("New line")),
        ("Ctrl+Up", N_("Previous topic")),
        ("Ctrl+Down", N_("Next topic")),
        ("Ctrl+Left", N_("Previous question")),
        ("Ctrl+Right", N_("Next question")),
        ("Ctrl+J", N_("Go to a topic")),
        ("Alt+1", N_("To the first topic, Alt+2 to the second, up to Alt+9")),
        ("Delete", N_("Put the question that has the keyboard out of sight")),
        ("Ctrl+B", N_("Leave this topic for later")),
        ("Ctrl+M", N_("Remember for the goals")),
        ("Ctrl+R", N_("To the rating")),
    ),
}


def spoken(keys: str) -> str:
    """Keys as they stand on this keyboard: "Strg+K" where the screen is German."""
    keys = keys.replace("Return", "Enter")  # as it is printed on the key
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def show_keys(window: QWidget, page: str) -> None:
    """Open a sheet with the keys of this page, and those that act everywhere."""
    table = scrolling_table(OF_PAGE.get(page, ()) + EVERYWHERE, round(window.height() * 0.6))
    sheet = dialogs.Sheet(window, _("The keys on this page"), table)
    sheet.add_button(_("All right"), "primary")
    sheet.open()


def scrolling_table(keys: Keys, most: int) -> QScrollArea:
    """A table of keys for a sheet, no higher than `most` pixels."""
    look = theme.current()
    table = KeyTable(keys)
    stand_on(table, "surface")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(table)
    area.setMinimumSize(look.px(420), min(look.px(480), most))
    return area


class KeyTable(QWidget):
    """Keys at the left, what they do at the right."""

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        look = theme.current()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.space(24))
        grid.setVerticalSpacing(look.space(8))
        for place, (key, words) in enumerate(keys):
            grid.addWidget(Text(spoken(key), "bodyb"), place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(_(words)), place, 1)
        grid.setColumnMinimumWidth(0, look.px(KEYS_WIDTH))
        grid.setColumnStretch(1, 1)
