"""What every page is handed: the store, the settings, the clock and the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from caseworker_app.settings import Settings
from caseworker_app.store.store import Store
from ui.background import Background


@dataclass(frozen=True, slots=True)
class App:
    """The program around a page. `now` gives an aware moment; the look is `ui.theme.current()`."""

    store: Store
    settings: Settings
    now: Callable[[], datetime]
    background: Background
