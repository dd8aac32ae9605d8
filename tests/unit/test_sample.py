"""The fictional people fit the guide, and the visit of the demo can be made from end to end."""

import re
from datetime import date

import pytest
from cattrs.errors import ClassValidationError

from caseworker_app import paths
from caseworker_app.content.guides import guide
from caseworker_app.content.sample import SamplePerson, SampleTalk, sample
from caseworker_app.domain.goals import MOST_GOALS, GoalStatus
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.path import places
from caseworker_app.domain.talk import Missing, Voice

GUIDE = guide("meedoen", 1)
QUESTIONS = [place.question for place in places(GUIDE)]
SAMPLES = {language: sample(language) for language in ("de", "nl")}
PEOPLE = [
    pytest.param(found, person, id=person.number)
    for found in SAMPLES.values()
    for person in found.people
]
RESERVED = {"de": r"\+49 30 23125 \d{3}", "nl": r"06-1234 \d{4}"}
both = pytest.mark.parametrize("language", SAMPLES)


@both
def test_there_are_eight_people_each_with_a_case_number_of_their_own(language):
    found = SAMPLES[language]
    assert found.language == language
    assert len({person.number for person in found.people}) == 8
    assert {person.language for person in found.people} == {language}


def check_talk(talk: SampleTalk) -> None:
    for said in talk.statements:
        assert said.question in QUESTIONS
        assert said.words.strip() == said.words != ""
        assert (said.voice is Voice.THIRD) == bool(said.speaker)
    assert not {said.question for said in talk.statements if said.voice is Voice.PARTICIPANT} & {
        gap.question for gap in talk.unanswered
    }
    for rating in talk.ratings:
        assert rating.domain in GUIDE.domains
        numbers = (rating.satisfaction, rating.importance)
        if rating.missing:
            assert numbers == (None, None)
        else:
            assert all(number is not None and 0 <= number <= 10 for number in numbers)


@pytest.mark.parametrize(("found", "person"), PEOPLE)
def test_what_a_person_said_and_agreed_is_sound(found, person: SamplePerson):
    assert person.talks
    for talk in person.talks:
        assert 0 < talk.days_ago < person.opened_days_ago
        check_talk(talk)
    open_goals = [goal for goal in person.goals if goal.status is GoalStatus.OPEN]
    assert len(open_goals) <= MOST_GOALS
    for goal in person.goals:
        assert goal.domain in BY_ID
        assert bool(goal.reason) == (goal.status is GoalStatus.NOT_NOW)
        for step in goal.steps:
            assert step.who in (f"{person.given_name} {person.family_name}", found.coach.name)
            assert step.done_days_ago is None or step.due_in_days < 0
    for goal in open_goals:
        assert any(step.who != found.coach.name for step in goal.steps)


@both
def test_nobody_can_be_called_by_mistake(language):
    text = (paths.resources() / "sample" / f"{language}.toml").read_text("utf-8")
    phones = re.findall(r'phone = "([^"]+)"', text)
    assert len(phones) > 8
    assert all(re.fullmatch(RESERVED[language], phone) for phone in phones)
    assert all(address.endswith(".example") for address in re.findall(r"[\w.-]+@([\w.-]+)", text))


@both
def test_names_are_spelled_as_their_owners_spell_them(language):
    names = " ".join(f"{p.given_name} {p.family_name}" for p in SAMPLES[language].people)
    expected = {
        "de": ("Yıldız", "Şahin", "Weßling", "Böhm-Schäfer", "El Amrani", "Łukasz", "Ü"),
        "nl": ("Zoë van der Horst", "El Idrissi", "Gülşen Yılmaz", "van ’t Hof", "-Pinas"),
    }
    assert all(name in names for name in expected[language])
    assert all(p.birth_date < date(2000, 1, 1) for p in SAMPLES[language].people)


@both
class TestVisit:
    def test_every_question_is_answered_or_left_open_in_the_order_of_the_guide(self, language):
        talk = SAMPLES[language].visit.talk
        check_talk(talk)
        asked = list(dict.fromkeys(said.question for said in talk.statements))
        gaps = {gap.question for gap in talk.unanswered}
        assert asked == [question for question in QUESTIONS if question not in gaps]
        assert Missing.NOT_SAID in {gap.missing for gap in talk.unanswered}

    def test_all_three_voices_at_the_table_are_heard(self, language):
        assert {said.voice for said in SAMPLES[language].visit.talk.statements} == set(Voice) - {
            Voice.DOCUMENT
        }

    def test_every_domain_of_the_guide_is_rated_once(self, language):
        rated = [rating.domain for rating in SAMPLES[language].visit.talk.ratings]
        assert tuple(rated) == GUIDE.domains

    def test_two_goals_are_agreed_and_each_has_a_step_of_the_persons_own(self, language):
        found = SAMPLES[language]
        person = found.person(found.visit.number)
        own = f"{person.given_name} {person.family_name}"
        assert len(found.visit.goals) == 2
        for goal in found.visit.goals:
            assert goal.sign
            assert own in {step.who for step in goal.steps}
            assert all(0 < s.due_in_days <= found.visit.next_talk.in_days for s in goal.steps)

    def test_the_person_is_expected_today_and_was_visited_before(self, language):
        found = SAMPLES[language]
        person = found.person(found.visit.number)
        assert person.next_talk is not None
        assert person.next_talk.in_days == 0
        assert person.next_talk.at == found.visit.talk.at
        earlier = {rating.domain for talk in person.talks for rating in talk.ratings}
        assert earlier == set(GUIDE.domains)


def test_a_mistyped_key_does_not_go_unnoticed(tmp_path, monkeypatch):
    text = (paths.resources() / "sample" / "de.toml").read_text("utf-8")
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "de.toml").write_text(text.replace("steps =", "stesp =", 1), "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(ClassValidationError):
        sample("de")
