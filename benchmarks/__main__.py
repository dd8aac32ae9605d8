"""Runs every benchmark beside its peer, in one run: a table of ratios, and build/bench.json.

A benchmark is a module `bench_*.py` with `run()`, which returns rows of the keys in `COLUMNS`:
`ours` and `peer` are medians in `unit` over `runs` runs, and `ratio` is ours divided by the peer's.
A peer that is not to be had on this machine has None for both, and its name says why.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
OUT = Path("build/bench.json")
COLUMNS = ("name", "ours", "peer", "peer_name", "ratio", "unit", "runs")


def measured(name: str) -> list[dict[str, Any]]:
    """The rows of one benchmark."""
    rows: list[dict[str, Any]] = importlib.import_module(f"benchmarks.{name}").run()
    for row in rows:
        if set(row) != set(COLUMNS):
            raise ValueError(f"benchmarks/{name}.py: a row must have {', '.join(COLUMNS)}")
    return rows


def line(row: dict[str, Any]) -> str:
    """One row of the table."""
    peer, ratio = _number(row["peer"], 10, 3), _number(row["ratio"], 8, 2)
    numbers = f"{row['ours']:>10.3f} {peer} {row['unit']:<5} {ratio}"
    return f"{row['name']:<48.48} {numbers}  {row['peer_name']} ({row['runs']} runs)"


def _number(value: float | None, width: int, places: int) -> str:
    return f"{'-':>{width}}" if value is None else f"{value:>{width}.{places}f}"


def main(words: list[str]) -> int:
    """Run all benchmarks, or those whose name holds one of the words."""
    names = [file.stem for file in sorted(HERE.glob("bench_*.py"))]
    chosen = [name for name in names if not words or any(word in name for word in words)]
    if not chosen:
        print("There is no such benchmark in benchmarks/bench_*.py.")
        return 1
    print(f"{'':<48} {'ours':>10} {'peer':>10} {'':<5} {'ratio':>8}  peer")
    rows = []
    for name in chosen:
        for row in measured(name):
            print(line(row), flush=True)
            rows.append(row)
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
