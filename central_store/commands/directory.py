"""`directory`: prepared at the central store, signed on the offline machine, published."""

from __future__ import annotations

import argparse
from pathlib import Path

from caseworker_app.sync.wire.directory import SignedDirectory
from central_store.commands.options import (
    DONE,
    NOT_DONE,
    Commands,
    add_key,
    add_place,
    command,
    group,
    now,
    office,
    opened,
    terminal,
)
from central_store.office import papers, publishing, wishes
from central_store.office.directory import build_directory, sign_directory
from central_store.office.errors import OfficeError
from central_store.office.key_file import KeyFile
from central_store.office.papers import Signed, Wishes
from central_store.office.publishing import publish
from central_store.office.telling import NEW_LAPTOP, counted
from central_store.office.terminal import say
from central_store.office.wishes import prepare


def add(commands: Commands) -> None:
    """Add the commands."""
    ours = group(commands, "directory", "the signed list of people, laptops and partners")
    prepare = command(ours, "prepare", _prepare, "write down what is to be signed")
    prepare.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_place(prepare)

    sign = command(ours, "sign", _sign, "show what is new and sign it, on the offline machine")
    sign.add_argument("file", type=Path, nargs="?", metavar="FILE", help="what `prepare` wrote")
    sign.add_argument(
        "--out", type=Path, metavar="FILE", help="the signed directory; keep each of them"
    )
    sign.add_argument(
        "--here",
        action="store_true",
        help="prepare, sign and publish on one machine: for a small office",
    )
    add_key(sign)
    add_place(sign)

    publish = command(ours, "publish", _publish, "put a signed directory in force")
    publish.add_argument("file", type=Path, metavar="FILE", help="what `sign` wrote")
    add_place(publish)


def _prepare(asked: argparse.Namespace) -> int:
    wishes = prepare(office(asked))
    papers.write(asked.out, wishes)
    say(f"{counted(len(wishes.asked), 'change')} to be signed: all of it is in {asked.out}.")
    say(f"Next, on the offline machine: directory sign --key KEYS {asked.out} --out SIGNED")
    return DONE


def _sign(asked: argparse.Namespace) -> int:
    if asked.here:
        return _sign_here(asked)
    if not (asked.file and asked.out):
        raise OfficeError(
            "It was not said what is to be signed, or where the signed directory shall go.",
            "Nothing was signed.",
            "Give the file of `directory prepare` and --out FILE; or --here, on one machine.",
        )
    signed = _decided(asked, opened(asked), papers.read(asked.file, Wishes))
    if signed is None:
        return NOT_DONE
    papers.write(asked.out, signed)
    say(f"Next, at the central store: directory publish {asked.out}")
    return DONE


def _sign_here(asked: argparse.Namespace) -> int:
    ours = office(asked)
    signed = _decided(asked, opened(asked), wishes.prepare(ours))
    if signed is None:
        return NOT_DONE
    if asked.out:
        papers.write(asked.out, signed)
    version = publishing.publish(ours, signed, now())
    say(f"Version {version} of the directory is in force.")
    if not asked.out:
        say("With --out FILE it is kept in a file, too: it goes back from there after a restore.")
    return DONE


def _decided(asked: argparse.Namespace, file: KeyFile, wishes: Wishes) -> Signed | None:
    """What two people signed, having read what is new; None when they did not."""
    proposal = build_directory(file.keys, wishes, now())
    if not proposal.changes:
        return _last_again(file, wishes)
    say(f"Version {proposal.directory.version} of the directory of “{file.keys.name}”:", "")
    say(*(f"  {line}" for line in proposal.changes), "")
    if any(line.startswith(NEW_LAPTOP) for line in proposal.changes):
        say("Compare each new laptop's fingerprint with what its coach reads to you.")
    if not terminal(asked).agrees("Sign this?"):
        say("Nothing was signed.")
        return None
    signed, keys = sign_directory(file.keys, proposal)
    file.with_keys(keys)
    return Signed(signed, wishes.asked)


def _last_again(file: KeyFile, wishes: Wishes) -> Signed | None:
    """What was signed last, where the central store has an older one: a backup was put back."""
    last, there = file.keys.last, wishes.previous
    if last is None or _version(there) >= last.directory.version:
        say("Nothing is new. Nothing was signed.")
        return None
    say(f"Nothing is new. But the central store has version {_version(there)} of the directory,")
    say(f"and version {last.directory.version} was signed with this key file: that one again.")
    return Signed(last, wishes.asked)


def _version(signed: SignedDirectory | None) -> int:
    return signed.directory.version if signed else 0


def _publish(asked: argparse.Namespace) -> int:
    version = publish(office(asked), papers.read(asked.file, Signed), now())
    say(f"Version {version} of the directory is in force. Laptops fetch it by themselves.")
    return DONE
