"""`quarantine`, `partner`, `escrow` and `case`: what the organisation decides now and then."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire.directory import fingerprint
from central_store.commands.options import (
    DONE,
    NOT_DONE,
    Commands,
    add_key,
    add_place,
    command,
    erasures,
    group,
    now,
    office,
    opened,
)
from central_store.office import erasing, escrow, papers, partners, quarantine, succession
from central_store.office.errors import OfficeError
from central_store.office.escrow import Rewrapped
from central_store.office.keys import OfficeKeys
from central_store.office.papers import EscrowKeys, PartnerCard
from central_store.office.telling import counted, names, printable
from central_store.office.terminal import Terminal, say


def add(commands: Commands) -> None:
    """Add the commands."""
    _add_quarantine(group(commands, "quarantine", "unsent work of laptops that were revoked"))
    _add_partner(group(commands, "partner", "other organisations whose people may be invited"))
    _add_escrow(group(commands, "escrow", "case keys for a coach who lost the laptop"))
    case = group(commands, "case", "cases, by their ids alone")
    add_place(command(case, "unled", _unled, "list the cases that nobody leads any more"))
    lead = command(case, "lead", _lead, "have it signed who leads a case that nobody leads")
    lead.add_argument("id", type=UUID, metavar="ID")
    lead.add_argument("--user", required=True, metavar="ID")
    add_place(lead)
    erase = command(case, "erase", _erase, "erase a case here for ever, and write that down")
    erase.add_argument("id", type=UUID, metavar="ID")
    erase.add_argument("--erasures", type=Path, metavar="FILE", help="where it is written down")
    add_place(erase)


def _add_quarantine(ours: Commands) -> None:
    listed = command(ours, "list", _aside, "list what lies aside")
    release = command(ours, "release", _release, "let it in with the next directory")
    discard = command(ours, "discard", _discard, "delete it for ever")
    for parser in (release, discard):
        parser.add_argument("id", metavar="ID", help="of the laptop")
        parser.add_argument("--case", metavar="ID", help="only what it wrote in this case")
    for parser in (listed, release, discard):
        add_place(parser)


def _add_partner(ours: Commands) -> None:
    card = command(ours, "card", _card, "write the file that a partner organisation is handed")
    card.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_key(card)
    new = command(ours, "add", _partner, "have a partner signed into the next directory")
    new.add_argument("file", type=Path, metavar="FILE", help="the partner's card")
    add_place(new)


def _add_escrow(ours: Commands) -> None:
    prepare = command(ours, "prepare", _escrow_prepare, "write down the sealed keys of a user")
    prepare.add_argument("--user", required=True, metavar="ID")
    prepare.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_place(prepare)
    rewrap = command(ours, "rewrap", _escrow_rewrap, "wrap a user's case keys for the new laptop")
    rewrap.add_argument("file", type=Path, nargs="?", metavar="FILE", help="what `prepare` wrote")
    rewrap.add_argument("--out", type=Path, metavar="FILE", help="for `escrow publish`")
    rewrap.add_argument("--user", metavar="ID", help="on one machine, instead of the two files")
    add_key(rewrap)
    add_place(rewrap)
    publish = command(ours, "publish", _escrow_publish, "lay the keys down for the new laptop")
    publish.add_argument("file", type=Path, metavar="FILE", help="what `rewrap` wrote")
    add_place(publish)


def _aside(asked: argparse.Namespace) -> int:
    found = quarantine.lying_aside(office(asked))
    if not found:
        say("Nothing lies aside.")
    for one in found:
        decides = "the office decides" if one.revoked else "whoever leads the case decides"
        waits = ", to be signed" if one.waits else ""
        say(f"laptop {one.device}  case {one.case}")
        since = f"since {one.since.astimezone():%Y-%m-%d}"
        say(f"    {counted(one.changes, 'change')} {since}; {decides}{waits}")
    return DONE


def _release(asked: argparse.Namespace) -> int:
    done = quarantine.release(office(asked), asked.id, asked.case, now())
    say(f"To be signed: {_how_much(done)}.")
    return DONE


def _discard(asked: argparse.Namespace) -> int:
    ours = office(asked)
    chosen = quarantine.chosen(ours, asked.id, asked.case)
    if not Terminal().agrees(f"Delete {_how_much(chosen)} for ever?"):
        say("Nothing was deleted.")
        return NOT_DONE
    quarantine.discard(ours, asked.id, asked.case)
    say("Deleted.")
    return DONE


def _how_much(aside: Sequence[quarantine.Aside]) -> str:
    changes = counted(sum(one.changes for one in aside), "change")
    return f"{changes} in {counted(len(aside), 'case')}"


def _card(asked: argparse.Namespace) -> int:
    keys = opened(asked).keys
    papers.write(asked.out, partners.partner_card(keys))
    say(f"The card is {asked.out}. It opens the names of your people: hand it over in person,")
    say("delete it afterwards, and read to each other by telephone:")
    say(f"Root key  {fingerprint(keys.public_root)}")
    return DONE


def _partner(asked: argparse.Namespace) -> int:
    card = papers.read(asked.file, PartnerCard)
    say(f"{printable(card.name)} ({printable(card.handle)})")
    say(f"Root key  {fingerprint(card.root)}")
    if not Terminal().agrees("Does the partner read the same digits to you?"):
        say("Nothing was changed.")
        return NOT_DONE
    partners.add_partner(office(asked), card, now())
    say("Waits to be signed into the directory. Delete the card now.")
    return DONE


def _escrow_prepare(asked: argparse.Namespace) -> int:
    paper = escrow.escrow_keys(office(asked), asked.user)
    papers.write(asked.out, paper)
    say(f"Sealed, in {asked.out}: {counted(len(paper.keys), 'key')}.")
    say(f"Next, on the offline machine: escrow rewrap --key KEYS {asked.out} --out FILE")
    return DONE


def _escrow_rewrap(asked: argparse.Namespace) -> int:
    if asked.user:
        ours = office(asked)
        done = _rewrapped(opened(asked).keys, escrow.escrow_keys(ours, asked.user))
        if done is None:
            return NOT_DONE
        count = counted(escrow.put_keys(ours, done), "key")
        say(f"Ready for the laptop, which fetches it by itself: {count}.")
        return DONE
    if not (asked.file and asked.out):
        raise OfficeError(
            "It was not said whose keys are to be wrapped.",
            "No key was opened.",
            "Give the file of `escrow prepare` and --out FILE; or --user ID, on one machine.",
        )
    done = _rewrapped(opened(asked).keys, papers.read(asked.file, EscrowKeys))
    if done is None:
        return NOT_DONE
    papers.write(asked.out, done)
    say(f"Next, at the central store: escrow publish {asked.out}")
    return DONE


def _rewrapped(keys: OfficeKeys, paper: EscrowKeys) -> EscrowKeys | None:
    """The keys for the new laptop, if the two people agree to hand them over."""
    found = escrow.rewrap(keys, paper)
    say(f"Keys of {names(keys, found.directory)[paper.user]}, for:")
    for laptop in found.laptops:
        say(f"  laptop {laptop.id}")
        say(f"    fingerprint {fingerprint(laptop.signing, laptop.receiving)}")
    for case in found.unproven:
        say(f"  left out: keys of case {case}, which no signed record gives this user")
    for case in found.unopened:
        say(f"  left out: a key of case {case}, not wrapped for this escrow key")
    done = found.with_own() if found.own and _agree_to_own(found) else found.paper
    cases = len({key.case for key in done.keys})
    say(f"Cases: {cases}")
    if Terminal().agrees("Hand these keys over?"):
        return done
    say("No key was handed over.")
    return None


def _agree_to_own(found: Rewrapped) -> bool:
    """Whether the two people hand over the cases, too, that nobody else vouches for."""
    cases = dict.fromkeys(key.case for key in found.own)
    say(f"No colleague vouches for {len(cases)} of these cases:")
    say(*(f"  case {one}" for one in cases))
    say("Only laptops of this user, or laptops that are signed off, say that these cases are")
    say("theirs. That is usual for somebody who works alone. But together with whoever runs the")
    say("central store, this user could claim the case of anybody in this way, and read it. Ask")
    say("somebody who knows their work how many such cases they have: say no if these are more.")
    return Terminal().agrees(f"Hand over the keys of these {len(cases)}, too?")


def _escrow_publish(asked: argparse.Namespace) -> int:
    count = escrow.put_keys(office(asked), papers.read(asked.file, EscrowKeys))
    say(f"Ready for the laptop's next exchange: {counted(count, 'key')}.")
    return DONE


def _unled(asked: argparse.Namespace) -> int:
    found = succession.unled(office(asked))
    if not found:
        say("Somebody leads each case.")
    for case, users in found.items():
        say(f"case {case}", *(f"    user {user}" for user in users))
    return DONE


def _lead(asked: argparse.Namespace) -> int:
    ours = office(asked)
    for user in succession.members(ours, asked.id, Role.LEADS):
        say(f"User {user} leads this case now, and stays in it.")
    succession.name_successor(ours, asked.id, asked.user, now())
    say("Waits to be signed. From then on this user's laptop leads the case; if no colleague is")
    say("left in it, hand over its keys, too: escrow prepare, once the laptop has exchanged.")
    return DONE


def _erase(asked: argparse.Namespace) -> int:
    ours, log = office(asked), erasures(asked)
    say(f"Keys, changes and documents of case {asked.id} are deleted here for ever. Laptops keep")
    say("what they have until their people remove it.")
    for user in succession.members(ours, asked.id):
        say(f"Still in it: user {user}")
    if not Terminal().agrees("Erase this case?"):
        say("Nothing was erased.")
        return NOT_DONE
    count = erasing.erase_case(ours, asked.id, log, now())
    say(f"Erased: {counted(count, 'change')}. It is written down in {log}; keep that file apart.")
    return DONE
