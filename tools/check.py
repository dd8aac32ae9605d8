"""Everything that must hold besides the tests: `make check`, here as in CI and before a commit.

One line for each step; a step that fails shows what it said and how to mend it.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that must hold, the command that knows, and how to mend it."""

    name: str
    command: tuple[str, ...]
    mend: str


STEPS = (
    Step(
        "format",
        ("ruff", "format", "--check", "--output-format=concise", "."),
        ".venv/bin/ruff format .",
    ),
    Step(
        "lint",
        ("ruff", "check", "--quiet", "--output-format=concise", "."),
        ".venv/bin/ruff check --fix . and by hand",
    ),
    Step("types", ("mypy",), "by hand; mypy names the lines"),
    Step("imports", ("lint-imports", "--no-logo"), "see the contracts in pyproject.toml"),
    Step("guides", ("python", "-m", "tools.check_guides"), "correct the lines it names"),
    Step("strings", ("python", "-m", "tools.check_strings"), "do what each line says"),
    Step("house", ("python", "-m", "pytest", "-q", "tests/unit/test_house.py"), "see the test"),
)


def run(step: Step) -> tuple[Step, bool, str, float]:
    """Run one step to its end."""
    start = monotonic()
    done = subprocess.run(
        [BIN / step.command[0], *step.command[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return step, done.returncode == 0, done.stdout.strip(), monotonic() - start


def main() -> int:
    """Run all steps, two at a time, and name those that failed."""
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for step, held, said, seconds in pool.map(run, STEPS):
            print(f"{step.name:8} {'holds' if held else 'FAILS'} {seconds:6.1f} s", flush=True)
            if not held:
                failed.append(step.name)
                print(f"\n{said}\n\nTo mend it: {step.mend}\n", flush=True)
    print(f"FAILED: {', '.join(failed)}" if failed else "All of it holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
