"""Guides on the command line: a spreadsheet in, a spreadsheet out, every mistake with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app import cli
from caseworker_app.content import guides
from tests.guide_texts import TINY, changed, line_of
from tests.xlsforms import FORMS, workbook

FORM = FORMS / "dagbesteding.xlsx"


def test_a_spreadsheet_becomes_a_file_where_guides_lie_and_what_stays_behind_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert cli.main(["guide", "import", str(FORM), "--out", str(tmp_path)]) == cli.CLEAN
    *notes, written = capsys.readouterr().out.splitlines()
    assert written == str(tmp_path / "dagbesteding-wijk" / "3.toml")
    assert guides.check_folder(tmp_path) == []
    assert notes[0] == (
        "dagbesteding.xlsx:survey:6: “required” stays behind: in a talk every question may stay "
        "open."
    )


def test_a_version_that_is_there_already_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    arguments = ["guide", "import", str(FORM), "--out", str(tmp_path)]
    assert cli.main(arguments) == cli.CLEAN
    assert cli.main(arguments) == cli.CLEAN
    written = tmp_path / "dagbesteding-wijk" / "3.toml"
    written.write_text(written.read_text("utf-8").replace("Onderweg", "Op weg"), "utf-8")
    assert cli.main(arguments) == cli.NOT_CLEAN
    assert "guide-taken: There is already another guide" in capsys.readouterr().err
    assert "Op weg" in written.read_text("utf-8")


def test_a_spreadsheet_with_a_mistake_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    form = tmp_path / "form.xlsx"
    form.write_bytes(workbook("| survey |\n| | type | name | label |\n| | tekst | a | A |"))
    out = tmp_path / "out"
    assert cli.main(["guide", "import", str(form), "--out", str(out)]) == cli.NOT_CLEAN
    assert "form.xlsx:survey:2: There is no type of question “tekst”." in capsys.readouterr().out
    assert not out.exists()


def test_the_language_of_texts_without_one_can_be_said(tmp_path: Path):
    form = tmp_path / "form.xlsx"
    form.write_bytes(workbook("| survey |\n| | type | name | label |\n| | text | a | A |"))
    arguments = ["guide", "import", str(form), "--out", str(tmp_path), "--language", "tr"]
    assert cli.main(arguments) == cli.CLEAN
    assert guides.guide("form", 1, tmp_path).languages == ("tr",)


def test_a_guide_becomes_a_spreadsheet_and_the_same_guide_again(tmp_path: Path):
    guide = tmp_path / "tiny" / "1.toml"
    guide.parent.mkdir()
    guide.write_text(TINY, "utf-8")
    out = tmp_path / "tiny.xlsx"
    assert cli.main(["guide", "export", str(guide), "--out", str(out)]) == cli.CLEAN
    assert cli.main(["guide", "check", str(out)]) == cli.CLEAN
    again = tmp_path / "again"
    assert cli.main(["guide", "import", str(out), "--out", str(again)]) == cli.CLEAN
    assert guides.guide("tiny", 1, again) == guides.read_guide(guide)


def test_a_guide_with_a_mistake_is_not_taken_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    guide = tmp_path / "1.toml"
    source = changed(('id = "how"', 'id = "How"'))
    guide.write_text(source, "utf-8")
    out = tmp_path / "tiny.xlsx"
    assert cli.main(["guide", "export", str(guide), "--out", str(out)]) == cli.NOT_CLEAN
    assert f"1.toml:{line_of(source, 'How')}: " in capsys.readouterr().out
    assert not out.exists()


def test_a_spreadsheet_is_checked_like_any_guide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert cli.main(["guide", "check", str(FORM)]) == cli.CLEAN
    missing = tmp_path / "none.xlsx"
    assert cli.main(["guide", "check", str(FORM), str(missing)]) == cli.NOT_CLEAN
    assert capsys.readouterr().out.endswith("none.xlsx:1: This file cannot be opened.\n")


def test_a_folder_that_cannot_be_written_is_said_calmly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    taken = tmp_path / "taken"
    taken.write_text("a file, and no folder")
    assert cli.main(["guide", "import", str(FORM), "--out", str(taken)]) == cli.NOT_CLEAN
    assert "folder-not-writable" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "import", "export"])
def test_each_command_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        cli.main(["guide", command, "--help"])
    assert ended.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 6
