"""What two people wrote differently, said calmly: where it stands, who wrote what, what was there.

The word "conflict" is never said: nobody did anything wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from caseworker_app.domain.disputes import Author, Dispute, Side
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.field_names import field_name
from caseworker_app.domain.goals import Goal, Step
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.people import ContactNote, Document, Relation
from caseworker_app.domain.plan import PlanVersion
from caseworker_app.domain.talk import Conversation, Rating, Statement, Topic, Voice
from caseworker_app.i18n import _, texts, translated
from ui.widgets.read_words import domain_words
from ui.widgets.text import isolated
from ui.widgets.value_words import asked, moment_words, tag_of, value_words

# Where the place says already which words they are, the field is not named beside it.
_SAYS_ALL = {
    ("goal", "words"),
    ("step", "what"),
    ("statement", "words"),
    ("contact_note", "words"),
    ("answer", "value"),
}
# Texts that are said or read as sentences; other texts are names, numbers and addresses.
_SENTENCES = _SAYS_ALL | {
    ("goal", "sign"),
    ("goal", "reason"),
    ("rating", "reason"),
    ("relation", "note"),
    ("person", "good_to_know"),
    ("person", "avoid"),
    ("conversation", "reason"),
}
_OWN = {("goal", "words"), ("goal", "sign"), ("goal", "reason"), ("rating", "reason")}

ICONS = {
    "person": "user-round",
    "relation": "users",
    "contact_note": "notebook-pen",
    "conversation": "message-circle",
    "statement": "quote",
    "answer": "message-circle",
    "topic": "message-circle",
    "prompt": "message-circle",
    "step": "list-checks",
    "goal": "target",
}


def title_words(dispute: Dispute) -> str:
    """What happened, in one sentence at the head of the page."""
    if dispute.is_removal:
        return _("Changed and removed at the same time")
    authors = [author for side in dispute.sides for author in side.authors]
    if len(authors) == 2 and any(author.mine for author in authors):
        return _("You both changed this")
    return _("Several people changed this")


def lead_words(dispute: Dispute) -> str:
    """What is safe and what to do."""
    if dispute.is_removal:
        return _("Nothing is lost. Choose whether it stays.")
    name = _name(dispute)
    if not name:
        return _("Nothing is lost. Choose what is right.")
    return _("Nothing is lost. Choose what is right, best together with {name}.").format(name=name)


def where_words(dispute: Dispute) -> str:
    """Whose file it is, the thing in it, and the field of it, on one line."""
    person = isolated(dispute.person.name) if dispute.person else ""
    return " · ".join(part for part in (person, thing_words(dispute), field_words(dispute)) if part)


def thing_words(dispute: Dispute) -> str:
    """The thing in the file, such as a goal with its number; "" for what belongs to the person."""
    named = _THINGS.get(dispute.about.kind)
    return named(dispute, dispute.about) if named else ""


def field_words(dispute: Dispute) -> str:
    """The field, where it has to be named."""
    if dispute.is_removal or (dispute.about.kind, dispute.field) in _SAYS_ALL:
        return ""
    return translated(field_name(dispute.about.kind, dispute.field))


def context_words(dispute: Dispute) -> str:
    """What else helps to know which one is meant: the question, the step, the words of the goal."""
    about = dispute.about
    if any(name in ("words", "what") for side in dispute.sides for name, _value in side.changed):
        return ""  # it stands on a side already
    if isinstance(about, Step) and dispute.field != "what":
        return texts().quoted(about.what) if about.what else ""
    if isinstance(about, Goal) and dispute.field != "words":
        return texts().quoted(about.words) if about.words else ""
    question = asked(dispute)
    return question.text.to(tag_of(dispute)) if question else ""


def before_words(dispute: Dispute) -> str:
    """What stood there before; "" where that is not known."""
    if not dispute.before_known:
        return ""
    words = value_words(dispute, dispute.field, dispute.before)
    if not words:
        return _("Before, nothing stood here.")
    if isinstance(dispute.before, str):
        words = texts().quoted(words)
    return _("Before: {words}").format(words=words)


def who_words(side: Side) -> str:
    """Everybody who wrote this side."""
    return " · ".join(_author(author) for author in side.authors)


def when_words(side: Side, today: date) -> str:
    """When it was last written, by the clock of that laptop."""
    return moment_words(side.at, today)


def is_spoken(dispute: Dispute) -> bool:
    """Whether somebody else than a coach said it: then it stands in quotation marks."""
    about = dispute.about
    if isinstance(about, Statement):
        return dispute.field == "words" and about.voice is not Voice.COACH
    return (about.kind, dispute.field) in _OWN


def is_sentence(dispute: Dispute) -> bool:
    """Whether it is read as a sentence rather than looked up."""
    return (dispute.about.kind, dispute.field) in _SENTENCES


def is_own_words(dispute: Dispute) -> bool:
    """Whether these are the participant's own words, which nobody may put right for them."""
    about = dispute.about
    if isinstance(about, Statement) and about.voice is not Voice.PARTICIPANT:
        return False
    return is_spoken(dispute)


def pictogram_of(dispute: Dispute) -> str:
    """The picture of the part of life it is about, if it is about one."""
    setting = dispute.setting
    domain = getattr(dispute.about, "domain", "") or (setting.goal.domain if setting.goal else "")
    return BY_ID[domain].pictogram if domain in BY_ID else ""


def history_words(dispute: Dispute) -> str:
    """What becomes of the side that is not chosen."""
    if dispute.is_removal:
        return _("Whatever you choose, all of it stays in the history.")
    if is_own_words(dispute) and _name(dispute):
        words = _("These are {name}’s own words. All of them stay in the history.")
        return words.format(name=_name(dispute))
    return _("What you do not choose stays in the history.")


def write_words(dispute: Dispute) -> str:
    """What is offered beside the sides."""
    if is_own_words(dispute) and _name(dispute):
        return _("Or write it down the way {name} says it").format(name=_name(dispute))
    if is_sentence(dispute):
        return _("Or write one sentence that is right for both")
    return _("Or write something else")


def use_words(dispute: Dispute) -> str:
    """On the button that lets stand what was written."""
    return _("Use this sentence") if is_sentence(dispute) else _("Use this")


def keep_words(dispute: Dispute, side: Side) -> str:
    """On the button that lets a side stand."""
    if dispute.is_removal:
        return _("It goes") if side.value else _("It stays")
    return _("Keep this text") if is_sentence(dispute) else _("Keep this")


def _name(dispute: Dispute) -> str:
    return isolated(dispute.person.short_name) if dispute.person else ""


def _author(author: Author) -> str:
    if author.mine:
        return _("You, on this laptop")
    return isolated(author.name) if author.name else _("Somebody on another laptop")


def _goal(dispute: Dispute, _about: Entity) -> str:
    number = dispute.setting.number
    return _("Goal {number}").format(number=number) if number else _("Goal")


def _step(dispute: Dispute, _about: Entity) -> str:
    number = dispute.setting.number
    return _("Step towards goal {number}").format(number=number) if number else _("Step")


def _statement(dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Statement)
    who = {Voice.PARTICIPANT: _name(dispute)}.get(about.voice, isolated(about.speaker))
    if about.voice is Voice.COACH:
        return _("What the coach noticed")
    return _("What {name} said").format(name=who) if about.speaker or who else _("What was said")


def _talk(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Conversation)
    moment: datetime | None = about.started or about.planned_for
    if moment is None:
        return _("Conversation")
    day = texts().day(moment.astimezone().date())
    return _("{what}, {day}").format(what=_("Conversation"), day=day)


def _rating(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Rating)
    return domain_words(about.domain)


def _note(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, ContactNote)
    if about.at is None:
        return _("Note")
    return _("{what}, {day}").format(what=_("Note"), day=texts().day(about.at.astimezone().date()))


def _relation(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Relation)
    return isolated(about.name) if about.name else _("Household and network")


def _paper(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Document)
    return isolated(about.name)


def _plan(_dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, PlanVersion)
    return _("Plan, version {number}").format(number=about.number)


def _topic(dispute: Dispute, about: Entity) -> str:
    assert isinstance(about, Topic)
    return value_words(dispute, "section", about.section)


def _answer(_dispute: Dispute, _about: Entity) -> str:
    return _("Answer")


_THINGS: dict[str, Callable[[Dispute, Entity], str]] = {
    "goal": _goal,
    "step": _step,
    "statement": _statement,
    "conversation": _talk,
    "rating": _rating,
    "contact_note": _note,
    "relation": _relation,
    "document": _paper,
    "plan_version": _plan,
    "topic": _topic,
    "answer": _answer,
}
