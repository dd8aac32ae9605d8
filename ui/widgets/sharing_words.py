"""Who works with a file, in words: what somebody may do there, and when they last looked."""

from __future__ import annotations

from datetime import date

from caseworker_app.domain.exchange import CaseMember, Colleague, Presence
from caseworker_app.domain.sharing import Role
from caseworker_app.i18n import _
from ui.widgets.exchange_words import when
from ui.widgets.text import isolated


def role_words(role: Role) -> str:
    """What somebody else does with the file."""
    return {
        Role.READS: _("reads along"),
        Role.WRITES: _("writes along"),
        Role.LEADS: _("leads the file"),
    }[role]


def own_role_words(role: Role) -> str:
    """What the coach does with the file."""
    return {
        Role.READS: _("you read along"),
        Role.WRITES: _("you write along"),
        Role.LEADS: _("you lead the file"),
    }[role]


def role_hint(role: Role) -> str:
    """What comes with it."""
    return {
        Role.READS: _("sees everything, changes nothing"),
        Role.WRITES: _("sees everything and adds to it"),
        Role.LEADS: _("also decides who is in the file"),
    }[role]


def who_words(colleague: Colleague) -> str:
    """A name; with the organisation if it is another one."""
    name = isolated(colleague.name)
    if not colleague.organisation:
        return name
    return _("{name}, {organisation}").format(
        name=name, organisation=isolated(colleague.organisation)
    )


def seen_words(member: CaseMember, today: date) -> str:
    """When somebody last looked, and whether there was more by now."""
    if member.is_me or member.presence is Presence.INVITED:
        return ""
    if member.presence is Presence.GONE:
        if member.erased is None:
            return _("has left the file")
        words = _("has left the file; erased on their laptop: {moment}")
        return words.format(moment=when(member.erased, today))
    if member.seen is None:
        return _("has not fetched it yet")
    words = _("has everything, {moment}") if member.up_to_date else _("last fetched it: {moment}")
    return words.format(moment=when(member.seen, today))


def wish_words(member: CaseMember) -> str:
    """What was asked for on this laptop and goes out with the next exchange."""
    words = {
        Presence.INVITED: _("Invited. The invitation goes out with the next exchange."),
        Presence.LEAVING: _("Leaves the file with the next exchange."),
    }
    if member.presence is Presence.CHANGING:
        return _("From the next exchange on: {role}.").format(role=role_words(member.role))
    return words.get(member.presence, "")


def company_words(members: tuple[CaseMember, ...]) -> str:
    """Who else is in a file, short enough for its head."""
    names = [isolated(one.who.name) for one in others_here(members)]
    if not names:
        return ""
    if len(names) > 2:
        more = len(names) - 1
        return _("With {name} and {count} others").format(name=names[0], count=more)
    together = names[0] if len(names) == 1 else _("{first} and {last}").format(
        first=names[0], last=names[1]
    )  # fmt: skip
    return _("With {name}").format(name=together)


def others_here(members: tuple[CaseMember, ...]) -> list[CaseMember]:
    """Everybody but the coach who is in the file. Who is only invited is not there yet."""
    away = (Presence.GONE, Presence.INVITED)
    return [one for one in members if not one.is_me and one.presence not in away]
