"""`caseworker-central` as IT types it: real processes, passphrases through pipes, answers typed."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import Engine, select, update

from caseworker_app.sync.wire.invitation import Invitation, code_bytes, from_link
from caseworker_app.vault.device import Device
from central_store import tables as t
from central_store.cli import main
from central_store.office import key_file, papers
from central_store.office.letters import Letter
from central_store.office.papers import PartnerCard, Signed
from central_store.office.place import office_of
from tests.central.an_organisation import AnOrganisation

ROOT = Path(__file__).resolve().parents[2]
FIRST = "vier Birnen fahren heute Zug"
SECOND = "een blauwe kast zingt zacht"
DSN = "CASEWORKER_CENTRAL_DSN"
THIRD = "drei Tassen schlafen unter Bäumen"


@dataclass
class It:
    """Somebody of IT in a folder of their own. Where the database is stands in a variable."""

    folder: Path
    handle: str = field(default_factory=lambda: f"it-{uuid4().hex[:10]}")
    real: bool = False

    def call(self, *words: str, passphrases: str = "", new: str = "", typed: str = ""):
        """Type a command; passphrases come through pipes of their own."""
        pipes = []
        words = list(words)
        for option, text in (("--passphrase-fd", passphrases), ("--new-passphrase-fd", new)):
            if text:
                reading, writing = os.pipe()
                os.write(writing, text.encode())
                os.close(writing)
                pipes.append(reading)
                words += [option, str(reading)]
        try:
            return self._process(words, pipes, typed) if self.real else self._here(words, typed)
        finally:
            for pipe in pipes:
                os.close(pipe)

    def _process(self, words, pipes, typed):
        done = subprocess.run(
            [sys.executable, "-m", "central_store", *words],
            cwd=self.folder,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            pass_fds=pipes,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def _here(self, words, typed):
        """The same without a process of its own, which takes a second each."""
        out, wrong, mask, keyboard = io.StringIO(), io.StringIO(), os.umask(0o077), sys.stdin
        sys.stdin = io.StringIO(typed)
        try:
            with (
                contextlib.redirect_stdout(out),
                contextlib.redirect_stderr(wrong),
                contextlib.chdir(self.folder),
            ):
                code = main(words)
        finally:
            sys.stdin = keyboard
            os.umask(mask)
        return subprocess.CompletedProcess(words, code, out.getvalue(), wrong.getvalue())

    def done(self, *words: str, **more: str) -> str:
        """Type a command that must go well; what it says."""
        return self._went_well(self.call(*words, **more))

    def sign(self, *words: str, key: str = "keys", typed: str = ""):
        """Sign and publish what waits, on one machine, with this key file."""
        here = ("--organisation", self.handle)
        sign = ("directory", "sign", "--here", "--key", key, *here, *words)
        return self.call(*sign, passphrases=self.both(), typed=typed)

    def signed(self, *words: str, key: str = "keys", typed: str = "yes\n") -> str:
        """The same, which must go well; what it says."""
        return self._went_well(self.sign(*words, key=key, typed=typed))

    @staticmethod
    def _went_well(done: subprocess.CompletedProcess[str]) -> str:
        assert done.returncode == 0, (done.args, done.stdout, done.stderr)
        return done.stdout

    def both(self) -> str:
        return f"{FIRST}\n{SECOND}\n"

    def create(self, *words: str) -> str:
        wanted = (
            "--handle",
            self.handle,
            "--name",
            "Teilhabe Beispiel",
            "--key",
            "keys",
            "--cheap",
        )
        return self.done("organisation", "create", *wanted, *words, passphrases=self.both())


@pytest.fixture
def it(tmp_path, postgres, monkeypatch):
    monkeypatch.setenv(DSN, postgres.owner)
    monkeypatch.setenv("CASEWORKER_CENTRAL_ADDRESS", "https://store.example")
    return It(tmp_path)


@pytest.fixture
def offline(tmp_path, monkeypatch):
    monkeypatch.delenv(DSN, raising=False)
    return It(tmp_path)


def office_at(owner: Engine, it: It) -> AnOrganisation:
    """The same organisation, to let laptops come to it."""
    keys = key_file.opened(it.folder / "keys", (FIRST, SECOND)).keys
    return AnOrganisation(office_of(owner, it.handle), keys, datetime.now(UTC))


def backup(owner: Engine, it: It) -> Callable[[], None]:
    """Keep the directory that is in force; gives what puts it back."""
    office = office_of(owner, it.handle)
    with office.work() as db:
        kept = db.execute(select(t.directory.c.version, t.directory.c.signed)).one()

    def put_back() -> None:
        with office.work() as db:
            db.execute(update(t.directory).values(version=kept.version, signed=kept.signed))

    return put_back


def test_the_whole_way_with_an_offline_machine(owner, it, monkeypatch):
    """In real processes, every one of them; the offline machine has no address of a database."""
    it.real = True
    dsn = os.environ[DSN]
    monkeypatch.delenv(DSN)
    said = it.create("--out", "first")
    monkeypatch.setenv(DSN, dsn)
    root = re.search(r"Root key +([\d ]{39})", said).group(1)
    here = ("--organisation", it.handle)
    assert root in it.done("organisation", "admit", "first")
    user = it.done("user", "add", "--name", "Ine Voorbeeld", *here).split()[0]
    said = it.done("enrol", "--user", user, "--address", "https://store.example", *here)
    assert f"https://store.example/{it.handle}" in said
    assert root in said
    code = code_bytes(re.search(r"Code +(\S+)", said).group(1))
    device = Device.generate(uuid4())
    office_at(owner, it).enrol(code, device)

    it.done("directory", "prepare", "--out", "to-sign", *here)
    monkeypatch.delenv(DSN)
    said = it.done(
        "directory",
        "sign",
        "to-sign",
        "--out",
        "signed",
        "--key",
        "keys",
        passphrases=it.both(),
        typed="yes\n",
    )
    assert "New user: Ine Voorbeeld" in said
    assert str(device.id) not in said  # nobody has compared it yet
    monkeypatch.setenv(DSN, dsn)
    it.done("directory", "publish", "signed", *here)

    said = it.done("device", "list", *here)
    assert f"{device.id}  pending" in said
    it.done("device", "confirm", device.id.hex[:8], *here, typed="yes\n")
    said = it.signed()
    assert f"New laptop of Ine Voorbeeld: {device.id}" in said
    assert f"{device.id}  active" in it.done("device", "list", *here)
    said = it.done("user", "list", "--key", "keys", *here, passphrases=it.both())
    assert "Ine Voorbeeld" in said
    assert "Ine" not in it.done("user", "list", *here)
    assert "1 active, 0 pending, 0 revoked" in it.done("status", *here)

    it.done("device", "revoke", str(device.id), *here)
    assert f"{device.id}  revoked, to be signed" in it.done("device", "list", *here)
    said = it.done("organisation", "show", *here)
    assert root in said
    assert "version 3" in said


def test_nothing_is_signed_without_a_yes(it):
    it.create()
    here = ("--organisation", it.handle)
    it.done("user", "add", "--name", "Ine Voorbeeld", *here)
    for typed in ("no\n", "\n", "", "y\n"):
        done = it.sign(typed=typed)
        assert (done.returncode, "Nothing was signed" in done.stdout) == (1, True)
    assert "version 1" in it.done("organisation", "show", *here)


def test_wrong_passphrases_open_nothing_and_stand_in_no_message(offline):
    offline.real = True
    offline.create("--out", "first")
    for pair in (f"{FIRST}\n{FIRST}\n", f"{FIRST}\n", "secret words of somebody\n" + SECOND):
        done = offline.call("organisation", "show", "--key", "keys", passphrases=pair)
        assert done.returncode == 1
        assert "do not open" in done.stderr
        for word in ("Birnen", "kast", "somebody"):
            assert word not in done.stderr + done.stdout


def test_a_person_is_followed_by_another(offline):
    offline.create("--out", "first")
    offline.done(
        "organisation",
        "key",
        "change",
        "--key",
        "keys",
        "--cheap",
        passphrases=offline.both(),
        new=f"{THIRD}\n",
    )
    show = ("organisation", "show", "--key", "keys")
    assert offline.call(*show, passphrases=offline.both()).returncode == 1
    assert "Root key" in offline.done(*show, passphrases=f"{THIRD}\n{SECOND}\n")


def test_a_new_root_reaches_the_central_store(it):
    it.create()
    rotate = ("organisation", "rotate", "--escrow", "--key", "keys")
    assert it.call(*rotate, passphrases=it.both(), typed="no\n").returncode == 1
    it.done(*rotate, passphrases=it.both(), typed="yes\n")
    said = it.signed()
    assert "New root key" in said
    assert "New escrow key" in said
    assert "Nothing is new" in it.sign().stdout


def test_the_letter_holds_the_same_code_as_the_screen(it):
    it.create()
    here = ("--organisation", it.handle)
    user = it.done("user", "add", "--name", "Ine Voorbeeld", *here).split()[0]
    for ending in ("pdf", "html", "txt", "svg", "png"):
        for language in ("de", "nl"):
            said = it.done(
                "enrol",
                "--user",
                user,
                "--letter",
                f"letter.{ending}",
                "--language",
                language,
                *here,
            )
            code = re.search(r"Code +(\S+)", said).group(1)
            content = (it.folder / f"letter.{ending}").read_bytes()
            if ending in ("html", "txt"):
                assert code in content.decode()
            assert b"Voorbeeld" not in content
    done = it.call("enrol", "--user", user, "--letter", "letter.doc", *here)
    assert "No letter can be written" in done.stderr


def test_partners_exchange_cards(it, tmp_path):
    it.create()
    other = It(tmp_path / "other")
    other.folder.mkdir()
    other.create()
    other.done("partner", "card", "--out", "card", "--key", "keys", passphrases=it.both())
    assert papers.read(other.folder / "card", PartnerCard).handle == other.handle
    here = ("--organisation", it.handle)
    it.done("partner", "add", "other/card", *here, typed="yes\n")
    assert "New partner" in it.signed()
    it.done("partner", "card", "--out", "mine", "--key", "keys", passphrases=it.both())
    assert "no card" in it.call("partner", "add", "mine", *here, typed="yes\n").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("user", "list", "--organisation", "nowhere"), "There is no “nowhere”"),
        (("organisation", "admit", "missing"), "cannot be read"),
        (("organisation", "admit", "text"), "not what is needed"),
        (("user", "list", "--dsn", "postgresql://nobody@127.0.0.1:1/none"), "The database"),
        (("enrol", "--user", "0000", "--organisation", "nowhere"), "There is no"),
        (("directory", "sign", "--key", "missing"), "was not said"),
        (("enrol", "--user", "0000", "--address", ""), "where laptops reach"),
        (("organisation", "show", "--key", "text"), "damaged"),
        (("organisation", "show", "--key", "missing"), "cannot be read"),
    ],
)
def test_errors_say_what_happened_and_what_to_do(it, words, said):
    (it.folder / "text").write_text("hello\n", "utf-8")
    passphrases = it.both() if "--key" in words else ""
    done = it.call(*words, passphrases=passphrases)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count(".") >= 2


def test_without_an_address_nothing_is_guessed(offline):
    done = offline.call("status")
    assert (done.returncode, "where the database is" in done.stderr) == (1, True)


def test_a_database_of_its_own_in_a_folder(own_folder, monkeypatch):
    monkeypatch.delenv(DSN, raising=False)
    it = It(own_folder, real=True)
    data = ("--data", "d")
    assert "no organisation here yet" in it.call("user", "list", *data).stderr
    assert "no organisation here yet" in it.done("status", *data)
    it.create(*data)
    user = it.done("user", "add", "--name", "Ine Voorbeeld", *data).split()[0]
    assert UUID(user)
    assert "users       0" in it.done("status", *data)
    assert "The tables are" in it.done("migrate", *data)
    assert "file of erasures is not here" in it.call("restored", *data).stderr
    (own_folder / "d" / "erasures.jsonl").touch()
    assert "1 organisation, 0 cases" in it.done("restored", *data)


def test_the_qr_code_on_the_screen_is_read_by_a_camera(it):
    it.create()
    here = ("--organisation", it.handle)
    user = it.done("user", "add", "--name", "Ine Voorbeeld", *here).split()[0]
    said = it.done("enrol", "--user", user, *here)
    lines = [line for line in said.splitlines() if set(line) <= set("█▀▄ ") and "█" in line]
    width = max(map(len, lines))
    picture = Image.new("L", (width, 2 * len(lines)))
    light = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    for down, line in enumerate(lines):
        for across, block in enumerate(line.ljust(width)):
            for half in (0, 1):
                picture.putpixel((across, 2 * down + half), light[block][half])
    picture = picture.resize((width * 8, 2 * len(lines) * 8), Image.Resampling.NEAREST)
    (found,) = zxingcpp.read_barcodes(picture)
    assert from_link(found.text).code == code_bytes(re.search(r"Code +(\S+)", said).group(1))


@pytest.mark.parametrize(
    "address",
    [
        "store.example",
        "http://store.example",
        "https://store.example/nord",
        "https://",
        "https://store.example:port",
        "https://who@store.example",
    ],
)
def test_no_code_is_made_for_an_address_that_laptops_do_not_go_to(it, address):
    it.create()
    here = ("--organisation", it.handle)
    user = it.done("user", "add", "--name", "Ine Voorbeeld", *here).split()[0]
    refused = it.call("enrol", "--user", user, "--address", address, *here)
    assert refused.returncode == 1
    assert f"cannot connect to “{address}”" in refused.stderr
    for good in ("https://store.example/", "https://store.example:8443", "http://127.0.0.1:8765"):
        said = it.done("enrol", "--user", user, "--address", good, *here)
        assert f"{good.rstrip('/')}/{it.handle}\n" in said


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", "Der Code gilt einmal, bis 01:15 Uhr."),
        ("nl", "De code werkt één keer, tot 01:15 uur."),
    ],
)
def test_the_letter_tells_the_time_of_the_coachs_country(language, told):
    until = datetime(2026, 11, 28, 0, 15, tzinfo=UTC)
    letter = Letter(Invitation("https://store.example/nord", bytes(16)), "Nord", until, language)
    assert letter.until_told == told


def test_a_directory_signed_here_is_kept_in_a_file_too(it):
    it.create()
    here = ("--organisation", it.handle)
    it.done("user", "add", "--name", "Ine Voorbeeld", *here)
    it.signed("--out", "signed-2")
    assert papers.read(it.folder / "signed-2", Signed).directory.directory.version == 2
    assert "Version 2" in it.done("directory", "publish", "signed-2", *here)


def test_an_old_copy_of_the_key_file_loses_nobody_whom_another_has_signed(it, owner):
    """A backup from before was put back, and the wrong one of the two copies was at hand."""
    it.create()
    here = ("--organisation", it.handle)

    def add_and_sign(name: str, key: str) -> str:
        it.done("user", "add", "--name", name, *here)
        return it.signed(key=key)

    shutil.copy(it.folder / "keys", it.folder / "copy")
    put_back = backup(owner, it)
    add_and_sign("Ine Voorbeeld", "keys")
    put_back()
    said = add_and_sign("Tom Beispiel", "copy")
    assert "Version 2" in said
    assert "Ine" not in said
    said = it.signed()
    assert "Version 3" in said
    assert "New user: Ine Voorbeeld" in said
    listed = it.done("user", "list", "--key", "copy", *here, passphrases=it.both())
    assert "Ine Voorbeeld" in listed
    assert "Tom Beispiel" in listed
    assert "Nothing is new" in it.sign().stdout


def test_a_copy_of_the_key_file_from_before_a_rotation_says_so(it):
    it.create()
    shutil.copy(it.folder / "keys", it.folder / "copy")
    rotate = ("organisation", "rotate", "--key", "keys")
    it.done(*rotate, passphrases=it.both(), typed="yes\n")
    it.signed()
    refused = it.sign(key="copy")
    assert "a copy of the key file from before `organisation rotate`" in refused.stderr


def test_who_has_left_and_what_is_revoked_is_not_to_be_signed_twice(it, owner):
    it.create()
    here = ("--organisation", it.handle)
    coach = office_at(owner, it).new_coach("Ine Voorbeeld", signed=False)
    it.signed()
    said = it.done("user", "leave", str(coach.user), *here)
    assert f"Laptop {coach.device.id} is shut out at once" in said
    it.signed()
    assert "has left already" in it.done("user", "leave", str(coach.user), *here)
    assert "shut out before" in it.done("device", "revoke", str(coach.device.id), *here)
    assert "0 changes to be signed" in it.done("status", *here)


def test_nothing_to_list_is_said(it):
    it.create()
    here = ("--organisation", it.handle)
    assert "No laptop was connected yet" in it.done("device", "list", *here)
    assert "Nothing lies aside" in it.done("quarantine", "list", *here)
    assert "Somebody leads each case" in it.done("case", "unled", *here)


def test_a_published_file_can_be_published_again_after_a_restore(it):
    it.create("--out", "first")
    paper = papers.read(it.folder / "first", Signed)
    assert paper.directory.directory.version == 1
    here = ("--organisation", it.handle)
    assert "Version 1" in it.done("directory", "publish", "first", *here)


def test_what_was_signed_last_is_signed_again_where_the_central_store_forgot_it(it, owner):
    it.create()
    here = ("--organisation", it.handle)
    it.done("user", "add", "--name", "Ine Voorbeeld", *here)
    put_back = backup(owner, it)
    it.signed()
    put_back()
    said = it.signed(typed="")
    assert "version 2 was signed with this key file" in said
    assert "Version 2 of the directory is in force" in said
    assert "Nothing was signed" in it.sign().stdout


def test_an_organisation_gets_more_room_for_documents(it):
    it.create()
    here = ("--organisation", it.handle)
    it.done("organisation", "quota", "200", *here)
    assert "0, 0.00 of 200 GiB" in it.done("status", *here)
    refused = it.call("organisation", "quota", "0", *here)
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
