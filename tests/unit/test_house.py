"""The rules of the house that no other tool keeps: small files, plain names, no machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("caseworker_app", "ui", "central_store")
MOST_LINES = 300
MOST_METHODS = 12
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}

HOSTS = [r"\.".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))]
MACHINE_PATHS = [r"(?<![\w.])/(root|work|home/\w+|Users/\w+)/", r"\b[A-Z]:\\Users\\"]
OF_A_MACHINE = re.compile("|".join(HOSTS + MACHINE_PATHS))

IMPORT_EVERYTHING = """
import importlib, pkgutil
import caseworker_app, ui
from caseworker_app import i18n

for package in (caseworker_app, ui):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
try:
    i18n.texts()
except RuntimeError:
    print("no language was chosen")
"""


def modules() -> list[Path]:
    """Every Python file of the program itself."""
    return [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


def tracked_texts() -> list[tuple[str, str]]:
    """Every text file that is, or is about to be, part of the project, with its name."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in listed.decode().split("\0") if name]
    raw = [
        (file.relative_to(ROOT).as_posix(), file.read_bytes()) for file in files if file.exists()
    ]
    return [(name, text.decode("utf-8", "replace")) for name, text in raw if b"\0" not in text]


def public_methods(node: ast.ClassDef) -> list[str]:
    """What a class offers; overrides keep Qt's spelling and do not count."""
    names = [item.name for item in node.body if isinstance(item, ast.FunctionDef)]
    return [name for name in names if not name.startswith("_") and name == name.lower()]


def test_files_are_small():
    sizes = [
        (file.relative_to(ROOT).as_posix(), len(file.read_text("utf-8").splitlines()))
        for file in modules()
    ]
    assert sizes
    assert [found for found in sizes if found[1] > MOST_LINES] == []


def test_classes_offer_few_methods():
    classes = [
        (f"{file.name}: {node.name}", len(public_methods(node)))
        for file in modules()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    assert classes
    assert [found for found in classes if found[1] > MOST_METHODS] == []


def test_modules_have_names_that_say_something():
    parts = [{*file.relative_to(ROOT).with_suffix("").parts} for file in modules()]
    assert [names for names in parts if names & SAYS_NOTHING] == []


def test_importing_every_module_translates_nothing():
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("no language was chosen", "")


@pytest.mark.skipif(
    not ((ROOT / ".git").exists() and shutil.which("git")), reason="this copy is no git checkout"
)
def test_no_file_speaks_of_one_machine():
    found = [
        f"{name}: {match.group()}"
        for name, text in tracked_texts()
        for match in OF_A_MACHINE.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["see " + "/ro" + "ot/.cache", "cd " + "/ho" + "me/anna/x", "https://pypi" + ".org/x"]
)
def test_a_trace_of_a_machine_would_be_found(text):
    assert OF_A_MACHINE.search(text)


def test_ways_inside_the_project_are_no_trace_of_a_machine():
    assert not OF_A_MACHINE.search("docs/work/plan.md, tests/home/anna/x, ./root/")
