"""How the participant sees the life domains of a topic: satisfaction, importance, and what next."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from caseworker_app.domain.guide import Section
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.talk import Missing, WantsChange
from caseworker_app.domain.talk_view import Talk
from caseworker_app.i18n import _, texts, translated
from ui import theme
from ui.widgets.choices import NoAnswer, Option, Segmented
from ui.widgets.layout import column, line, row
from ui.widgets.rating import RatingScale
from ui.widgets.text import Text, isolated

MOMENT = 200  # milliseconds


class DomainRating(QWidget):
    """One life domain. `rated` carries its id and what the coach has just noted."""

    rated = Signal(str, object)

    def __init__(self, talk: Talk, domain: str, *, titled: bool) -> None:
        super().__init__()
        self._domain = domain
        name = isolated(talk.person.short_name)
        life = BY_ID[domain]
        label = translated(life.label)
        last = talk.last_rating(domain)
        when = texts().day(talk.earlier.on) if talk.earlier else ""
        satisfied = _("How satisfied is {name} with this?").format(name=name)
        important = _("How important is it to {name}?").format(name=name)
        change = _("Would {name} like to change something here?").format(name=name)
        self._satisfaction = RatingScale(
            f"{label}: {satisfied}",
            _("not at all"),
            _("very"),
            last=last.satisfaction if last else None,
            last_when=when,
        )
        self._importance = RatingScale(
            f"{label}: {important}",
            _("not at all"),
            _("very"),
            last=last.importance if last else None,
            last_when=when,
        )
        self._change = Segmented(
            f"{label}: {change}",
            [
                Option(WantsChange.YES, _("Yes"), tone="person"),
                Option(WantsChange.LATER, _("Later"), tone="person"),
                Option(WantsChange.NO, _("No"), tone="person"),
            ],
        )
        self._missing = NoAnswer()
        self._missing.setAccessibleName(_("{domain}: no rating, because").format(domain=label))
        self._satisfaction.rated.connect(lambda number: self._tell("satisfaction", number))
        self._importance.rated.connect(lambda number: self._tell("importance", number))
        self._change.chosen.connect(lambda wish: self._tell("wants_change", wish))
        self._missing.chosen.connect(lambda reason: self._tell("missing", reason))
        body = column(gap=14)
        if titled:
            body.addLayout(_title(life.pictogram, label))
        for words, scale in ((satisfied, self._satisfaction), (important, self._importance)):
            body.addLayout(column(Text(words, "bodyb"), scale, gap=6))
        body.addLayout(column(Text(change, "bodyb"), self._change, gap=6))
        body.addLayout(column(Text(_("No rating, because"), "meta"), self._missing, gap=6))
        self.setLayout(body)

    def show_rating(self, talk: Talk) -> None:
        """Show what is noted in this talk."""
        rating = talk.rating(self._domain)
        self._satisfaction.set_value(rating.satisfaction if rating else None)
        self._importance.set_value(rating.importance if rating else None)
        self._change.choose(rating.wants_change if rating else None)
        self._missing.choose(rating.missing if rating else None)

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        self._satisfaction.focus()

    def _tell(self, what: str, value: object) -> None:
        """Number and reason exclude each other, also while nothing can be kept."""
        if what == "missing" and isinstance(value, Missing):
            self._satisfaction.set_value(None)
            self._importance.set_value(None)
        elif what in ("satisfaction", "importance") and value is not None:
            self._missing.choose(None)
        self.rated.emit(self._domain, {what: value})


class RatingPanel(QWidget):
    """All life domains of one topic below each other, named unless the topic is about just one."""

    rated = Signal(str, object)

    def __init__(self, talk: Talk, section: Section) -> None:
        super().__init__()
        domains = section.domains
        alone = [BY_ID[domain].pictogram for domain in domains] == [section.pictogram]
        self._ratings = [DomainRating(talk, domain, titled=not alone) for domain in domains]
        body = column(gap=22)
        for place, rating in enumerate(self._ratings):
            rating.rated.connect(self.rated)
            if place:
                body.addWidget(line())
            body.addWidget(rating)
        self.setLayout(body)

    def show_ratings(self, talk: Talk) -> None:
        """Show what is noted in this talk."""
        for rating in self._ratings:
            rating.show_rating(talk)

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        if self._ratings:
            self._ratings[0].focus()


class Ratings(QWidget):
    """The panels of all topics, one of them in sight. The others are made little by little."""

    rated = Signal(str, object)

    def __init__(self, talk: Talk) -> None:
        super().__init__()
        self._talk = talk
        self._panels: dict[str, RatingPanel] = {}
        self._body = column()
        self.setLayout(self._body)
        self._idle = QTimer(self)
        self._idle.setInterval(MOMENT)
        self._idle.timeout.connect(self._make_next)
        self._idle.start()

    def show_section(self, talk: Talk, section: Section) -> None:
        """Show what is noted about this topic."""
        shown = self._panel(section)
        shown.show_ratings(talk)
        for panel in self._panels.values():
            panel.setVisible(panel is shown)
        self._shown = shown

    def focus(self) -> None:
        """Put the keyboard on the first scale."""
        self._shown.focus()

    def _panel(self, section: Section) -> RatingPanel:
        if section.id not in self._panels:
            panel = RatingPanel(self._talk, section)
            panel.rated.connect(self.rated)
            panel.hide()
            self._panels[section.id] = panel
            self._body.addWidget(panel)
        return self._panels[section.id]

    def _make_next(self) -> None:
        missing = [one for one in self._talk.guide.sections if one.id not in self._panels]
        if missing:
            self._panel(missing[0])
        else:
            self._idle.stop()


def _title(pictogram: str, label: str) -> QHBoxLayout:
    picture = QLabel()
    picture.setPixmap(theme.pictogram(pictogram, "text_2", 22))
    layout = row(picture, Text(label, "h3"), gap=10)
    layout.setStretch(1, 1)
    return layout
