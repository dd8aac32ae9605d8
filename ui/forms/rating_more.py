"""More about one part of life: what is to change, how much help, who carries it, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.talk import HelpWanted, Rating, WantsChange
from caseworker_app.i18n import _
from ui.forms.typing_pause import TypingPause
from ui.widgets.choices import Option, Segmented
from ui.widgets.fields import LongField
from ui.widgets.layout import column
from ui.widgets.shares import Share
from ui.widgets.text import Text

NOTED = (
    "wants_change",
    "help_wanted",
    "own_share",
    "network_share",
    "professional_share",
    "reason",
)
"""What stands here, by the names of a rating's fields."""


class RatingMore(QWidget):
    """`noted` carries what was noted, by the name of a rating's field, and its value."""

    noted = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._label = ""
        self._choices = {
            "wants_change": self._choice(
                "wants_change",
                [
                    Option(WantsChange.YES, _("Yes"), tone="person"),
                    Option(WantsChange.LATER, _("Later"), tone="person"),
                    Option(WantsChange.NO, _("No"), tone="person"),
                ],
            ),
            "help_wanted": self._choice(
                "help_wanted",
                [
                    Option(HelpWanted.NONE, _("None"), tone="person"),
                    Option(HelpWanted.SOME, _("Some"), tone="person"),
                    Option(HelpWanted.MUCH, _("Much"), tone="person"),
                ],
            ),
        }
        self._shares = {what: self._share(what) for what in NOTED[2:5]}
        self._reason = LongField("", lines=2)
        self._pause = TypingPause(self, steady=True)
        self._pause.over.connect(self._tell_reason)
        self._reason.changed.connect(self._pause.begin)
        self._reason.left.connect(self._pause.flush)
        body: QVBoxLayout = column(gap=14)
        for what, choice in self._choices.items():
            body.addLayout(column(Text(self._sentence(what), "bodyb"), choice, gap=6))
        carried = Text(_("Who carries this part of life by now?"), "bodyb")
        body.addLayout(column(carried, *self._shares.values(), gap=0))
        why = Text(self._sentence("reason"), "bodyb")
        body.addLayout(column(why, self._reason, gap=6))
        self.setLayout(body)

    def show_rating(self, rating: Rating | None, label: str) -> None:
        """Show what is noted about the part of life that is called `label`."""
        if label != self._label:
            self._label = label
            self._name_parts()
            self._pause.stop()
            self._reason.set_value("")
        for what, choice in self._choices.items():
            choice.choose(getattr(rating, what) if rating else None)
        for what, share in self._shares.items():
            share.set_value(getattr(rating, what) if rating else None)
        if not self._pause.is_typing():
            self._reason.set_value(rating.reason if rating else "")

    def flush(self) -> None:
        """Tell now what has just been typed."""
        self._pause.flush()

    def _choice(self, what: str, options: list[Option]) -> Segmented:
        made = Segmented("", options, optional=True)
        made.chosen.connect(lambda value: self.noted.emit(what, value))
        return made

    def _share(self, what: str) -> Share:
        made = Share()
        made.show_label(self._sentence(what))
        made.rated.connect(lambda dots: self.noted.emit(what, dots))
        return made

    def _name_parts(self) -> None:
        named: dict[str, Segmented | Share] = {**self._choices, **self._shares}
        for what, made in named.items():
            name = f"{self._label}: {self._sentence(what)}"
            if isinstance(made, Share):
                made.ask(name)
            else:
                made.setAccessibleName(name)
        self._reason.control.setAccessibleName(f"{self._label}: {self._sentence('reason')}")

    def _sentence(self, what: str) -> str:
        return {
            "wants_change": _("Would {name} like to change something here?"),
            "help_wanted": _("How much help would {name} like here?"),
            "own_share": _("Own strength"),
            "network_share": _("Family, friends, neighbours"),
            "professional_share": _("Professionals"),
            "reason": _("Why? In {name}’s own words"),
        }[what].format(name=self._name)

    def _tell_reason(self) -> None:
        self.noted.emit("reason", self._reason.value())


def is_noted(rating: Rating | None) -> bool:
    """Whether anything of what stands here is noted."""
    return rating is not None and any(getattr(rating, what) not in (None, "") for what in NOTED)
