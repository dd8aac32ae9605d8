"""The command `caseworker`: opens the program, or does one thing for IT without a window.

Everything is imported by the command that needs it, so that opening the program costs nothing
extra.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app import __version__, i18n

if TYPE_CHECKING:
    import argparse

    from caseworker_app.content.desk import Problem

CLEAN, NOT_CLEAN, USAGE = 0, 1, 2
MOST_PASSPHRASE_BYTES = 4096


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for. 0: done and clean, 1: not, 2: asked for wrongly."""
    words = sys.argv[1:] if arguments is None else arguments
    if not words:
        return _open()
    asked = _parser().parse_args(words)
    command = asked.command
    if command is None:
        return _open(asked.folder)
    i18n.use(_language())
    from caseworker_app.errors import CaseworkerError
    from caseworker_app.vault.machine import harden_process

    harden_process()
    try:
        return int(_COMMANDS[command](asked))
    except CaseworkerError as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return NOT_CLEAN


def _open(folder: Path | None = None) -> int:
    gc.disable()  # nothing of the start is garbage; the window collects when it has time
    from ui.app import run

    return run(folder)


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="caseworker", description="Without a command: open the program."
    )
    parser.add_argument("--version", action="version", version=f"caseworker {__version__}")
    parser.add_argument("--folder", type=Path, help="the folder of the store to open")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    demo = commands.add_parser("demo", help="make two fictional visits through the real windows")
    demo.add_argument("--out", type=Path, required=True, help="where pictures and plans go")
    demo.add_argument("--lang", choices=i18n.LANGUAGES, default=i18n.LANGUAGES[0])

    check = commands.add_parser("check", help="check a store from the file to the last change")
    check.add_argument("store", type=Path, help="the folder of the store")
    check.add_argument(
        "--passphrase-fd",
        type=int,
        metavar="N",
        help="read the passphrase from this file descriptor instead of asking for it",
    )

    guide = commands.add_parser("guide", help="work on conversation guides")
    _add_guide_commands(
        guide.add_subparsers(dest="guide_command", metavar="COMMAND", required=True)
    )

    selftest = commands.add_parser("selftest", help="try whether this installation works")
    selftest.add_argument("--out", type=Path, required=True, help="an empty folder to work in")
    return parser


def _add_guide_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    check = commands.add_parser(
        "check",
        help="say what is wrong with guide files",
        description="Name every mistake with its file and line, in a spreadsheet with its sheet "
        "and row. Writes nothing.",
    )
    check.add_argument("files", type=Path, nargs="+", metavar="FILE", help="a .toml or .xlsx file")

    bring = commands.add_parser(
        "import",
        help="make a guide from a spreadsheet (XLSForm, as ODK and KoboToolbox use it)",
        description="Write FOLDER/ID/VERSION.toml from a spreadsheet, and name each thing in it "
        "that a guide does not have.",
    )
    bring.add_argument("file", type=Path, metavar="FILE.xlsx")
    bring.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where guides lie")

    take = commands.add_parser(
        "export",
        help="make a spreadsheet (XLSForm) from a guide",
        description="Write a guide as a spreadsheet. Brought in again, it is the same guide.",
    )
    take.add_argument("file", type=Path, metavar="FILE.toml")
    take.add_argument("--out", type=Path, required=True, metavar="FILE.xlsx")

    for command in (check, bring):
        command.add_argument(
            "--language",
            default=_language(),
            metavar="CODE",
            help="the language of texts of which a spreadsheet does not say it (%(default)s)",
        )


def _demo(asked: argparse.Namespace) -> int:
    from ui.demo_visit import run

    print(
        "Making two visits, then sharing a file between two laptops, all through the real windows."
    )
    print("This takes about two minutes.", flush=True)
    code = run(asked.out, asked.lang)
    print(f"Pictures, plans and the report are in {asked.out}.")
    return code


def _check(asked: argparse.Namespace) -> int:
    from caseworker_app.services import checking

    report = checking.check(asked.store, _passphrase(asked.passphrase_fd))
    print("\n".join(report.lines()))
    return CLEAN if report.clean else NOT_CLEAN


def _guide(asked: argparse.Namespace) -> int:
    return _GUIDE_COMMANDS[asked.guide_command](asked)


def _check_guides(asked: argparse.Namespace) -> int:
    from caseworker_app.services import guide_files

    brought = [guide_files.read(file, asked.language) for file in asked.files]
    for one in brought:
        _print_problems(*one.mistakes, *one.notes)
    return NOT_CLEAN if any(one.mistakes for one in brought) else CLEAN


def _import_guide(asked: argparse.Namespace) -> int:
    from caseworker_app.services import guide_files

    brought = guide_files.read(asked.file, asked.language)
    _print_problems(*brought.mistakes, *brought.notes)
    if brought.guide is None:
        return NOT_CLEAN
    print(guide_files.lay_down(asked.out, brought))
    return CLEAN


def _export_guide(asked: argparse.Namespace) -> int:
    from caseworker_app.services import files, guide_files

    brought = guide_files.read(asked.file, _language())
    _print_problems(*brought.mistakes)
    if brought.guide is None:
        return NOT_CLEAN
    files.write(asked.out, guide_files.as_spreadsheet(brought.guide))
    print(asked.out)
    return CLEAN


def _print_problems(*problems: Problem) -> None:
    for problem in problems:
        print(f"{problem.place}: {problem.reason}")


def _selftest(asked: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt
    from caseworker_app.services import selftest
    from ui.app import paint_once

    for line in selftest.run(asked.out):
        print(line)
    if not paint_once(asked.out / "store"):
        print("the window stays empty", file=sys.stderr)
        return NOT_CLEAN
    print("painted the window")
    return CLEAN


_COMMANDS = {"demo": _demo, "check": _check, "guide": _guide, "selftest": _selftest}
_GUIDE_COMMANDS = {"check": _check_guides, "import": _import_guide, "export": _export_guide}


def _passphrase(descriptor: int | None) -> str:
    """The passphrase from a pipe or from the keyboard; never from an argument others can see."""
    if descriptor is None:
        from getpass import getpass

        return getpass("Passphrase: ")
    with os.fdopen(descriptor, "rb") as pipe:
        return pipe.read(MOST_PASSPHRASE_BYTES).decode("utf-8").rstrip("\r\n")


def _language() -> str:
    """The language of the system, as far as we speak it: for the sentences of errors."""
    named = next(
        (os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    return named[:2] if named[:2] in i18n.LANGUAGES else "en"
