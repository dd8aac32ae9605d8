"""The fictional people fit the guide, and the visit of the demo can be made from end to end."""

import re
from datetime import date

import pytest
from cattrs.errors import ClassValidationError

from caseworker_app import paths
from caseworker_app.content import guides
from caseworker_app.content.sample import SamplePerson, SampleTalk, sample
from caseworker_app.domain.goals import MOST_GOALS, GoalStatus
from caseworker_app.domain.guide import Guide, QuestionKind
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.path import places
from caseworker_app.domain.talk import FACES, MOST_SHARE, NOT_HELD, Missing, TalkStatus, Voice

GUIDE = guides.guide("meedoen", 2)
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
    guide = guides.guide(talk.guide, talk.version)
    asked = {one.id: one for section in guide.sections for one in section.questions}
    for said in talk.statements:
        assert said.question in asked
        assert said.words.strip() == said.words != ""
        assert (said.voice in (Voice.THIRD, Voice.DOCUMENT)) == bool(said.speaker)
    assert not {said.question for said in talk.statements if said.voice is Voice.PARTICIPANT} & {
        gap.question for gap in talk.unanswered
    }
    for answer in talk.answers:
        check_value(answer.value, guide, answer.question)
    assert set(talk.parked) <= {section.id for section in guide.sections}
    scale = guide.scale(talk.scale)
    for rating in talk.ratings:
        assert rating.domain in guide.domains
        numbers = (rating.satisfaction, rating.importance)
        if rating.missing:
            assert numbers == (None, None)
        else:
            assert all(n is not None and scale.first <= n <= scale.last for n in numbers)
        for share in (rating.own_share, rating.network_share, rating.professional_share):
            assert share is None or 0 <= share <= MOST_SHARE


def check_value(value: str, guide: Guide, question_id: str) -> None:
    question = guide.question(question_id)
    assert question is not None
    options = {one.id for one in question.options}
    match question.kind:
        case QuestionKind.YES_NO:
            assert value in ("yes", "no")
        case QuestionKind.CHOICE:
            assert value in options
        case QuestionKind.CHOICES:
            chosen = value.split("\n")
            assert chosen == [one.id for one in question.options if one.id in chosen]
        case QuestionKind.SCALE:
            scale = guide.scale(question.scale)
            assert scale.first <= int(value) <= scale.last
        case QuestionKind.NUMBER:
            assert float(value) >= 0
        case kind:
            assert kind is QuestionKind.TEXT


@pytest.mark.parametrize(("found", "person"), PEOPLE)
def test_what_a_person_said_and_agreed_is_sound(found, person: SamplePerson):
    assert person.talks
    for talk in person.talks:
        assert 0 < talk.days_ago < person.opened_days_ago
        check_talk(talk)
    for agreed in person.not_held:
        assert agreed.status in NOT_HELD
        assert (agreed.called_off_by is None) == (agreed.status is TalkStatus.MISSED)
        assert agreed.reason
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

    def test_all_four_voices_are_heard(self, language):
        assert {said.voice for said in SAMPLES[language].visit.talk.statements} == set(Voice)

    def test_one_question_is_answered_on_the_turned_screen(self, language):
        visit = SAMPLES[language].visit
        said = [one for one in visit.talk.statements if one.question == visit.turned]
        assert [one.voice for one in said] == [Voice.PARTICIPANT]

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


@both
class TestWhatThePagesShow:
    """Everything that a page can show can be found somewhere in the sample."""

    def test_a_year_ago_somebody_gave_values_and_gives_others_today(self, language):
        last, now = next(p.talks[-2:] for p in SAMPLES[language].people if len(p.talks) > 1
                         and p.talks[0].answers)  # fmt: skip
        before = {one.question: one.value for one in last.answers}
        since = {one.question: one.value for one in now.answers}
        assert any(before[question] != since[question] for question in before.keys() & since)

    def test_ratings_have_shares_reasons_and_help_that_is_wanted(self, language):
        ratings = [r for p in SAMPLES[language].people for t in p.talks for r in t.ratings]
        assert any(rating.own_share is not None for rating in ratings)
        assert any(rating.reason for rating in ratings)
        assert any(rating.help_wanted for rating in ratings)

    def test_people_differ_in_how_they_like_to_be_spoken_to(self, language):
        people = SAMPLES[language].people
        assert any(person.informal for person in people)
        assert any(person.plain for person in people)
        for person in people:
            assert person.faces == (person.talks[-1].scale == FACES)

    def test_something_was_said_alone_a_document_was_read_and_a_topic_left(self, language):
        talks = [talk for person in SAMPLES[language].people for talk in person.talks]
        said = [one for talk in talks for one in talk.statements]
        assert any(one.alone for one in said)
        assert any(one.voice is Voice.DOCUMENT for one in said)
        assert any(talk.parked for talk in talks)

    def test_a_visit_was_missed_one_called_off_and_things_are_better_avoided(self, language):
        people = SAMPLES[language].people
        statuses = {agreed.status for person in people for agreed in person.not_held}
        assert statuses == set(NOT_HELD)
        assert any(person.avoid for person in people)


def test_a_mistyped_key_does_not_go_unnoticed(tmp_path, monkeypatch):
    text = (paths.resources() / "sample" / "de.toml").read_text("utf-8")
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "de.toml").write_text(text.replace("steps =", "stesp =", 1), "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(ClassValidationError):
        sample("de")


@both
def test_a_colleague_writes_the_first_goal_differently(language):
    found = SAMPLES[language]
    script, goals = found.together, found.visit.goals
    assert len({script.words, script.colleague_words, goals[0].words}) == 3
    assert script.sign != goals[-1].sign
    assert script.step not in {step.what for step in goals[-1].steps}
    assert script.colleague.name != found.coach.name
