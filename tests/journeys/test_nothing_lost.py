"""What a careless hand, a second program or an unlucky folder name might cost."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from caseworker_app.errors import FolderTaken
from caseworker_app.services import checking, people, sample, stores
from tests.builders import NOW, PASSPHRASE, a_case, a_store
from tests.faults import two_writers
from ui import demo_visit
from ui.app import _discard_if_sample


def names_in(folder: Path) -> set[str]:
    store = stores.unlock(folder, PASSPHRASE)
    names = {line.name for line in people.lines(store, NOW)}
    assert checking.check_open(store).clean
    store.close()
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A real store with one person, closed."""
    store = a_store(tmp_path / "store")
    a_case(store, "Anna Garten")
    store.close()
    return tmp_path / "store"


def test_two_programs_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    outcome = two_writers.write_at_once(tmp_path / "store", 200)
    assert outcome.acknowledged == 400
    assert outcome.missing == []
    assert outcome.not_clean == []


@pytest.mark.parametrize("kind", ["folder", "empty", "other words", "linked"])
def test_only_our_own_mark_lets_a_store_be_thrown_away(folder: Path, kind: str) -> None:
    """`sample` is a usual name, and the sample's folder is called so beside a store."""
    mark = folder / stores.SAMPLE_MARK
    if kind == "folder":
        mark.mkdir()
    elif kind == "linked":
        mark.symlink_to(folder)
    else:
        mark.write_text({"empty": "", "other words": "blood sample: Tuesday"}[kind])
    assert not stores.is_sample(folder)
    _discard_if_sample(folder)
    with pytest.raises(ValueError, match="not a sample"):
        stores.discard_sample(folder)
    assert names_in(folder) == {"Anna Garten"}


def test_a_sample_is_thrown_away(tmp_path: Path) -> None:
    store = sample.make(tmp_path / "sample", "de", NOW)
    store.close()
    _discard_if_sample(tmp_path / "sample")
    assert not (tmp_path / "sample").exists()


@pytest.mark.parametrize("place", ["store", "second-laptop/store"])
def test_the_demo_never_clears_a_store_that_it_has_not_made(folder: Path, place: str) -> None:
    out = folder.parent / "demo"
    (out / place).parent.mkdir(parents=True)
    folder.rename(out / place)
    with pytest.raises(FolderTaken):
        demo_visit.run(out, "de")
    assert names_in(out / place) == {"Anna Garten"}


def test_an_installation_is_never_tried_out_over_a_store(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "caseworker_app", "selftest", "--out", str(folder.parent)],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"folder-taken" in done.stderr
    assert names_in(folder) == {"Anna Garten"}


@pytest.mark.skipif(sys.platform == "win32", reason="no modes there")
def test_a_store_in_an_open_folder_still_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    """With the widest umask: the program sets its own, but the store does not count on it."""
    script = (
        "import os, sys; os.umask(0)\n"
        "from pathlib import Path\n"
        "from tests.builders import a_case, a_store\n"
        "folder = Path(sys.argv[1]); store = a_store(folder / 'store'); a_case(store)\n"
        "print([f'{p.name} {p.stat().st_mode & 0o777:o}' for p in (folder / 'store').iterdir()])\n"
        "print(f\"{(folder / 'store').stat().st_mode & 0o777:o}\")\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, check=True, timeout=60
    )
    files, place = done.stdout.decode().splitlines()
    assert place == "700"
    for name in ("store.db", "store.db-wal", "store.db-shm", "slots.json"):
        assert f"'{name} 600'" in files
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
