"""How the exchange stands, in words: one sentence for each state, calm in all of them.

"Handed over" is said only of what the central store has given a receipt for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QLocale

from caseworker_app.domain.exchange import Arrived, ExchangeView, Kept, Standing, Waiting
from caseworker_app.domain.sharing import Role
from caseworker_app.i18n import _, beginning, ngettext, texts
from ui.widgets.day_words import day_words
from ui.widgets.text import isolated


@dataclass(frozen=True, slots=True)
class Said:
    """A picture, a short title and a sentence. `warn` when it needs the coach."""

    icon: str
    title: str
    sentence: str
    warn: bool = False


_ICONS = {
    Standing.ALONE: "laptop",
    Standing.PENDING: "clock",
    Standing.OFFLINE: "cloud-off",
    Standing.WORKING: "refresh-cw",
    Standing.DONE: "cloud",
    Standing.TROUBLE: "circle-alert",
    Standing.REVOKED: "lock",
}


def when(moment: datetime, today: date) -> str:
    """A moment as it is said beside a name: today, 10:21."""
    local = moment.astimezone()
    return _("{day}, {time}").format(day=_near(local.date(), today), time=texts().clock(local))


def _near(day: date, today: date) -> str:
    """A day of the last week is called by its name, as one speaks of it."""
    if 1 < (today - day).days < 7:
        return QLocale(texts().language).dayName(day.isoweekday())
    return day_words(day, today)


def waiting_words(count: int) -> str:
    """How much has no receipt yet."""
    return ngettext("{count} change waits", "{count} changes wait", count)


# --- the card of the rail ----------------------------------------------------------------------


def on_the_rail(view: ExchangeView, today: date) -> Said:
    """The few words of the rail."""
    if view.standing is Standing.ALONE:
        return Said(
            "shield-check", _("Everything is safe"), _("Kept and encrypted on this laptop.")
        )
    if view.decisions and view.standing is not Standing.WORKING:
        words = ngettext("{count} entry is open", "{count} entries are open", view.decisions)
        return Said("git-compare", _("Needs your decision"), words, warn=True)
    titles = {
        Standing.PENDING: _("Not confirmed yet"),
        Standing.OFFLINE: _("No connection to the server"),
        Standing.WORKING: _("Exchanging …"),
        Standing.DONE: _("Exchanged"),
        Standing.TROUBLE: _("No exchange at the moment"),
        Standing.REVOKED: _("Signed off"),
    }
    waits = waiting_words(view.changes_waiting) if view.changes_waiting else ""
    last = beginning(when(view.last_done, today)) if view.last_done else ""
    fallback = last if view.standing is Standing.DONE and last else _("Everything is safe here.")
    return Said(
        _ICONS[view.standing],
        titles[view.standing],
        waits or fallback,
        warn=view.standing is Standing.TROUBLE,
    )


# --- the page ----------------------------------------------------------------------------------


def on_the_page(view: ExchangeView, today: date) -> Said:
    """The sentence of the page, and what belongs to it."""
    title, sentence = _SAYING[view.standing](view, today)
    return Said(_ICONS[view.standing], title, sentence, warn=view.standing is Standing.TROUBLE)


def since(view: ExchangeView, today: date) -> str:
    """When it was exchanged last."""
    if view.last_done is None:
        return _("Not exchanged yet.")
    return _("Last exchanged: {moment}.").format(moment=when(view.last_done, today))


def _alone(_view: ExchangeView, _today: date) -> tuple[str, str]:
    return (
        _("Everything is on this laptop alone."),
        _("Kept and encrypted. Nobody else can read it, and nobody else has it."),
    )


def _pending(_view: ExchangeView, _today: date) -> tuple[str, str]:
    return (
        _("Your organisation still has to confirm this laptop."),
        _("Until then everything stays here, safe. It goes on by itself."),
    )


def _offline(view: ExchangeView, today: date) -> tuple[str, str]:
    goes_on = _("It goes on by itself as soon as the server can be reached again.")
    title = _("No connection to the server. Everything is safe on this laptop.")
    return title, f"{since(view, today)} {goes_on}"


def _working(view: ExchangeView, today: date) -> tuple[str, str]:
    goes_on = _("You can go on working.")
    return _("Exchanging …"), f"{since(view, today)} {goes_on}"


def _done(view: ExchangeView, today: date) -> tuple[str, str]:
    if view.changes_waiting:
        words = _("It is handed over with the next exchange, in a few minutes.")
        return f"{waiting_words(view.changes_waiting)}.", f"{since(view, today)} {words}"
    return _("All your work is handed over."), since(view, today)


def _trouble(view: ExchangeView, today: date) -> tuple[str, str]:
    happened, safe, to_do = view.problem or (
        _("The exchange does not work at the moment."),
        _("Everything is safe on this laptop."),
        "",
    )
    return happened, " ".join(part for part in (safe, to_do, since(view, today)) if part)


def _revoked(_view: ExchangeView, _today: date) -> tuple[str, str]:
    return (
        _("Your organisation has signed this laptop off."),
        _("What you wrote is handed in first. Then this laptop forgets all files."),
    )


_SAYING: dict[Standing, Callable[[ExchangeView, date], tuple[str, str]]] = {
    Standing.ALONE: _alone,
    Standing.PENDING: _pending,
    Standing.OFFLINE: _offline,
    Standing.WORKING: _working,
    Standing.DONE: _done,
    Standing.TROUBLE: _trouble,
    Standing.REVOKED: _revoked,
}


def remarks(view: ExchangeView, today: date) -> list[tuple[str, str]]:
    """What else is to be known: an icon and a sentence each."""
    found = []
    if view.gone_back is not None:
        moment = when(view.gone_back, today)
        words = _(
            "The server was set back to an earlier state (noticed: {moment}). "
            "This laptop has given everything back to it."
        )
        found.append(("history", words.format(moment=moment)))
    if view.clock_is_off:
        found.append((
            "clock",
            _("The clock of this laptop is wrong. Nothing is lost; please set the time."),
        ))  # fmt: skip
    if view.update_needed:
        found.append((
            "download",
            _("There is a newer version of Caseworker. Please install it: until then some "
              "entries of others are kept, but not shown."),
        ))  # fmt: skip
    if view.moving:
        found.append((
            "file-text",
            ngettext("{count} document is on its way.", "{count} documents are on their way.",
                     view.moving),
        ))  # fmt: skip
    return found


# --- what waits, what arrived, what is here ----------------------------------------------------

_TALK, _GOALS, _PLAN = "message-circle", "list-checks", "file-text"
_GROUPS = {
    "conversation": _TALK, "statement": _TALK, "answer": _TALK, "rating": _TALK, "topic": _TALK,
    "prompt": _TALK, "left_open": _TALK, "goal": _GOALS, "step": _GOALS, "plan_version": _PLAN,
    "contact_note": "notebook-pen", "document": "file-text", "person": "user-round",
    "relation": "users", "case_file": "user-round", "guide_file": _TALK,
}  # fmt: skip


def _kind_words(kind: str) -> str:
    if _GROUPS.get(kind) == _TALK:
        return _("conversation")
    return {
        "goal": _("goals"), "step": _("steps"), "plan_version": _("plan"),
        "contact_note": _("note"), "document": _("document"), "person": _("personal details"),
        "relation": _("household and network"), "case_file": _("file"),
    }.get(kind, _("changes"))  # fmt: skip


def waiting_icon(waiting: Waiting) -> str:
    """The picture of what waits most."""
    return _GROUPS.get(next(iter(waiting.kinds), ""), "pen-line")


def waiting_title(waiting: Waiting) -> str:
    """Of whom, and what: at most two things."""
    kinds = list(dict.fromkeys(_kind_words(kind) for kind in waiting.kinds))[:2]
    name = isolated(waiting.name)
    return f"{name}: {listed(kinds)}" if kinds else name


def waiting_meta(waiting: Waiting, today: date) -> str:
    """When it was written, and how much it is."""
    since, until = waiting.since.astimezone(), waiting.until.astimezone()
    moment = when(since, today)
    if until.date() != since.date():
        moment = _("{since} until {until}").format(since=moment, until=when(until, today))
    elif texts().clock(until) != texts().clock(since):
        moment = _("{day}, {since} until {until}").format(
            day=_near(since.date(), today),
            since=texts().clock(since),
            until=texts().clock(until),
        )
    return f"{beginning(moment)} · {changes_words(waiting.changes)}"


def changes_words(count: int) -> str:
    """How many changes."""
    return ngettext("{count} change", "{count} changes", count)


def arrived_meta(arrived: Arrived, today: date) -> str:
    """How much came, from whom, when."""
    moment = when(arrived.at, today)
    if not arrived.by:
        return f"{changes_words(arrived.changes)} · {moment}"
    from_whom = _("from {names}").format(names=listed([isolated(one) for one in arrived.by]))
    return f"{changes_words(arrived.changes)} {from_whom} · {moment}"


def kept_meta(kept: Kept) -> str:
    """Who else works with a file."""
    if kept.taken_away:
        return _("leaves this laptop as soon as all is handed in")
    if not kept.others:
        return _("only you")
    shown = [isolated(one) for one in kept.others[:2]]
    if len(kept.others) > 2:
        more = len(kept.others) - 1
        shown = [shown[0], ngettext("{count} other", "{count} others", more)]
    return _("with {names}").format(names=listed(shown))


def kept_right(kept: Kept) -> str:
    """What the coach may do there; leading and working alone go without saying."""
    words = {Role.READS: _("you read"), Role.WRITES: _("you write")}
    return words.get(kept.my_role, "") if kept.my_role else ""


def gone_words(view: ExchangeView) -> list[str]:
    """A sentence for each file that has left this laptop."""
    sentences = []
    for one in view.gone:
        words = _("The file of {name} has left this laptop.")
        if one.leads:
            words = _("{leads} leads the file of {name} now. It has left this laptop.")
        sentences.append(words.format(name=isolated(one.name), leads=isolated(one.leads)))
    return sentences


def listed(words: Sequence[str]) -> str:
    """Words in a row: one, two and three."""
    *first, last = words or ("",)
    if not first:
        return last
    return _("{first} and {last}").format(first=", ".join(first), last=last)
