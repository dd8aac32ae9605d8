"""Where things lie: what ships with the program, and what belongs to this coach on this laptop."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path

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
    return Path(home) / "store" if home else user_data_path(APP_NAME, appauthor=False) / "store"


def sample_folder() -> Path:
    """Where a sample store with fictional people lies until it is thrown away."""
    return store_folder().with_name("sample")


def settings_file() -> Path:
    """The settings of this laptop: language, look, last folder. Nothing personal."""
    home = os.environ.get(HOME_VARIABLE)
    folder = Path(home) if home else user_config_path(APP_NAME, appauthor=False)
    return folder / "settings.json"
