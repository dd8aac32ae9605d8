"""What this laptop remembers between two starts. Nothing personal: it lies outside the store."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from caseworker_app import paths

THEMES = ("system", "light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 175, 200)
MOST_IDLE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Settings:
    """`idle_minutes`: the program locks after so many minutes without a key or touch (1 to 15)."""

    language: str = ""
    theme: str = "system"
    text_size: int = 100
    less_motion: bool = False
    idle_minutes: int = 10
    window: tuple[int, int] = (1280, 800)
    printer: str = ""


def load(file: Path | None = None) -> Settings:
    """The settings of this laptop. A missing or damaged file gives the defaults, field by field."""
    path = file or paths.settings_file()
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    known = {f.name: raw[f.name] for f in fields(Settings) if f.name in raw}
    if isinstance(known.get("window"), list):
        known["window"] = tuple(known["window"])
    defaults = asdict(Settings())
    sound = {
        name: value
        for name, value in known.items()
        if type(value) is type(defaults[name]) and _allowed(name, value)
    }
    return Settings(**sound)


def save(settings: Settings, file: Path | None = None) -> None:
    """Write the settings beside the old file and put them in its place."""
    path = file or paths.settings_file()
    paths.private_folder(path.parent)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(asdict(settings), indent=1), "utf-8")
    new.replace(path)


def _allowed(name: str, value: object) -> bool:
    if name == "theme":
        return value in THEMES
    if name == "text_size":
        return value in TEXT_SIZES
    if name == "idle_minutes":
        return isinstance(value, int) and 1 <= value <= MOST_IDLE_MINUTES
    if name == "window":
        return isinstance(value, tuple) and [type(part) for part in value] == [int, int]
    return True
