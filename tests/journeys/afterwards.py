"""What follows a conversation: the picture of it, what is written up, and its paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.look_back import LookBack, question_id, question_words, topic_of
from caseworker_app.domain.path import Place
from caseworker_app.domain.talk import Voice
from caseworker_app.i18n import _, texts, translated
from tests.journeys.coach import without_marks
from tests.journeys.holding import Holding, Said
from ui.demo_visit.eyes import plain, visible, words_of


def finish(held: Holding) -> None:
    """The talk is over, in the middle of a word; it leads to its picture."""
    held.coach.click(_("Finish"))
    held.coach.reads(_("{name}’s own view in the conversation of {day}, not ours.").format(
        name=held.story.person.given_name, day=texts().day(held.today)
    ))  # fmt: skip


def look_at_it(held: Holding) -> None:
    """The picture, a word about it, a goal from it, and the same as a table, by night."""
    coach, story = held.coach, held.story
    domain = next(one for one in story.guide.domains if one != story.not_rated)
    words = story.words["looked_back"]
    coach.type_into(question_words(LookBack.BETTER, texts()), words)
    coach.click(_("Take as a goal"))
    coach.reads(_("{count} of at most {most}").format(count=1, most=3))
    place = Place(topic_of(domain, story.guide), question_id(domain, LookBack.BETTER))
    held.said.append(Said(place, Voice.PARTICIPANT, "", words))
    held.album.shoot("summary")
    _by_night(held)
    coach.click_within(_("Show it as"), _("Table"))
    rows = _first_cells()
    for rating in held.rated:
        assert translated(BY_ID[rating.domain].label) in rows
    held.album.shoot("summary-table")


def _by_night(held: Holding) -> None:
    held.coach.press("Ctrl+Comma")
    held.coach.click(_("Look"))
    held.coach.click(_("Dark"))
    held.coach.press("Alt+Left")
    held.coach.see(_("Show it as"))


def _first_cells() -> list[str]:
    """What stands at the head of each row of the tables in view."""
    found = []
    for view in visible(QAbstractItemView):
        assert isinstance(view, QAbstractItemView)
        model = view.model()
        found += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return [without_marks(one) for one in found]


def write_it_up(held: Holding) -> None:
    """Everything that is open is left as it is, one thing after the other."""
    coach = held.coach
    coach.click(_("Write it up"))
    coach.see(_("The conversation with {name}").format(name=held.story.person.given_name))
    held.album.shoot("write-up")
    leave = plain(_("Leave it: {about}").format(about=""))
    while waiting := _buttons_that_begin(leave):
        coach.click_widget(waiting[0])
    coach.reads(_("All written up"))
    coach.press("Alt+Left")
    coach.see(_("Show it as"))


def _buttons_that_begin(begin: str) -> list[QWidget]:
    buttons = visible(QAbstractButton)
    return [one for one in buttons if any(name.startswith(begin) for name in words_of(one))]


def put_on_paper(held: Holding, file: Path) -> None:
    """Make the paper, with one of the sensitive topics that were talked about."""
    coach = held.coach
    coach.click(_("Print the conversation"))
    coach.see(_("Save as a file"), QAbstractButton)
    coach.rest()
    if held.opened:
        coach.click(held.story.guide.section(held.opened).title.to(held.story.language))
        coach.rest()
    coach.pause(100)
    held.album.shoot("paper")
    coach.click(_("Save as a file"))
    coach.save_as(file)
