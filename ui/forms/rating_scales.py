"""How satisfied somebody is with a part of life, and how important it is: on one scale.

A rating stays on the scale it was made on. Whoever would rather use the other begins anew there.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseworker_app.domain.talk import FACES, NUMBERS, Rating
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _
from ui.forms.scales import day_of_last_time, scale_widget
from ui.widgets.buttons import button
from ui.widgets.layout import column, row
from ui.widgets.scale import Scale
from ui.widgets.text import Text, isolated

SATISFACTION, IMPORTANCE = "satisfaction", "importance"


class RatingScales(QWidget):
    """`rated` carries what was rated and the number; `begun_anew` the scale to begin anew on."""

    rated = Signal(str, object)
    begun_anew = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._words = {SATISFACTION: Text("", "bodyb"), IMPORTANCE: Text("", "bodyb")}
        self._places: dict[str, QVBoxLayout] = {}
        self._made: dict[tuple[str, str], Scale] = {}
        self._scale, self._asked = NUMBERS, ("", "", "")
        self._other_scale = Text(_("Last time on another scale: not comparable."), "meta")
        self._anew = button("", "link", icon="rotate-ccw", slot=self._begin_anew)
        body = column(gap=14)
        for what, words in self._words.items():
            self._places[what] = column(words, gap=6)
            body.addLayout(self._places[what])
        body.addWidget(self._other_scale)
        body.addLayout(row(self._anew, None))
        self.setLayout(body)

    def show_rating(self, talk: Talk, domain: str, label: str, last: Rating | None) -> None:
        """Show what is noted in this talk about this part of life, called `label`."""
        rating = talk.rating(domain)
        liked = FACES if talk.person.faces else NUMBERS
        self._scale = rating.scale if rating and _has_numbers(rating) else liked
        before = last if last and last.scale == self._scale else None
        when = day_of_last_time(talk) if before else ""
        for what, words in self._words.items():
            sentence = _sentence(what).format(name=isolated(talk.person.short_name))
            if sentence != words.text():
                words.setText(sentence)
            self._shown(what, talk).show_asked(
                f"{label}: {sentence}",
                getattr(rating, what) if rating else None,
                last=getattr(before, what) if before else None,
                last_when=when,
            )
        self._other_scale.setVisible(bool(last and not before and _has_numbers(last)))
        self._offer_other(liked)

    def clear_numbers(self) -> None:
        """There is a reason for having no rating."""
        for (_what, scale), made in self._made.items():
            if scale == self._scale:
                made.set_value(None)

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        self._made[SATISFACTION, self._scale].focus()

    @property
    def scale(self) -> str:
        """The scale that is shown."""
        return self._scale

    def _shown(self, what: str, talk: Talk) -> Scale:
        """The scale widget in use for this; the other one, if it was made, is put away."""
        for (one, name), made in self._made.items():
            if one == what:
                made.setVisible(name == self._scale)
        key = what, self._scale
        if key not in self._made:
            made = self._made[key] = scale_widget(talk.guide.scale(self._scale))
            made.rated.connect(lambda number: self.rated.emit(what, number))
            self._places[what].addWidget(made)
            made.show()
        return self._made[key]

    def _offer_other(self, liked: str) -> None:
        self._liked = liked
        words = _("Rate with faces instead") if liked == FACES else _("Rate with numbers instead")
        self._anew.setText(words)
        self._anew.setAccessibleName(words)
        self._anew.setVisible(liked != self._scale)

    def _begin_anew(self) -> None:
        self.begun_anew.emit(self._liked)


def _sentence(what: str) -> str:
    if what == SATISFACTION:
        return _("How satisfied is {name} with this?")
    return _("How important is it to {name}?")


def _has_numbers(rating: Rating) -> bool:
    return (rating.satisfaction, rating.importance) != (None, None)
