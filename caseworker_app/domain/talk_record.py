"""A conversation becomes a paper: who met, what was said, how the person sees their life.

It gets what may be printed and nothing else, so that nothing can slip onto the paper from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.people import CaseFile, Profile
from caseworker_app.domain.picture import Picture
from caseworker_app.domain.record_picture import picture_blocks
from caseworker_app.domain.record_topics import Topics
from caseworker_app.domain.speech import Speech, isolated
from caseworker_app.domain.talk import TalkStatus, Voice
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.domain.talk_paper import Block, Facts, Framed, Heading, Quotes, TalkPaper
from caseworker_app.domain.talk_view import Talk

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True, repr=False)
class Around:
    """What stands on the paper besides the conversation. `languages`: names by their codes."""

    coach: Profile
    file: CaseFile
    languages: Mapping[str, str]
    made: date


def record(
    talk: Talk, picture: Picture, choice: PaperChoice, around: Around, texts: Speech
) -> TalkPaper:
    """The paper of what may be printed of a conversation. `texts` speak its language."""
    name, tag = isolated(talk.person.short_name), talk.form(choice.language)
    only = texts.gettext("Only for {name}").format(name=name) if choice.for_one else ""
    marks = (_day(talk, texts), only, _file_number(around, texts))
    return TalkPaper(
        language=choice.language,
        size=choice.size,
        made=around.made,
        title=texts.gettext("Our conversation"),
        person=talk.person.name,
        marks=tuple(mark for mark in marks if mark),
        author=talk.coach,
        kind=texts.gettext("Record of a conversation – not an official decision"),
        blocks=(
            Facts(tuple(_facts(talk, around, texts, tag))),
            *_own_words(talk, texts),
            *Topics(talk, picture, texts, tag).blocks(),
            *picture_blocks(picture, name, texts, tag),
            _about(around, texts),
        ),
    )


def _facts(talk: Talk, around: Around, texts: Speech, tag: str) -> Iterator[tuple[str, str]]:
    held, coach = talk.conversation, around.coach
    language = around.languages.get(held.language, held.language)
    interpreter = held.interpreter.strip()
    guide = texts.gettext("{title}, version {version}")
    known = (
        (texts.gettext("When"), _moment(talk, texts)),
        (texts.gettext("Where"), held.place.strip()),
        (texts.gettext("Who was there"), held.present.strip()),
        (texts.gettext("Language"), language),
        (texts.gettext("Interpreter"), interpreter),
        (
            texts.gettext("Written down by"),
            ", ".join(filter(None, (coach.name, coach.organisation))),
        ),
        (
            texts.gettext("Guide"),
            guide.format(title=talk.guide.title.to(tag), version=talk.guide.version),
        ),
    )
    yield from ((what, words) for what, words in known if words)


def _moment(talk: Talk, texts: Speech) -> str:
    """The day, and from when to when; whether it is over."""
    started, finished = talk.conversation.started, talk.conversation.finished
    if started is None:
        return ""
    begun = started.astimezone()
    day, start = texts.weekday_year(begun.date()), texts.clock(begun.time())
    if talk.conversation.status is TalkStatus.RUNNING or finished is None:
        sentence = texts.gettext("{day}, from {start}, not finished yet")
        return sentence.format(day=day, start=start)
    sentence = texts.gettext("{day}, {start} to {end}")
    return sentence.format(day=day, start=start, end=texts.clock(finished.astimezone().time()))


def _own_words(talk: Talk, texts: Speech) -> Iterator[Block]:
    """What the person said and wants remembered stands before everything else."""
    said = [one for one in talk.remembered if one.voice is Voice.PARTICIPANT]
    quotes = tuple(texts.quoted(one.words.strip()) for one in said[:MOST_QUOTES])
    if quotes:
        yield Heading(texts.gettext("What is important to me"))
        yield Quotes(quotes)


def _about(around: Around, texts: Speech) -> Framed:
    coach = around.coach
    lines = [
        texts.gettext("This is what was said and noted in our conversation. It decides nothing."),
        texts.gettext("I may read it, say what is wrong in it, and have that put right."),
    ]
    reach = (
        (texts.gettext("Telephone: {value}"), coach.phone.strip()),
        (texts.gettext("E-mail: {value}"), coach.email.strip()),
    )
    lines += [sentence.format(value=isolated(value)) for sentence, value in reach if value]
    return Framed(texts.gettext("About this paper"), tuple(lines))


def _day(talk: Talk, texts: Speech) -> str:
    started = talk.conversation.started
    return texts.day(started.astimezone().date()) if started else ""


def _file_number(around: Around, texts: Speech) -> str:
    number = around.file.number.strip()
    return texts.gettext("File {number}").format(number=number) if number else ""
