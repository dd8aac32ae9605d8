"""What is still open about a conversation, one sentence each; none of them blames anybody."""

from __future__ import annotations

from caseworker_app.domain.talk import Missing
from caseworker_app.domain.write_up import Open, OpenPoint
from caseworker_app.i18n import _, ngettext
from ui.widgets.read_words import domain_words
from ui.widgets.text import isolated

ICONS = {
    Open.RUNNING: "message-circle",
    Open.DRAFT: "pen-line",
    Open.NOTE: "notebook-pen",
    Open.PARKED: "pause",
    Open.UNTOUCHED: "circle",
    Open.ANSWER: "message-circle",
    Open.RATING: "user-round",
    Open.REMEMBERED: "star",
    Open.NEXT_TALK: "calendar",
    Open.PLAN: "file-text",
}


def sentence(point: OpenPoint, name: str, tag: str) -> str:
    """What is open. Words that belong to it are shown below, in their voice."""
    if point.kind is Open.PARKED:
        return _("“{topic}” was left for another time.").format(topic=topics(point, tag))
    if point.kind is Open.UNTOUCHED:
        count = len(point.sections)
        return ngettext(
            "One topic was not talked about.", "{count} topics were not talked about.", count
        )
    if point.kind is Open.ANSWER:
        return _answer(point, name, tag)
    if point.kind is Open.RATING:
        domain = domain_words(point.domain)
        return _("“{domain}” is only half rated.").format(domain=domain)
    return {
        Open.RUNNING: _("The conversation is not finished yet."),
        Open.DRAFT: _("These words were typed and not added:"),
        Open.NOTE: _("This note stands under no topic yet:"),
        Open.REMEMBERED: _("This was remembered for the goals and stands in none yet:"),
        Open.NEXT_TALK: _("No next conversation is agreed."),
        Open.PLAN: _("No plan was printed since then."),
    }[point.kind]


def topics(point: OpenPoint, tag: str) -> str:
    """The topics it is about, as one line."""
    return ", ".join(section.title.to(tag) for section in point.sections)


def action(point: OpenPoint) -> str:
    """On the button that does it, or that leads to where it is done."""
    return {
        Open.RUNNING: _("Go on with the conversation"),
        Open.DRAFT: _("Add them"),
        Open.NOTE: _("Put it under a topic"),
        Open.REMEMBERED: _("To the goals"),
        Open.NEXT_TALK: _("Agree on a day"),
        Open.PLAN: _("To the plan"),
    }.get(point.kind, _("Go there"))


def _answer(point: OpenPoint, name: str, tag: str) -> str:
    question = point.question.text.to(tag) if point.question else ""
    if point.missing is Missing.NOT_KNOWN:
        words = _("{name} did not know: “{question}”")
        return words.format(name=isolated(name), question=question)
    return _("Not asked yet: “{question}”").format(question=question)
