"""The gate for guides: each must be without a mistake, in every language it claims."""

from __future__ import annotations

import sys
from pathlib import Path

from caseworker_app import i18n
from caseworker_app.content.guides import check_file


def main() -> int:
    """Name every mistake with its file and line."""
    i18n.use("en")
    files = sorted(Path("resources/guides").glob("*/*.toml"))
    problems = [problem for file in files for problem in check_file(file)]
    for problem in problems:
        print(f"resources/guides/{problem.file}:{problem.line}: {problem.reason}")
    if not files:
        print("There is no guide in resources/guides.")
    return 1 if problems or not files else 0


if __name__ == "__main__":
    sys.exit(main())
