"""Timing what a coach sees: from the wish until the window has been painted, against a limit."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow


def taken(window: MainWindow, act: Callable[[], object], *, rest: int) -> float:
    """Milliseconds until what this leads to is painted; then a coach looks at it for `rest`."""
    begun = time.perf_counter()
    act()
    QApplication.processEvents()
    took = (time.perf_counter() - begun) * 1000
    QTest.qWait(rest)
    while window.app.background.busy():
        QApplication.processEvents()
    return took


def figure(name: str, times: list[float], limit: float) -> dict[str, Any]:
    """The row of a benchmark: the 95th percentile of these milliseconds against its limit."""
    ours = statistics.quantiles(times, n=20)[-1]
    return {
        "name": name,
        "ours": round(ours, 1),
        "peer": limit,
        "peer_name": f"budget (median {statistics.median(times):.1f})",
        "ratio": round(ours / limit, 3),
        "unit": "ms",
        "runs": len(times),
    }
