"""From a route to its page. Each page is imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from PySide6.QtWidgets import QBoxLayout

from caseworker_app.services.exchange import sharing
from ui.context import App
from ui.page import Page, Route
from ui.widgets.shell_frame import ReadingStrip

_OF_A_TALK = ("talk", "summary", "talk_paper", "writeup")
"""The pages that show one conversation."""

_OF_A_TAKEN_FILE = ("taken", "disputes", "exchange")


def make_page(app: App, route: Route) -> Page:
    """The page of a route: `ui.pages.case_page.CasePage` for "case", and so on.

    Every page of a file that was taken away is the one that says so.
    """
    if is_taken(app, route):
        route = Route("taken", route.case)
    name = "conversation" if route.page == "talk" else route.page
    class_name = f"{name.title().replace('_', '')}Page"
    page_class = getattr(import_module(f"ui.pages.{name}_page"), class_name)
    asked_for = route.value if route.page == "read" else None
    shown = (route.value,) if route.page in _OF_A_TALK else (route.case, asked_for)
    return cast("Page", page_class(app, *(one for one in shown if one is not None)))


def set_down(page: Page, sheet: QBoxLayout, app: App, route: Route) -> None:
    """Put the page into the sheet; where the coach may only read, a line above it says so."""
    if route.case is not None and sharing.reads_along(app.store, route.case):
        strip = ReadingStrip()
        sheet.addWidget(strip)
        strip.show()
    sheet.addWidget(page, 1)


def is_taken(app: App, route: Route) -> bool:
    """Whether this page is of a file that others took over, and does not say so itself."""
    if route.case is None or route.page in _OF_A_TAKEN_FILE:
        return False
    return sharing.is_taken_away(app.store, route.case)
