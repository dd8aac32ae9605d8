"""How the participant sees the life domains of a topic: satisfaction, importance, and more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import Missing
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, translated
from ui import theme
from ui.forms.rating_more import RatingMore, is_noted
from ui.forms.rating_scales import RatingScales
from ui.widgets.choices import NoAnswer
from ui.widgets.fold import Fold
from ui.widgets.layout import column, line, row
from ui.widgets.text import Text, isolated


class DomainRating(QWidget):
    """One life domain. `rated` carries its id and what the coach has just noted.

    `unfolded` says of which domains the coach has opened or closed what lies under "More".
    """

    rated = Signal(str, object)

    def __init__(self, name: str, unfolded: dict[str, bool]) -> None:
        super().__init__()
        self._name, self._unfolded = isolated(name), unfolded
        self._domain = ""
        self._line = line()
        self._title = _Title()
        self._scales = RatingScales()
        self._missing = NoAnswer()
        self._more: RatingMore | None = None
        self._fold = Fold(_("More about this"), self._make_more)
        self._scales.rated.connect(self._tell_number)
        self._scales.begun_anew.connect(lambda scale: self._tell({"scale": scale}))
        self._missing.chosen.connect(self._tell_missing)
        self._fold.turned.connect(self._on_turned)
        no_rating = column(Text(_("No rating, because"), "meta"), self._missing, gap=6)
        parts = self._line, self._title, self._scales, no_rating, self._fold
        self.setLayout(column(*parts, gap=14))

    def show_domain(self, talk: Talk, domain: str, *, titled: bool, parted: bool) -> None:
        """Show what is noted about this domain. `parted` from the one above by a line."""
        stays = domain == self._domain
        if not stays:
            self.flush()
            self._domain = domain
        life = BY_ID[domain]
        self._talk, self._label = talk, translated(life.label)
        self._line.setVisible(parted)
        self._title.setVisible(titled)
        self._title.show_domain(life.pictogram, self._label)
        self._missing.setAccessibleName(
            _("{domain}: no rating, because").format(domain=self._label)
        )
        self._fold.name(_("{domain}: more about this").format(domain=self._label))
        rating = talk.rating(domain)
        self._scales.show_rating(talk, domain, self._label, talk.last_rating(domain))
        self._missing.choose(rating.missing if rating else None)
        was_open = stays and self._fold.is_open()  # it does not close under the hand
        self._fold.open(self._unfolded.get(domain, was_open or is_noted(rating)))
        self._show_more()

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        self._scales.focus()

    def flush(self) -> None:
        """Tell now what has just been typed."""
        if self._more is not None:
            self._more.flush()

    def _make_more(self) -> QWidget:
        self._more = RatingMore(self._name)
        self._more.noted.connect(lambda what, value: self._tell({what: value}))
        return self._more

    def _show_more(self) -> None:
        if self._more is not None:
            self._more.show_rating(self._talk.rating(self._domain), self._label)

    def _on_turned(self, open_: bool) -> None:  # noqa: FBT001
        self._unfolded[self._domain] = open_
        self._show_more()

    def _tell_number(self, what: str, number: int | None) -> None:
        """Number and reason exclude each other, also while nothing can be kept."""
        if number is not None:
            self._missing.choose(None)
        self._tell({"scale": self._scales.scale, what: number})

    def _tell_missing(self, reason: Missing | None) -> None:
        if reason is not None:
            self._scales.clear_numbers()
        self._tell({"missing": reason})

    def _tell(self, values: dict[str, object]) -> None:
        self.rated.emit(self._domain, values)


class Ratings(QWidget):
    """Some life domains below each other, named unless the topic is about just one.

    The same few widgets show one topic after the other: to tell them what to show takes less time
    than to bring others into sight.
    """

    rated = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._unfolded: dict[str, bool] = {}
        self._ratings: list[DomainRating] = []
        self._body: QVBoxLayout = column(gap=22)
        self.setLayout(self._body)

    def show_domains(self, talk: Talk, domains: Sequence[str], *, titled: bool) -> None:
        """Show what is noted about these domains."""
        while len(self._ratings) < len(domains):
            self._make()
        for place, (rating, domain) in enumerate(zip(self._ratings, domains, strict=False)):
            rating.show_domain(talk, domain, titled=titled, parted=place > 0)
            rating.show()
        for rating in self._ratings[len(domains) :]:
            rating.flush()
            rating.hide()

    def make_ready(self, talk: Talk, domains: Sequence[str]) -> bool:
        """Make one of the widgets that these domains will need. False when none is missing."""
        made = len(self._ratings)
        if made >= len(domains):
            return False
        was_hidden = self.isHidden()
        self.show()
        rating = self._make()
        rating.show_domain(talk, domains[made], titled=True, parted=made > 0)
        for part in rating.findChildren(QWidget):
            part.ensurePolished()
        rating.show()  # what Qt makes when a widget is shown for the first time is made now
        rating.hide()
        self.setHidden(was_hidden)
        return True

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        if self._ratings:
            self._ratings[0].focus()

    def flush(self) -> None:
        """Tell now what has just been typed."""
        for rating in self._ratings:
            rating.flush()

    def _make(self) -> DomainRating:
        made = DomainRating(self._name, self._unfolded)
        made.hide()
        made.rated.connect(self.rated)
        self._ratings.append(made)
        self._body.addWidget(made)
        return made


class _Title(QFrame):
    """The pictogram of a life domain and its name."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._words = QLabel(), Text("", "h3")
        layout = row(self._picture, self._words, gap=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_domain(self, pictogram: str, label: str) -> None:
        """Show another domain."""
        if label != self._words.text():
            self._picture.setPixmap(theme.pictogram(pictogram, "text_2", 22))
            self._words.setText(label)
