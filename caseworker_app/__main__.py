"""`python -m caseworker_app`, and the entry of the frozen program."""

from __future__ import annotations

import sys

from caseworker_app.cli import main

if __name__ == "__main__":
    sys.exit(main())
