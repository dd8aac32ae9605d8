"""Peers that run in Node: installed into build/peers when they are first asked for.

What is installed stands in package.json and its lock here. A machine without npm, or without a
way to a registry, gets rows that say so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
INSTALLED = Path("build/peers")
INSTALL = "install --legacy-peer-deps --ignore-scripts --no-audit --no-fund --no-save".split()
MINUTES = 60


class Missing(Exception):
    """The peer is not to be had on this machine. The text says why in a few words."""


def install() -> None:
    """Bring packages and programs into build/peers. Missing."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = INSTALLED / "package-lock.json"
    fresh = not lock.exists() or lock.read_bytes() != (HERE / lock.name).read_bytes()
    for file in (*HERE.glob("*.mjs"), *HERE.glob("package*.json")):
        shutil.copy(file, INSTALLED)
    if not fresh and (INSTALLED / "node_modules").is_dir():
        return
    done = subprocess.run(
        [_program("npm"), *INSTALL],
        cwd=INSTALLED,
        capture_output=True,
        timeout=5 * MINUTES,
        check=False,
    )
    if done.returncode:
        lock.unlink()  # so that it is tried again
        raise Missing("npm could not install it")


def seconds(program: str, texts: Path, settings: Mapping[str, str]) -> tuple[float, float]:
    """What one run of a peer took: to push, and to pull with a fresh laptop. Missing."""
    install()
    with tempfile.TemporaryDirectory(prefix="peer-") as folder:
        done = subprocess.run(
            [_program("node"), program, folder, str(texts.absolute())],
            cwd=INSTALLED,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=3 * MINUTES,
            check=False,
        )
    if done.returncode:
        raise Missing("it did not run")
    took = json.loads(done.stdout.splitlines()[-1])
    return float(took["push"]), float(took["pull"])


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Missing(f"no {name} here")
    return found
