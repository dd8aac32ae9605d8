"""Which language the screen speaks, and making everything on it speak it."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.settings import Settings
from ui import dialogs


def first_language(chosen: Settings) -> str:
    """The language of the settings, or of the system; else the source, until somebody chooses."""
    wanted = chosen.language or QLocale.system().name()[:2]
    return wanted if wanted in i18n.LANGUAGES else "en"


def speak(app: QApplication, language: str) -> None:
    """Our own words and those of Qt in this language, from now on."""
    i18n.use(language)
    dialogs.install_qt_translations(app, language)
