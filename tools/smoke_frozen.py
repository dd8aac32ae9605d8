"""Starts the frozen program where there is no Python and no setting, and lets it try itself.

It makes a store, locks and unlocks it, and prints a plan; the plan is looked at from outside.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pikepdf

PROGRAM = Path("build/dist/caseworker/caseworker").resolve()
PATIENCE = 180  # seconds; the key derivation alone may take some on a small machine


def empty_environment(home: str) -> dict[str, str]:
    """What a program is given on a machine that knows nothing of Python."""
    if os.name == "nt":
        return {"SYSTEMROOT": os.environ["SYSTEMROOT"], "TEMP": home, "USERPROFILE": home}
    return {"HOME": home, "LANG": "C.UTF-8"}


def problem_of_run(program: Path, home: str, out: Path) -> str:
    """Let the program try itself; what went wrong, or nothing."""
    try:
        done = subprocess.run(
            [program, "selftest", "--out", out],
            env=empty_environment(home),
            cwd=home,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"`caseworker selftest` was not done after {PATIENCE} s."
    return f"`caseworker selftest` ended with {done.returncode}." if done.returncode else ""


def problem_with(plan: Path) -> str:
    """What is wrong with the printed plan; nothing if it can be read."""
    if not plan.read_bytes().startswith(b"%PDF"):
        return f"{plan.name} is no PDF."
    with pikepdf.open(plan) as document:
        return "" if len(document.pages) else f"{plan.name} has no page."


def main() -> int:
    """Say how it went in one line."""
    program = PROGRAM.with_suffix(".exe") if os.name == "nt" else PROGRAM
    if not program.exists():
        print(f"The frozen program is missing: {program}. Run `make build`.")
        return 1
    start = monotonic()
    with TemporaryDirectory() as home:
        out = Path(home) / "out"
        ran = problem_of_run(program, home, out)
        plans = sorted(out.glob("**/*.pdf"))
        problems = list(filter(None, [ran, *map(problem_with, plans)]))
    if not plans:
        problems.append("`caseworker selftest` left no plan.")
    files = [file for file in program.parent.rglob("*") if not file.is_symlink()]
    size = sum(file.stat().st_size for file in files if file.is_file())
    print(
        "\n".join(problems)
        or f"The frozen program works: {monotonic() - start:.1f} s, {size / 1e6:.0f} MB."
    )
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
