"""What a plan says, line by line, to be read or heard: the same sentences as on paper."""

from __future__ import annotations

from collections.abc import Iterator

from caseworker_app.domain import life
from caseworker_app.domain.plan import PlanContent, PlanGoal, PlanStep
from caseworker_app.i18n import Texts, beginning
from ui.forms.paper_lines import PaperLine


def plan_lines(content: PlanContent, texts: Texts) -> tuple[PaperLine, ...]:
    """The whole plan in the order in which it is read. `texts` speak the plan's language."""
    lines = (
        *_head(content, texts),
        *_own_words(content, texts),
        *_goals(content, texts),
        *_put_aside(content, texts),
        *_next_talk(content, texts),
        *_rights(content, texts),
        *_signatures(content, texts),
    )
    return tuple(line for line in lines if line.words.strip())


def _head(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    yield PaperLine("title", texts.gettext("My plan"))
    yield PaperLine("words", content.person)
    yield PaperLine("words", texts.day(content.made))
    version = texts.gettext("Version {number}").format(number=content.number)
    yield PaperLine("words", version if content.number else texts.gettext("Draft"))
    if content.case_number:
        number = texts.gettext("File {number}").format(number=content.case_number)
        yield PaperLine("words", number)


def _own_words(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    if content.important:
        yield PaperLine("heading", texts.gettext("What is important to me"))
        yield from (PaperLine("item", texts.quoted(words)) for words in content.important)
    if content.going_well:
        yield PaperLine("heading", texts.gettext("What is going well"))
        yield from (PaperLine("item", words) for words in content.going_well)


def _goals(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    for number, goal in enumerate(content.goals, 1):
        yield from _goal(goal, number, texts)
    if not content.goals:
        yield PaperLine("words", texts.gettext("There are no goals in this plan yet."))


def _goal(goal: PlanGoal, number: int, texts: Texts) -> Iterator[PaperLine]:
    caption = texts.gettext("My goal {number}").format(number=number)
    domain = life.BY_ID.get(goal.domain)
    yield PaperLine("heading", f"{caption} · {texts.gettext(domain.short)}" if domain else caption)
    yield PaperLine("words", texts.quoted(goal.words))
    if goal.sign:
        yield PaperLine("words", f"{texts.gettext('How I will notice')}: {goal.sign}")
    if goal.confidence is not None:
        sure = texts.gettext("How sure I am: {confidence} of 10")
        yield PaperLine("words", sure.format(confidence=goal.confidence))
    yield from (PaperLine("item", _step(step, texts)) for step in goal.steps)


def _step(step: PlanStep, texts: Texts) -> str:
    """A row of the table with the head of each column before its cell."""
    due = texts.weekday_year(step.due) if step.due else texts.gettext("no day yet")
    cells = (
        (texts.gettext("What"), step.what),
        (texts.gettext("Who"), step.who),
        (texts.gettext("With whom"), step.with_whom),
        (texts.gettext("By when"), due),
    )
    parts = [f"{head}: {cell.strip()}" for head, cell in cells if cell.strip()]
    done = texts.gettext("done") if step.done else texts.gettext("not done yet")
    return "; ".join([*parts, done])


def _put_aside(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    if content.put_aside:
        yield PaperLine("heading", texts.gettext("Not now"))
    for one in content.put_aside:
        yield PaperLine("item", one.words)
        if one.reason:
            reason = texts.gettext("My reason: {reason}").format(reason=one.reason)
            yield PaperLine("words", reason)


def _next_talk(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    yield PaperLine("heading", texts.gettext("We talk again"))
    at = content.next_talk_at
    if at is None:
        yield PaperLine("words", texts.gettext("We still have to agree on the day."))
    else:
        moment = texts.gettext("{day}, at {time}")
        day, time = texts.weekday_year(at.date()), texts.clock(at)
        yield PaperLine("words", beginning(moment.format(day=day, time=time)))
    yield PaperLine("words", content.next_talk_place)
    yield PaperLine("words", ", ".join(who for who in (content.coach, content.organisation) if who))
    if content.phone:
        yield PaperLine("words", texts.gettext("Telephone: {value}").format(value=content.phone))
    if content.email:
        yield PaperLine("words", texts.gettext("E-mail: {value}").format(value=content.email))


def _rights(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    yield PaperLine("heading", texts.gettext("What we do if something does not work"))
    call = texts.gettext("I call {coach}.") if content.coach else texts.gettext("I call my coach.")
    yield PaperLine("words", call.format(coach=content.coach))
    together = texts.gettext(
        "Then we look together: What stood in the way? What do we want to change?"
        " Nobody is to blame. A plan may change."
    )
    yield PaperLine("words", together)
    yield PaperLine("heading", texts.gettext("My rights"))
    complain = texts.gettext("If I am not satisfied, I may complain.")
    if content.organisation:
        complain = texts.gettext("If I am not satisfied, I may complain to {organisation}.")
    for right in (
        texts.gettext("I get a copy of this plan."),
        texts.gettext("I may change the plan at any time."),
        texts.gettext("I may say no, to a single step too."),
        texts.gettext("A person I trust may come to every talk."),
        texts.gettext("I can get advice that is free and independent."),
        complain.format(organisation=content.organisation),
    ):
        yield PaperLine("item", right)


def _signatures(content: PlanContent, texts: Texts) -> Iterator[PaperLine]:
    yield PaperLine("heading", texts.gettext("Signatures"))
    read = texts.gettext("We have read this plan together and talked about it.")
    yield PaperLine("words", read)
    place = texts.gettext("Place and date")
    yield from (PaperLine("item", f"{name}: {place}") for name in content.signers if name)
    yield PaperLine("words", texts.gettext("I received a copy on:"))
    decision = texts.gettext("Conversation plan – not an official decision")
    yield PaperLine("words", decision)
