"""The participant's side: every kind of question is answered by hand, and kept at once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.domain.talk import HelpWanted, Missing, TopicState, Voice, WantsChange
from caseworker_app.domain.turned import END, Dimension, Stop
from caseworker_app.services import answers, talks
from tests.builders import NOW
from tests.ui.accessibility import problems
from tests.ui.turned_side import Participant, a_participant
from ui import theme
from ui.forms.typing_pause import PAUSE
from ui.widgets.scale import Scale
from ui.widgets.text import isolated

TEXT = Stop("kinds", "text")
OWN = "Mit Ihren eigenen Worten"


@pytest.fixture
def sits(qtbot: QtBot, tmp_path: Path):
    with a_participant(qtbot, tmp_path) as participant:
        yield participant


def at(participant: Participant, question: str) -> Participant:
    participant.go_to(Stop("kinds", question))
    return participant


def about(domain: str, dimension: Dimension, section: str = "days") -> Stop:
    return Stop(section, domain=domain, dimension=dimension)


# --- words ---------------------------------------------------------------------------------------


def test_it_begins_with_the_coachs_question_and_what_was_said(sits: Participant):
    words = sits.read()
    assert "Was ist ein guter Tag für Sie?" in words
    assert "Das haben Sie gesagt" in words
    assert "Ich backe gern Brot." in words


def test_own_words_are_in_the_store_half_a_second_after_the_last_key(sits: Participant):
    sits.type("Früh aufstehen.")
    assert sits.said() == ["Ich backe gern Brot."]

    sits.qtbot.wait(PAUSE + 100)

    assert sits.said() == ["Ich backe gern Brot.", "Früh aufstehen."]


def test_own_words_are_kept_at_once_by_going_on(sits: Participant):
    sits.type("Früh aufstehen.")
    sits.press("Weiter")
    sits.press("Eins zurück")

    assert sits.said() == ["Ich backe gern Brot.", "Früh aufstehen."]
    assert "Früh aufstehen." in sits.read()


def test_words_can_be_said_differently(sits: Participant):
    sits.press("Anders sagen")
    field = sits.field("Anders sagen", QPlainTextEdit)
    assert field.hasFocus()
    assert field.toPlainText() == "Ich backe gern Brot."
    sits.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    sits.type("Ich backe jeden Tag.")
    sits.press("Fertig")

    assert sits.said() == ["Ich backe jeden Tag."]
    assert "Ich backe jeden Tag." in sits.read()
    assert "Ich backe gern Brot." not in sits.read()


def test_emptied_words_are_gone(sits: Participant):
    sits.press("Anders sagen")
    field = sits.field("Anders sagen", QPlainTextEdit)
    sits.qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    sits.keys(Qt.Key.Key_Delete)
    sits.press("Fertig")

    assert sits.said() == []
    assert "Das haben Sie gesagt" not in sits.read()


def test_words_can_be_added_to_every_kind_of_answer(sits: Participant):
    at(sits, "yes-no").press(OWN)
    sits.type("Manchmal.")
    sits.press("Weiter")

    assert sits.said("yes-no") == ["Manchmal."]


def test_a_break_in_typing_loses_nothing_to_what_was_chosen_meanwhile(sits: Participant):
    at(sits, "yes-no").press(OWN)
    sits.type("Manchmal")
    sits.press("Ja")
    assert sits.field(OWN, QPlainTextEdit).toPlainText() == "Manchmal"

    sits.press("Weiter")
    assert (sits.said("yes-no"), sits.value("yes-no")) == (["Manchmal"], "yes")


# --- kinds of answers ----------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "kind"), [("text", QLineEdit), ("long-text", QPlainTextEdit)])
def test_text_is_kept_while_it_is_typed(sits: Participant, question: str, kind: type[QWidget]):
    at(sits, question)
    assert isinstance(sits.focused(), kind)
    sits.type("In der Bäckerei")
    sits.qtbot.wait(PAUSE + 100)
    assert sits.value(question) == "In der Bäckerei"

    sits.type(" am Markt")
    sits.press("Weiter")
    assert sits.value(question) == "In der Bäckerei am Markt"
    sits.press("Eins zurück")
    field = sits.focused()
    shown = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    assert shown == "In der Bäckerei am Markt"


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [("yes-no", "Ja", "yes"), ("yes-no", "Nein", "no"), ("choice", "Garten", "garden"),
     ("choice", "Brot backen & mehr", "bread")],
)  # fmt: skip
def test_one_answer_is_chosen_and_taken_back(
    sits: Participant, question: str, words: str, kept: str
):
    at(sits, question).press(words)
    assert sits.value(question) == kept
    assert sits.button(words).isChecked()

    sits.press(words)
    assert sits.value(question) == ""
    assert not sits.button(words).isChecked()


def test_several_answers_are_kept_in_their_order(sits: Participant):
    at(sits, "choices").press("Garten")
    sits.press("Brot backen & mehr")
    assert sits.value("choices") == "bread\ngarden"

    sits.press("Weiter")
    sits.press("Eins zurück")
    assert sits.button("Garten").isChecked()
    sits.press("Garten")
    assert sits.value("choices") == "bread"


def test_a_day_is_chosen_part_by_part(sits: Participant):
    at(sits, "date")
    name = "Frage date?"
    sits.choose(f"{name} Tag", "31")
    sits.choose(f"{name} Monat", "Feb")
    assert sits.value("date") == ""
    sits.choose(f"{name} Jahr", "2027")

    assert sits.value("date") == "2027-02-28"
    sits.press("Weiter")
    sits.press("Eins zurück")
    assert sits.field(f"{name} Monat", QComboBox).currentText() == "Februar"

    for part in ("Tag", "Monat", "Jahr"):
        sits.choose(f"{name} {part}", "–")
    assert sits.value("date") == ""


def test_a_number_is_typed_or_counted(sits: Participant):
    at(sits, "number")
    sits.type("12,5")
    sits.press("mehr")
    assert sits.value("number") == "13.5"
    sits.press("weniger")
    assert sits.value("number") == "12.5"
    sits.field("Frage number?").setFocus()
    sits.keys(Qt.Key.Key_Up)
    assert sits.value("number") == "13.5"


def test_a_number_in_arabic_figures_is_a_number(sits: Participant):
    at(sits, "number")
    sits.type("١٢")
    sits.press("Weiter")
    assert sits.value("number") == "12"


def test_no_number_outside_the_bounds_is_kept_and_none_that_fits_is_asked_for_in_words(
    sits: Participant,
):
    at(sits, "number")
    sits.type("4")
    sits.qtbot.wait(PAUSE + 100)
    sits.type("1x")
    sits.keys(Qt.Key.Key_Tab)

    assert sits.value("number") == "4"
    assert "Hier passt eine Zahl von 2 bis 40." in sits.read()


@pytest.mark.parametrize("typed", [(Qt.Key.Key_7,), (Qt.Key.Key_6, Qt.Key.Key_Right)])
def test_a_scale_is_answered_with_keys(sits: Participant, typed: tuple[Qt.Key, ...]):
    at(sits, "scale").keys(*typed)
    assert sits.value("scale") == "7"
    sits.keys(Qt.Key.Key_Backspace)
    assert sits.value("scale") == ""


def test_a_scale_is_answered_with_a_finger(sits: Participant):
    at(sits, "scale").press("Frage scale? 10 von 10")
    assert sits.value("scale") == "10"


# --- parts of life -------------------------------------------------------------------------------


def test_a_part_of_life_is_asked_about_one_thing_at_a_time(sits: Participant):
    rated = []
    for dimension, words in (
        (Dimension.SATISFACTION, "Mein Alltag: Wie zufrieden sind Sie damit? 6 von 10"),
        (Dimension.IMPORTANCE, "Mein Alltag: Wie wichtig ist Ihnen das? 9 von 10"),
        (Dimension.WANTS_CHANGE, "Später"),
        (Dimension.HELP_WANTED, "Etwas Hilfe"),
        (Dimension.SHARES, "Familie, Freunde, Nachbarn: viel"),
    ):
        sits.go_to(about("L01", dimension))
        rated.append(sits.read())
        sits.press(words)
    rating = sits.room.talk.rating("L01")

    assert (rating.satisfaction, rating.importance) == (6, 9)
    assert (rating.wants_change, rating.help_wanted) == (WantsChange.LATER, HelpWanted.SOME)
    assert (rating.own_share, rating.network_share, rating.professional_share) == (None, 3, None)
    assert rating.reason == "SECRET-REASON"
    assert "viel" in sits.read()
    assert all("Mein Alltag" in words for words in rated)


def test_a_question_that_is_a_rating_says_what_it_asks(sits: Participant):
    sits.go_to(Stop("kinds", "rating", "L05", Dimension.SATISFACTION))
    assert "Frage rating?" in sits.read()
    sits.keys(Qt.Key.Key_3)
    assert sits.room.talk.rating("L05").satisfaction == 3


def test_faces_are_drawn_for_whom_they_are_easier(qtbot: QtBot, tmp_path: Path):
    with a_participant(qtbot, tmp_path, faces=True) as sits:
        sits.go_to(about("L01", Dimension.SATISFACTION))
        assert len(sits.page.findChildren(Scale)[-1].findChildren(QAbstractButton)) == 5
        sits.press("Mein Alltag: Wie zufrieden sind Sie damit? 5 von 5")

        rating = sits.room.talk.rating("L01")
        assert (rating.scale, rating.satisfaction) == ("faces", 5)


def test_last_time_is_marked_under_its_number(qtbot: QtBot, tmp_path: Path):
    with a_participant(qtbot, tmp_path) as sits:
        store = sits.app.store
        answers.rate(store, sits.room.about, "L01", NOW, satisfaction=3)
        talks.finish(store, sits.room.about, NOW)
        later = NOW.replace(year=NOW.year + 1)
        again = talks.begin(store, sits.room.case, sits.room.talk.guide, later)
        room = type(sits.room)(store, sits.room.case, sits.room.other, again)
        next_time = Participant(qtbot, sits.app, room)
        next_time.go_to(about("L01", Dimension.SATISFACTION))

        assert "letztes Mal" in next_time.read()
        assert next_time.offers(
            "Mein Alltag: Wie zufrieden sind Sie damit? 3 von 10 (letztes Mal: 3)"
        )


# --- no answer -----------------------------------------------------------------------------------

REASONS = (
    ("Weiß ich nicht", Missing.NOT_KNOWN),
    ("Möchte ich nicht sagen", Missing.NOT_SAID),
    ("Passt nicht zu mir", Missing.NOT_RELEVANT),
)


@pytest.mark.parametrize(("words", "missing"), REASONS)
def test_no_answer_is_an_answer_to_a_question(sits: Participant, words: str, missing: Missing):
    at(sits, "scale").keys(Qt.Key.Key_7)
    sits.press(words)
    assert sits.room.talk.answer("scale").missing is missing
    assert sits.value("scale") == ""
    assert not sits.button("Frage scale? 7 von 10").isChecked()

    sits.keys(Qt.Key.Key_Tab)
    sits.press("Frage scale? 8 von 10")
    assert sits.room.talk.answer("scale").missing is None
    assert not sits.button(words).isChecked()


def test_no_answer_about_a_part_of_life_is_asked_no_further(sits: Participant):
    sits.go_to(about("L01", Dimension.SATISFACTION))
    sits.press("Möchte ich nicht sagen")
    assert sits.room.talk.rating("L01").missing is Missing.NOT_SAID

    sits.press("Weiter")
    assert sits.page.stop == TEXT


def test_not_asked_is_no_reason_of_the_participant(sits: Participant):
    assert not sits.offers("nicht gefragt")
    assert len([words for words, _missing in REASONS if sits.offers(words)]) == 3


# --- permission, ways, the end -------------------------------------------------------------------


def test_a_sensitive_topic_is_asked_for_first(sits: Participant):
    sits.go_to(Stop("health"))
    assert "Wie geht es dem Körper?" not in sits.read()
    assert "Sie können Nein sagen." in sits.read()

    sits.press("Ja")

    assert sits.room.talk.topic("health") is TopicState.PERMITTED
    assert sits.page.stop == Stop("health", "feeling")


@pytest.mark.parametrize(
    ("words", "state"), [("Nein", TopicState.DECLINED), ("Später", TopicState.PARKED)]
)
def test_whoever_says_no_or_later_goes_on(sits: Participant, words: str, state: TopicState):
    sits.go_to(Stop("health"))
    sits.press(words)
    assert sits.room.talk.topic("health") is state
    assert sits.page.stop == Stop("closing", "small-step")


def test_at_the_end_there_are_thanks_and_a_way_back(sits: Participant):
    sits.go_to(END)
    assert "Danke." in sits.read()
    assert not sits.offers("Weiter")
    sits.press("Eins zurück")
    assert sits.page.stop == Stop("closing", "small-step")


def test_there_is_nothing_before_the_first(sits: Participant):
    assert not sits.offers("Eins zurück")


def test_enter_goes_on_and_backspace_back(sits: Participant):
    sits.go_to(about("L01", Dimension.WANTS_CHANGE))
    sits.keys(Qt.Key.Key_Return)
    assert sits.page.stop == about("L01", Dimension.HELP_WANTED)
    sits.keys(Qt.Key.Key_Backspace)
    assert sits.page.stop == about("L01", Dimension.WANTS_CHANGE)


def test_the_conversation_is_found_where_the_participant_left_it(sits: Participant):
    at(sits, "choice")
    talk = sits.room.talk
    assert (talk.section, talk.question) == ("kinds", "choice")
    sits.go_to(Stop("kinds", domain="L04", dimension=Dimension.HELP_WANTED))
    talk = sits.room.talk
    assert (talk.section, talk.question) == ("kinds", "rating")


def test_how_far_it_is_can_be_seen_and_heard(sits: Participant):
    sits.go_to(TEXT)
    assert "Thema 2 von 5" in [one.accessibleName() for one in sits.page.findChildren(QWidget)]


# --- language ------------------------------------------------------------------------------------


def test_another_language_turns_the_page_around(sits: Participant):
    sits.press("Sprache: Deutsch")
    sits.press("العربية")
    assert sits.page.layoutDirection() == Qt.LayoutDirection.RightToLeft
    sits.press("تم")

    assert "What is a good day for you?" in sits.read()  # the screen's: the guide lacks Arabic
    assert "ما قلته" in sits.read()
    sits.press("التالي")
    next_one, previous = sits.button("التالي"), sits.button("السابق")
    assert next_one.mapTo(sits.page, next_one.rect().topLeft()).x() < sits.page.width() / 2
    assert previous.mapTo(sits.page, previous.rect().topLeft()).x() > sits.page.width() / 2
    assert "ما مدى رضاك عن هذا؟" in sits.read()
    first = sits.button("حياتي اليومية: ما مدى رضاك عن هذا؟ 0 من 10")
    last = sits.button("حياتي اليومية: ما مدى رضاك عن هذا؟ 10 من 10")
    assert first.x() > last.x()
    first.setFocus()
    sits.keys(Qt.Key.Key_4, Qt.Key.Key_Left)
    assert sits.room.talk.rating("L01").satisfaction == 5


def test_the_guide_speaks_every_language_it_knows(sits: Participant):
    sits.press("Sprache: Deutsch")
    sits.press("English")
    sits.press("Done")
    assert "What is a good day for you?" in sits.read()
    assert "You said" in sits.read()


@pytest.mark.parametrize("name", ["Nederlands", "English", "Українська", "العربية", "Türkçe"])
def test_nothing_of_the_old_language_is_left(sits: Participant, name: str):
    german = set(sits.read().split("\n"))
    sits.press("Sprache: Deutsch")
    sits.press(name)
    sits.press(sits.page.tongue.say("done"))
    shown = {words for words in sits.read().split("\n") if words}
    from_the_guide = {"Was ist ein guter Tag für Sie?", "Ihr Tag", "Ich backe gern Brot."}
    assert shown & german <= from_the_guide


def test_plain_words_are_a_touch_away(sits: Participant):
    sits.press("Sprache: Deutsch")
    sits.press("In einfachen Worten")
    assert sits.page.tongue.tag == "de-plain"
    sits.press("Fertig")
    sits.go_to(about("L01", Dimension.WANTS_CHANGE))
    assert "Soll hier etwas anders werden?" in sits.read()


def test_words_typed_before_another_language_was_chosen_are_kept(sits: Participant):
    sits.type("Früh aufstehen.")
    sits.press("Sprache: Deutsch")
    assert sits.said() == ["Ich backe gern Brot.", "Früh aufstehen."]


# --- trouble -------------------------------------------------------------------------------------


def test_on_a_full_disk_the_words_stay_and_are_kept_as_soon_as_there_is_room(sits: Participant):
    words = "Früh aufstehen. " * 4000
    sits.page._keeping._again.setInterval(50)
    limit(sits, 1)
    field = sits.field(OWN, QPlainTextEdit)
    field.insertPlainText(words)
    trouble = "Das Sichern klappt gerade nicht."
    sits.qtbot.waitUntil(lambda: trouble in sits.read(), timeout=3000)
    sits.press("Weiter")
    assert field.toPlainText() == words
    assert not sits.page.leave()

    limit(sits, 1_000_000)

    sits.qtbot.waitUntil(lambda: sits.said()[1:] == [words], timeout=5000)
    sits.qtbot.waitUntil(lambda: trouble not in sits.read())
    assert sits.page.leave()


def limit(participant: Participant, pages: int) -> None:
    """Let the store grow no further than so many pages, on both threads."""

    def set_limit() -> None:
        with participant.app.store.reading() as reading:
            reading.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    set_limit()
    participant.app.background.run(participant.page, set_limit, lambda _none: None)


# --- for everybody -------------------------------------------------------------------------------


def every_stop(participant: Participant):
    while True:
        yield participant.page.stop
        if participant.page.stop == END:
            return
        participant.press(participant.page.tongue.say("next"))


@pytest.mark.parametrize("language", ["de", "ar", "uk"])
@pytest.mark.parametrize("look", [theme.Theme(motion=False)], indirect=True)
def test_every_stop_can_be_used_without_eyes_and_without_a_mouse(
    qtbot: QtBot, tmp_path: Path, language: str, look: theme.Theme
):
    with a_participant(qtbot, tmp_path, language) as sits:
        found = {str(stop): problems(sits.page) for stop in every_stop(sits)}
        sits.press(sits.page.tongue.say("back-to", name=isolated("Miriam")))
        found["pin"] = problems(sits.page)
    assert {stop: wrong for stop, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("width", [1280, 800])
def test_everything_that_is_pressed_is_large(qtbot: QtBot, tmp_path: Path, width: int):
    with a_participant(qtbot, tmp_path) as sits:
        sits.page.resize(width, 800)
        small = [
            (str(stop), one.accessibleName(), one.width(), one.height())
            for stop in every_stop(sits)
            for one in sits.page.findChildren(QAbstractButton)
            if one.isVisible() and min(one.width(), one.height()) < 56
        ]
    assert small == []


def test_text_size_and_look_change_in_place(sits: Participant, qapp):
    sits.go_to(TEXT)
    sits.type("In der Bäckerei")
    theme.apply(qapp, theme.Theme("dark", 1.5, motion=False).turned())
    sits.page.use(sits.app)

    assert sits.page.stop == TEXT
    assert sits.value("text") == "In der Bäckerei"
    assert sits.focused().text() == "In der Bäckerei"


def test_the_voice_is_the_participants(sits: Participant):
    sits.type("Früh aufstehen.")
    sits.press("Weiter")
    said = sits.room.talk.said("good-day")[-1]
    assert (said.voice, said.said, said.draft) == (Voice.PARTICIPANT, NOW, False)
    assert isinstance(said.said, datetime)
