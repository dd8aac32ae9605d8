"""The command line: exit codes that scripts can rely on, and no passphrase in an argument."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app import cli, paths
from tests.builders import PASSPHRASE, a_case, a_store

ROOT = Path(__file__).resolve().parents[2]


def caseworker(*arguments: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the program as IT does."""
    return subprocess.run(
        [sys.executable, "-m", "caseworker_app", *map(str, arguments)],
        cwd=ROOT,
        input=given,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    )


@pytest.fixture
def store_folder(tmp_path: Path) -> Path:
    store = a_store(tmp_path / "store")
    a_case(store)
    store.close()
    return tmp_path / "store"


def check(folder: Path, passphrase: str = PASSPHRASE) -> subprocess.CompletedProcess[bytes]:
    return caseworker("check", folder, "--passphrase-fd", 0, given=f"{passphrase}\n".encode())


def test_a_sound_store_is_clean(store_folder: Path):
    done = check(store_folder)

    assert done.returncode == cli.CLEAN, done.stderr
    assert b"changes" in done.stdout


def test_a_wrong_passphrase_is_not_clean_and_is_not_repeated(store_folder: Path):
    done = check(store_folder, "falsch falsch")

    assert done.returncode == cli.NOT_CLEAN
    assert b"wrong-passphrase: That was not the right passphrase." in done.stderr
    assert b"falsch" not in done.stdout + done.stderr


def test_a_store_with_a_changed_page_is_not_clean(store_folder: Path):
    file = store_folder / "store.db"
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)

    assert check(store_folder).returncode == cli.NOT_CLEAN


def test_a_passphrase_is_never_an_argument(store_folder: Path):
    done = caseworker("check", store_folder, "--passphrase", PASSPHRASE)

    assert done.returncode == cli.USAGE


def test_a_missing_store_is_told(tmp_path: Path):
    done = check(tmp_path / "nothing")

    assert done.returncode == cli.NOT_CLEAN
    assert b"slots-missing" in done.stderr


def test_a_guide_that_ships_is_right(capsys: pytest.CaptureFixture[str]):
    guides = sorted((paths.resources() / "guides").rglob("*.toml"))
    assert guides

    assert cli.main(["guide", "check", *map(str, guides)]) == cli.CLEAN
    assert capsys.readouterr().out == ""


def test_a_guide_with_a_mistake_names_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    guide = tmp_path / "wrong" / "1.0.toml"
    guide.parent.mkdir()
    guide.write_text("name = \n")

    assert cli.main(["guide", "check", str(guide)]) == cli.NOT_CLEAN
    assert capsys.readouterr().out.startswith("wrong/1.0.toml:1: ")


def test_help_lists_what_there_is_and_nothing_else(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("demo", "check", "guide", "selftest"))
    assert not any(word in told for word in ("backup", "restore", "export"))


def test_an_unknown_command_is_a_usage_error(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main(["sing"])

    assert ended.value.code == cli.USAGE


def test_errors_speak_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch):
    for name, value in (("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "nl_NL.UTF-8")):
        monkeypatch.setenv(name, value)
    assert cli._language() == "nl"

    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert cli._language() == "en"


has_catalogues = (paths.translations() / "de" / "LC_MESSAGES" / "caseworker.mo").exists()


@pytest.mark.skipif(not has_catalogues, reason="the translations are not compiled: make strings")
def test_an_installation_tries_itself(tmp_path: Path):
    done = caseworker("selftest", "--out", tmp_path)

    assert done.returncode == cli.CLEAN, done.stderr
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert b"painted the window" in done.stdout
