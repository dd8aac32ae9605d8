"""Everything the program could show, say or hand out: every widget, shown or not, and more."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QClipboard, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSystemTrayIcon,
    QTextEdit,
    QWidget,
)

SAYINGS = (
    "text",
    "title",
    "toPlainText",
    "placeholderText",
    "windowTitle",
    "windowFilePath",
    "windowIconText",
    "accessibleName",
    "accessibleDescription",
    "toolTip",
    "statusTip",
    "whatsThis",
    "objectName",
    "displayText",
    "currentText",
    "iconText",
)
ASPECTS = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
)
DEEPEST = 6
ADDRESS = re.compile(r" at 0x[0-9a-f]+>$")  # where a value of Qt's lies: digits that nobody typed


def all_words(but: Iterable[object] = ()) -> str:
    """Every word in this process that a widget, a model, a menu or the clipboard holds.

    Widgets in `but` are left out: they are those of other tests.
    """
    return "\n".join(words for words in _words({id(one) for one in but}) if words)


def alive(*kinds: type, collect: bool = True) -> list[object]:
    """What still lives of these kinds, once the garbage is gone."""
    if collect:
        gc.collect()
    return [one for one in gc.get_objects() if isinstance(one, kinds)]


def _words(but: set[int]) -> Iterator[str]:
    for widget in QApplication.allWidgets():
        if id(widget) in but:
            continue
        yield from _of_object(widget)
        yield from _spoken(widget)
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            yield from _undone(widget)
        if isinstance(widget, QComboBox):
            yield from _of_model(widget.model(), QModelIndex(), 0)
        for part in _parts(widget):
            yield from _of_object(part)
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        yield clipboard.text(mode)
        yield from clipboard.mimeData(mode).formats() if clipboard.mimeData(mode) else ()
    assert QSystemTrayIcon  # the program has none: nothing to read there


def _parts(one: QObject) -> Iterator[QObject]:
    """What belongs to a widget without being one: actions, models, completers, documents."""
    for child in one.children():
        if not child.isWidgetType():
            yield child
            yield from _parts(child)


def _of_object(one: QObject) -> Iterator[str]:
    for saying in SAYINGS:
        said = getattr(one, saying, None)
        if callable(said):
            with suppress(TypeError):  # it says something about something else
                words = said()
                if isinstance(words, str):
                    yield words
    for name in one.dynamicPropertyNames():
        with suppress(RuntimeError):  # something of the style's own, and no words
            yield ADDRESS.sub(">", str(one.property(bytes(name.data()).decode())))
    if isinstance(one, QAction):
        yield one.toolTip()
    if isinstance(one, QAbstractItemModel):
        yield from _of_model(one, QModelIndex(), 0)


def _of_model(model: QAbstractItemModel, parent: QModelIndex, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        return
    for row in range(model.rowCount(parent)):
        for column in range(model.columnCount(parent)):
            index = model.index(row, column, parent)
            for role in (*range(15), Qt.ItemDataRole.UserRole):
                yield ADDRESS.sub(">", str(model.data(index, role) or ""))
            if column == 0 and model.hasChildren(index):
                yield from _of_model(model, index, depth + 1)


def _spoken(widget: QWidget) -> Iterator[str]:
    """What a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None and interface.isValid():
        for aspect in ASPECTS:
            yield interface.text(aspect)


def _undone(field: QLineEdit | QPlainTextEdit | QTextEdit) -> Iterator[str]:
    """What comes back by undoing as often as it goes. What stands there now comes back, too."""
    steps = 0
    while _can_undo(field) and steps < 200:
        field.undo()
        steps += 1
        yield field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    for _step in range(steps):
        field.redo()


def _can_undo(field: QLineEdit | QPlainTextEdit | QTextEdit) -> bool:
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable()
    return field.document().isUndoAvailable()
