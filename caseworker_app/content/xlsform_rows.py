"""The rows of a form that says what a guide says, sheet by sheet, as texts under column names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyxform.constants import RESERVED_NAMES_SURVEY_SHEET

from caseworker_app.content.scales import all_scales
from caseworker_app.content.xlsform_conditions import Asked, figures, write
from caseworker_app.content.xlsform_lists import NO, YES, Choice, yes_no
from caseworker_app.content.xlsform_names import column_of, to_id, to_name, unlike
from caseworker_app.content.xlsform_sheets import CHOICES, OURS, SCALES, SETTINGS, SURVEY
from caseworker_app.content.xlsform_texts import as_text
from caseworker_app.domain.guide import Guide, Option, Question, QuestionKind, Scale, Section, Words
from caseworker_app.domain.talk import NUMBERS

Line = dict[str, str]

YES_NO = "yes_no"
YES_SIGN = "yes"

_CHOSEN = {QuestionKind.CHOICE: "select_one", QuestionKind.CHOICES: "select_multiple"}


def rows(guide: Guide) -> dict[str, list[Line]]:
    """The lines of each sheet. A sheet without lines is not there."""
    found = _Rows(guide)
    sheets = {
        SURVEY: list(found.survey()),
        CHOICES: list(found.choices()),
        SETTINGS: [found.settings()],
        SCALES: [_scale(one) for one in guide.scales if one not in all_scales()],
    }
    return {name: lines for name, lines in sheets.items() if lines}


class _Rows:
    """One guide, with the names that its sections and questions get in the form."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        taken = set(RESERVED_NAMES_SURVEY_SHEET)
        self._asked: dict[str, Asked] = {}
        for section in guide.sections:
            for question in section.questions:
                name = _name(question.id, taken)
                self._asked[question.id] = Asked(
                    question.id, name, question.kind, _options(question)
                )
        self._groups = {section.id: _name(section.id, taken) for section in guide.sections}
        self._lists: dict[str, str] = {}
        lists = {YES_NO}
        for asked in self._asked.values():
            if asked.kind in _CHOSEN:
                self._lists[asked.id] = unlike(asked.name, lists, "_")
                lists.add(self._lists[asked.id])

    def survey(self) -> Iterator[Line]:
        for section in self._guide.sections:
            yield self._group(section)
            for question in section.questions:
                yield self._question(question)
            yield {"type": "end_group"}

    def choices(self) -> Iterator[Line]:
        questions = [one for section in self._guide.sections for one in section.questions]
        if any(one.kind is QuestionKind.YES_NO for one in questions):
            languages = (*self._guide.languages, *self._guide.participant_languages)
            for name, words in (("yes", YES), ("no", NO)):
                said = Words(tuple((one, words.get(one, words["en"])) for one in languages))
                yield {"list_name": YES_NO, "name": name, **_texts("label", said)}
        for question in questions:
            for option in question.options:
                name = self._asked[question.id].options[option.id]
                line = {"list_name": self._lists[question.id], "name": name}
                yield line | _texts("label", option.text) | _its_id(name, option.id)

    def settings(self) -> Line:
        guide = self._guide
        first = guide.languages[0]
        titles = Words(tuple(one for one in guide.title.by_language if one[0] != first))
        return {
            "form_title": as_text(guide.title.to(first)),
            "form_id": guide.id,
            "version": str(guide.version),
            "default_language": column_of(first),
            **_our_texts("title", titles),
            **_our_texts("purpose", guide.purpose),
            **_our_texts("never", guide.never),
            **_ours("participant_languages", " ".join(guide.participant_languages)),
        }

    def _group(self, section: Section) -> Line:
        name = self._groups[section.id]
        return {
            "type": "begin_group",
            "name": name,
            **_texts("label", section.title),
            **self._relevant(section),
            **_ours("pictogram", section.pictogram),
            **_ours("domains", " ".join(section.domains)),
            **_ours("sensitive", YES_SIGN * section.sensitive),
            **_ours("closing", YES_SIGN * section.closing),
            **_its_id(name, section.id),
        }

    def _question(self, question: Question) -> Line:
        name = self._asked[question.id].name
        return {
            **self._kind(question),
            "name": name,
            **_texts("label", question.text),
            **_texts("hint", question.hint),
            **self._relevant(question),
            **_ours("strength", YES_SIGN * question.strength),
            **_its_id(name, question.id),
        }

    def _relevant(self, one: Section | Question) -> Line:
        return {"relevant": write(one.when, self._asked)} if one.when else {}

    def _kind(  # noqa: PLR0911 - one case for each kind
        self, question: Question
    ) -> Line:
        """The type of a question, and what else of its columns says how it is answered."""
        match question.kind:
            case QuestionKind.TEXT | QuestionKind.DATE as kind:
                return {"type": kind.value}
            case QuestionKind.LONG_TEXT:
                return {"type": "text", "appearance": "multiline"}
            case QuestionKind.YES_NO:
                return {"type": f"select_one {YES_NO}"}
            case QuestionKind.CHOICE | QuestionKind.CHOICES as kind:
                line = {"type": f"{_CHOSEN[kind]} {self._lists[question.id]}"}
                return line | _ours("kind", kind.value * _seems_yes_no(question, self._asked))
            case QuestionKind.NUMBER:
                return _number(question)
            case QuestionKind.SCALE:
                scale = self._guide.scale(question.scale)
                line = {"type": "range", "parameters": _range(scale.first, scale.last)}
                return line | _ours("scale", scale.id * (scale.id != NUMBERS))
            case QuestionKind.RATING as kind:
                line = {"type": "range", "parameters": _range(0, 10)}
                return line | _ours("kind", kind.value) | _ours("domains", question.domain)
        return {"type": "text", "appearance": "multiline", **_ours("kind", question.kind.value)}


def _name(given: str, taken: set[str]) -> str:
    name = unlike(to_name(given), taken, "_")
    taken.add(name)
    return name


def _options(question: Question) -> dict[str, str]:
    if question.kind is QuestionKind.YES_NO:
        return {"yes": "yes", "no": "no"}
    return {option.id: option.id.replace("-", "_") for option in question.options}


def _seems_yes_no(question: Question, asked: dict[str, Asked]) -> bool:
    """Whether a choice would be read as a question for yes or no."""
    names = asked[question.id].options
    choices = [_choice(option, names[option.id]) for option in question.options]
    return question.kind is QuestionKind.CHOICE and yes_no(choices) is not None


def _choice(option: Option, name: str) -> Choice:
    return Choice(name, option.id, 0, dict(option.text.by_language))


def _number(question: Question) -> Line:
    """A whole number where it goes on in ones; what else it goes on in stands in our column."""
    bounds = [("." + sign, number) for sign, number in _bounds(question)]
    is_whole = question.step == 1 and all(number.is_integer() for _sign, number in bounds)
    checks = [f"{sign} {figures(number)}" for sign, number in bounds]
    step = "" if is_whole or question.step is None else figures(question.step)
    return {
        "type": "integer" if is_whole else "decimal",
        **({"constraint": " and ".join(checks)} if checks else {}),
        **_ours("step", step),
    }


def _bounds(question: Question) -> Sequence[tuple[str, float]]:
    ends = ((" >=", question.least), (" <=", question.most))
    return [(sign, number) for sign, number in ends if number is not None]


def _scale(scale: Scale) -> Line:
    return {
        "name": scale.id,
        "first": str(scale.first),
        "last": str(scale.last),
        **({"faces": YES_SIGN} if scale.faces else {}),
        **_texts("low", scale.low),
        **_texts("middle", scale.middle),
        **_texts("high", scale.high),
    }


def _range(first: int, last: int) -> str:
    return f"start={first} end={last} step=1"


def _texts(column: str, words: Words) -> Line:
    """A text in the columns of its languages; its other forms stand in our own columns."""
    plain = Words(tuple(one for one in words.by_language if "-" not in one[0]))
    forms = Words(tuple(one for one in words.by_language if "-" in one[0]))
    named = {f"{column}::{column_of(tag)}": as_text(text) for tag, text in plain.by_language}
    return named | _our_texts(column, forms)


def _our_texts(column: str, words: Words) -> Line:
    return {f"{OURS}_{column}_{tag}": as_text(text) for tag, text in words.by_language}


def _ours(column: str, text: str) -> Line:
    return {f"{OURS}_{column}": text} if text else {}


def _its_id(name: str, given: str) -> Line:
    return _ours("id", given * (to_id(name) != given))
