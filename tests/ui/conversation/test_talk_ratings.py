"""Rating a life domain: on the person's scale, with more about it, and never converted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QRadioButton

from caseworker_app.content import guides
from caseworker_app.domain.talk import FACES, NUMBERS, HelpWanted, Missing, WantsChange
from caseworker_app.services import answers, talks
from tests.builders import NOW
from tests.ui.conversation.talking import (
    CTRL,
    LEFT,
    begun,
    click,
    go_to,
    kept,
    named,
    seen_in,
    topic,
)
from ui.forms.rating_panel import DomainRating
from ui.widgets.choices import NoAnswer, Segmented
from ui.widgets.rating import FaceScale, RatingScale
from ui.widgets.scale import Scale
from ui.widgets.shares import Share

DAY = "Everyday life and daily rhythm"


def panel(page, number: int = 0) -> DomainRating:
    return [one for one in page.findChildren(DomainRating) if one.isVisible()][number]


def scales(page, kind: type[Scale] = RatingScale) -> list[Scale]:
    return [one for one in panel(page).findChildren(kind) if not one.isHidden()]


def rated(app, talk, domain: str = "L01"):
    return kept(app, talk).rating(domain)


@pytest.fixture
def with_faces(app, opened):
    return begun(app.store, "Ida Berg", faces=True)


def test_ratings_are_kept_at_a_click_and_at_a_key(app, page, talk, qtbot):
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_7)
    qtbot.mouseClick(scales(page)[1]._marks[9], LEFT)
    rating = rated(app, talk)
    assert (rating.satisfaction, rating.importance, rating.scale) == (7, 9, NUMBERS)


def test_whoever_likes_faces_better_rates_with_faces(app, opened, with_faces, qtbot):
    page = opened(with_faces)
    qtbot.mouseClick(scales(page, FaceScale)[0]._marks[2], LEFT)
    assert (rated(app, with_faces).satisfaction, rated(app, with_faces).scale) == (2, FACES)
    assert not scales(page)


def test_no_rating_takes_one_touch_and_clears_the_numbers(app, page, talk, qtbot):
    qtbot.mouseClick(scales(page)[0]._marks[4], LEFT)
    click(qtbot, panel(page), "does not know", QRadioButton)
    rating = rated(app, talk)
    assert (rating.satisfaction, rating.missing) == (None, Missing.NOT_KNOWN)
    assert scales(page)[0].value() is None
    qtbot.mouseClick(scales(page)[1]._marks[3], LEFT)
    assert rated(app, talk).missing is None
    assert panel(page).findChild(NoAnswer).value() is None


# --- more about this ---------------------------------------------------------------------------


def test_more_is_folded_until_somebody_asks_for_it(page, qtbot):
    assert f"{DAY}: more about this" in seen_in(panel(page))
    assert "Own strength" not in seen_in(panel(page))
    click(qtbot, panel(page), f"{DAY}: more about this")
    assert "Own strength" in seen_in(panel(page))
    click(qtbot, panel(page), f"{DAY}: more about this")
    assert "Own strength" not in seen_in(panel(page))


def test_more_stands_open_where_something_is_in_it(app, opened, talk, qtbot):
    answers.rate(app.store, kept(app, talk).conversation, "L04", NOW, own_share=0)
    page = opened(talk)
    assert "Own strength" not in seen_in(panel(page))
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    assert "Own strength" in seen_in(panel(page, 0))
    assert "Own strength" not in seen_in(panel(page, 1))


def test_more_does_not_close_under_the_hand(app, opened, talk, qtbot):
    answers.rate(app.store, kept(app, talk).conversation, "L01", NOW, own_share=2)
    page = opened(talk)
    qtbot.mouseClick(panel(page).findChildren(Share)[0]._marks[2], LEFT)
    assert rated(app, talk).own_share is None
    assert "Own strength" in seen_in(panel(page))


def unfolded(qtbot, page) -> DomainRating:
    click(qtbot, panel(page), f"{DAY}: more about this")
    return panel(page)


def segment(page, which: int, words: str) -> QAbstractButton:
    choice = panel(page).findChildren(Segmented)[which]
    return next(one for one in choice.findChildren(QAbstractButton) if one.text() == words)


@pytest.mark.parametrize(
    ("which", "words", "field", "noted"),
    [
        (0, "Yes", "wants_change", WantsChange.YES),
        (0, "Later", "wants_change", WantsChange.LATER),
        (0, "No", "wants_change", WantsChange.NO),
        (1, "None", "help_wanted", HelpWanted.NONE),
        (1, "Some", "help_wanted", HelpWanted.SOME),
        (1, "Much", "help_wanted", HelpWanted.MUCH),
    ],
)
def test_a_wish_is_noted_at_a_touch_and_taken_back_by_another(
    app, page, talk, qtbot, which, words, field, noted
):
    unfolded(qtbot, page)
    qtbot.mouseClick(segment(page, which, words), LEFT)
    assert getattr(rated(app, talk), field) is noted
    qtbot.mouseClick(segment(page, which, words), LEFT)
    assert getattr(rated(app, talk), field) is None


@pytest.mark.parametrize(
    ("which", "field"), [(0, "own_share"), (1, "network_share"), (2, "professional_share")]
)
def test_shares_are_counted_in_dots_by_touch_and_by_key(app, page, talk, qtbot, which, field):
    share = unfolded(qtbot, page).findChildren(Share)[which]
    qtbot.mouseClick(share._marks[3], LEFT)
    assert getattr(rated(app, talk), field) == 3
    assert share._words.text() == "3 of 4"
    qtbot.keyClick(share._marks[3], Qt.Key.Key_0)
    assert getattr(rated(app, talk), field) == 0
    qtbot.keyClick(share._marks[0], Qt.Key.Key_Right)
    assert getattr(rated(app, talk), field) == 1
    qtbot.mouseClick(share._marks[1], LEFT)
    assert getattr(rated(app, talk), field) is None
    assert share._words.text() == ""


def test_a_share_can_be_read_without_colour(page, qtbot):
    share = unfolded(qtbot, page).findChildren(Share)[0]
    share.set_value(2)
    picture = share.grab().toImage()

    def inside(number: int) -> int:
        dot = share._marks[number]
        middle = dot.mapTo(share, dot.rect().center())
        return picture.pixelColor(middle).lightness()

    assert inside(1) == inside(2) < 110
    assert inside(3) == inside(4) > 200


def test_a_reason_is_kept_while_it_is_typed(app, page, opened, talk, qtbot):
    unfolded(qtbot, page)
    name = f"{DAY}: Why? In \u2068Tobias\u2069’s own words"
    reason = named(page, name, QPlainTextEdit)
    qtbot.keyClicks(reason, "Because it is quiet there")
    qtbot.waitUntil(lambda: bool(rated(app, talk) and rated(app, talk).reason), timeout=700)
    qtbot.keyClicks(reason, ", and green.")
    assert page.leave()
    assert rated(app, talk).reason == "Because it is quiet there, and green."
    shown = named(opened(talk), name, QPlainTextEdit)
    assert shown.toPlainText() == "Because it is quiet there, and green."


def test_a_reason_stays_with_its_domain_when_the_topic_changes(app, page, talk, qtbot):
    unfolded(qtbot, page)
    name = f"{DAY}: Why? In \u2068Tobias\u2069’s own words"
    qtbot.keyClicks(named(page, name, QPlainTextEdit), "Half a sen")
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    assert rated(app, talk).reason == "Half a sen"
    assert rated(app, talk, "L04") is None
    assert "Half a sen" not in seen_in(page)


# --- one scale and another ---------------------------------------------------------------------


def test_a_rating_stays_on_the_scale_it_was_made_on(app, opened, with_faces, qtbot):
    about = kept(app, with_faces).conversation
    answers.rate(app.store, about, "L01", NOW, satisfaction=7, importance=8)
    page = opened(with_faces)
    assert [one.value() for one in scales(page)] == [7, 8]
    told = []
    page.told.connect(lambda words, undo: told.append((words, undo)))
    click(qtbot, panel(page), "Rate with faces instead")
    rating = rated(app, with_faces)
    assert (rating.scale, rating.satisfaction, rating.importance) == (FACES, None, None)
    assert [one.value() for one in scales(page, FaceScale)] == [None, None]
    words, undo = told[0]
    assert words == "This rating begins anew."
    undo()
    rating = rated(app, with_faces)
    assert (rating.scale, rating.satisfaction, rating.importance) == (NUMBERS, 7, 8)
    assert [one.value() for one in scales(page)] == [7, 8]


@pytest.mark.parametrize("faces", [False, True])
def test_last_time_is_ringed_on_the_same_scale_only(app, opened, faces, qtbot):
    first = begun(app.store, "Ida Berg", faces=faces)
    about = kept(app, first).conversation
    answers.rate(app.store, about, "L01", NOW, satisfaction=4, scale=NUMBERS)
    talks.finish(app.store, about, NOW)
    later = NOW + timedelta(days=200)
    guide = guides.guide("kitchen", 1)
    page = opened(talks.begin(app.store, about.case, guide, later))
    note = "Last time on another scale: not comparable."
    scale = scales(page, FaceScale if faces else RatingScale)[0]
    ringed = [mark.number for mark in scale._marks.values() if mark.is_last]
    if faces:
        assert (ringed, note in seen_in(page)) == ([], True)
        assert scale.accessibleName().endswith("nothing chosen")
    else:
        assert (ringed, note in seen_in(page)) == ([4], False)
        assert scale.accessibleName().endswith("nothing chosen, November 23, 2026 4")


# --- a question that asks for a rating ---------------------------------------------------------


def test_a_rating_is_asked_in_place_of_a_field_and_not_twice(app, page, talk, qtbot):
    qtbot.mouseClick(topic(page, "Work"), LEFT)
    assert len(page._desk.ratings.findChildren(DomainRating)) >= 2
    go_to(qtbot, page, "working")
    shown = [one for one in page.findChildren(DomainRating) if one.isVisible()]
    assert [one._domain for one in shown] == ["L04", "L03"]
    assert not page._desk.no_answer.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    assert page._desk.answer.isAncestorOf(page.focusWidget())
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_6)
    assert rated(app, talk, "L04").satisfaction == 6
    row = next(one for one in page._desk.side.prompts._rows if one.question == "working")
    assert row._done


def test_a_topic_that_was_rated_counts_as_talked_about(page, qtbot):
    qtbot.mouseClick(scales(page)[0]._marks[5], LEFT, pos=QPoint(5, 5))
    assert topic(page, "Week").accessibleName() == "Week, talked about"
