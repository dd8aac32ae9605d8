"""The gate for guides: each must be without a mistake, in every language it claims."""

from __future__ import annotations

import sys
from pathlib import Path

from caseworker_app import i18n
from caseworker_app.content.guides import check_folder


def main() -> int:
    """Name every mistake with its file and line."""
    i18n.use("en")
    folder = Path("resources/guides")
    problems = check_folder(folder)
    for problem in problems:
        print(f"{folder}/{problem.place}: {problem.reason}")
    if not any(folder.glob("*/*.toml")):
        print(f"There is no guide in {folder}.")
        return 1
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
