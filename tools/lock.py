"""Writes requirements.lock anew: every package the project needs, on every system, with hashes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

UV = Path("build/uv")


def main() -> int:
    """Let uv resolve pyproject.toml; it is fetched into build/ on the first call."""
    uv = UV / "bin" / "uv"
    if not uv.exists() and not uv.with_suffix(".exe").exists():
        pip = [sys.executable, "-m", "pip", "install", "-qq", "--target", str(UV), "uv"]
        if subprocess.run(pip, check=False).returncode:
            print("uv could not be fetched. Check the network and call it again.")
            return 1
    resolve = [
        str(uv),
        "pip",
        "compile",
        "pyproject.toml",
        "--extra",
        "dev",
        "--extra",
        "central",
        "--universal",
    ]
    style = ["--generate-hashes", "--no-header", "--no-annotate", "--upgrade", "--quiet"]
    return subprocess.run(
        [*resolve, *style, "--output-file", "requirements.lock"], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
