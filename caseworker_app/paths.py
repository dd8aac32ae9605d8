"""Where things lie: what ships with the program, and what belongs to this coach on this laptop."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP_NAME = "Caseworker"
HOME_VARIABLE = "CASEWORKER_HOME"


def bundle() -> Path:
    """The folder that holds `resources` and `translations`: the checkout, or the frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Guides, icons, pictograms, fonts and the style sheet."""
    return bundle() / "resources"


def translations() -> Path:
    """The compiled catalogues."""
    return bundle() / "translations"


def private_folder(path: Path) -> Path:
    """Make the folder if need be, readable by its owner alone."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def store_folder() -> Path:
    """Where this coach's store lies unless another folder is named."""
    home = os.environ.get(HOME_VARIABLE)
    return (Path(home) if home else _own_folder("XDG_DATA_HOME", ".local/share")) / "store"


def sample_folder() -> Path:
    """Where a sample store with fictional people lies until it is thrown away."""
    return store_folder().with_name("sample")


def settings_file() -> Path:
    """The settings of this laptop: language, look, last folder. Nothing personal."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home) if home else _own_folder("XDG_CONFIG_HOME", ".config")
    return folder / "settings.json"


def _own_folder(variable: str, usual: str) -> Path:
    """Where this system wants a program's files; only Linux tells data from settings."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get(variable, "").strip() or Path.home() / usual)
    return base / APP_NAME
