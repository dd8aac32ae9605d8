"""Guides made up at random, with everything that a guide can have: `whole_guides()`."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from caseworker_app.content.guide_file import pictograms
from caseworker_app.content.scales import all_scales
from caseworker_app.domain.condition import (
    All,
    Answered,
    Any,
    Condition,
    Includes,
    Is,
    MoreThan,
    Not,
)
from caseworker_app.domain.guide import (
    FORMS,
    Guide,
    Option,
    Question,
    QuestionKind,
    Scale,
    Section,
    Words,
)
from caseworker_app.domain.life import LIFE_DOMAINS

SENSITIVE = {domain.id for domain in LIFE_DOMAINS if domain.sensitive}
CODES = ("de", "nl", "en", "uk", "ar", "tr")

ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)
numbers = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def spoken(draw: st.DrawFn, languages: tuple[str, ...]) -> Words:
    """A text for the participant: in each language, with some of its forms."""
    pairs = []
    for language in languages:
        more = draw(st.sets(st.sampled_from(FORMS[1:])))
        tags = [
            f"{language}-{form}" if form else language for form in FORMS if not form or form in more
        ]
        pairs += [(tag, draw(texts)) for tag in tags]
    return Words(tuple(pairs))


@st.composite
def told(draw: st.DrawFn, languages: tuple[str, ...]) -> Words:
    """A text for the coach."""
    return Words(tuple((language, draw(texts)) for language in languages))


def leaves(earlier: list[Question]) -> st.SearchStrategy[Condition]:
    """All that can be asked about one of these questions."""
    found: list[st.SearchStrategy[Condition]] = []
    for one in earlier:
        found.append(st.just(Answered(one.id)))
        options = st.sampled_from([option.id for option in one.options] or [""])
        match one.kind:
            case QuestionKind.YES_NO:
                found.append(st.builds(Is, st.just(one.id), st.sampled_from(["yes", "no"])))
            case QuestionKind.CHOICE:
                found.append(st.builds(Is, st.just(one.id), options))
            case QuestionKind.CHOICES:
                found.append(st.builds(Includes, st.just(one.id), options))
            case QuestionKind.NUMBER | QuestionKind.SCALE | QuestionKind.RATING:
                found.append(st.builds(MoreThan, st.just(one.id), numbers))
            case QuestionKind.DATE:
                found.append(st.builds(Is, st.just(one.id), st.dates().map(str)))
            case _:
                pass
    return st.one_of(found)


@st.composite
def conditions(draw: st.DrawFn, earlier: list[Question]) -> Condition | None:
    if not earlier or draw(st.booleans()):
        return None
    parts = st.recursive(
        leaves(earlier),
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple))
            | st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple))
        ),
        max_leaves=4,
    )
    return draw(parts)


@st.composite
def scales(draw: st.DrawFn, languages: tuple[str, ...]) -> Scale:
    faces = draw(st.booleans())
    first = 1 if faces else draw(st.integers(-5, 5))
    last = 5 if faces else first + draw(st.integers(1, 10))
    middle = draw(spoken(languages)) if draw(st.booleans()) else Words(())
    own = draw(ids.filter(lambda name: name not in {scale.id for scale in all_scales()}))
    return Scale(own, first, last, draw(spoken(languages)), draw(spoken(languages)), middle, faces)


@st.composite
def questions(draw: st.DrawFn, name: str, about: Guide, earlier: list[Question]) -> Question:
    languages = (*about.languages, *about.participant_languages)
    kind = draw(st.sampled_from(QuestionKind))
    options: tuple[Option, ...] = ()
    if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        names = draw(st.lists(ids, min_size=2, max_size=3, unique=True))
        options = tuple(Option(one, draw(spoken(languages))) for one in names)
    bounds = sorted(draw(st.lists(numbers, min_size=2, max_size=2)))
    is_number = kind is QuestionKind.NUMBER
    return Question(
        id=name,
        kind=kind,
        text=draw(spoken(languages)),
        hint=draw(told(about.languages)) if draw(st.booleans()) else Words(()),
        options=options,
        strength=draw(st.booleans()),
        when=draw(conditions(earlier)),
        scale=draw(st.sampled_from(about.scales)).id if kind is QuestionKind.SCALE else "",
        domain=draw(st.sampled_from(LIFE_DOMAINS)).id if kind is QuestionKind.RATING else "",
        least=bounds[0] if is_number and draw(st.booleans()) else None,
        most=bounds[1] if is_number and draw(st.booleans()) else None,
        step=draw(numbers.filter(lambda n: n > 0)) if is_number and draw(st.booleans()) else None,
    )


@st.composite
def whole_guides(draw: st.DrawFn) -> Guide:
    """Guides with everything that a guide can have."""
    codes = draw(st.permutations(CODES))
    spoken_by_coach = draw(st.integers(1, 2))
    languages = tuple(codes[:spoken_by_coach])
    more = tuple(codes[spoken_by_coach : spoken_by_coach + draw(st.integers(0, 1))])
    own = draw(st.lists(scales(languages + more), max_size=2, unique_by=lambda scale: scale.id))
    guide = Guide(
        id=draw(ids),
        version=draw(st.integers(1, 10**12)),
        languages=languages,
        participant_languages=more,
        title=draw(spoken(languages + more)),
        purpose=draw(told(languages)),
        never=draw(told(languages)) if draw(st.booleans()) else Words(()),
        scales=(*all_scales(), *own),
        sections=(),
    )
    names = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    earlier: list[Question] = []
    for section_id in draw(st.lists(ids, min_size=1, max_size=len(names), unique=True)):
        when = draw(conditions(list(earlier)))
        here: list[Question] = []
        for _ in range(draw(st.integers(1, 2)) if names else 0):
            if names:
                here.append(draw(questions(names.pop(), guide, [*earlier, *here])))
        if not here:
            break
        domains = draw(st.lists(st.sampled_from(LIFE_DOMAINS), max_size=2, unique=True))
        touched = {domain.id for domain in domains} | {one.domain for one in here}
        section = Section(
            id=section_id,
            title=draw(spoken(languages + more)),
            pictogram=draw(st.sampled_from(pictograms())),
            domains=tuple(domain.id for domain in domains),
            questions=tuple(here),
            sensitive=bool(touched & SENSITIVE) or draw(st.booleans()),
            closing=draw(st.booleans()),
            when=when,
        )
        guide = replace(guide, sections=(*guide.sections, section))
        earlier += here
    return guide
