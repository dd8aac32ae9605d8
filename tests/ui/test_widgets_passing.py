"""What comes and goes: the toast with its way back, and the ring around the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Showing
from ui import dialogs, theme
from ui.widgets.buttons import button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.fold import Fold
from ui.widgets.layout import column
from ui.widgets.toast import Toast

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def host(showing: Showing) -> QWidget:
    page = QWidget()
    page.setLayout(column(QLineEdit(), None))
    page.resize(QSize(700, 400))
    return showing(page)


def test_undo_by_button_happens_once(host: QWidget, qtbot: QtBot):
    undone: list[int] = []
    toast = Toast(host)
    toast.say("Step removed.", lambda: undone.append(1))
    assert toast.words() == "Step removed."
    qtbot.mouseClick(toast._back, LEFT)
    assert undone == [1]
    assert toast.words() == ""
    qtbot.keyClick(host, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_it_is_as_wide_as_what_it_says_now(host: QWidget, qtbot: QtBot):
    toast = Toast(host)
    toast.say("Done.")
    qtbot.waitUntil(lambda: toast._words.width() > 0 and host.isVisible())
    QApplication.processEvents()
    toast.say("Kept with the papers, in the file of the person.")
    wanted = toast._words.fontMetrics().horizontalAdvance(toast.words())
    assert toast._words.width() >= wanted


def test_undo_by_ctrl_z_and_only_of_the_newest(host: QWidget, qtbot: QtBot):
    undone: list[str] = []
    toast = Toast(host)
    toast.say("First removed.", lambda: undone.append("first"))
    toast.say("Second removed.", lambda: undone.append("second"))
    qtbot.keyClick(host, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == ["second"]


def test_the_toast_goes_by_itself_but_not_while_it_has_the_keyboard(host: QWidget, qtbot: QtBot):
    toast = Toast(host, stays=30)
    toast.say("Step removed.", lambda: None)
    toast._back.setFocus()
    with qtbot.waitSignal(toast._timer.timeout):
        pass
    assert toast.words() == "Step removed."
    (field,) = host.findChildren(QLineEdit)
    qtbot.mouseMove(field)
    field.setFocus()
    qtbot.waitUntil(lambda: toast.words() == "")


def test_the_toast_stays_at_the_foot_of_its_page(host: QWidget):
    toast = Toast(host)
    toast.say("Step removed.")
    host.resize(700, 600)
    QApplication.processEvents()
    assert toast.geometry().bottom() == host.rect().bottom()
    assert not toast._back.isVisible()


@pytest.fixture
def ring(qapp: QApplication) -> Iterator[FocusRing]:
    made = FocusRing(qapp)
    yield made
    qapp.focusChanged.disconnect(made._follow)
    made.hide()
    made.setParent(None)


def page_with_buttons(showing: Showing) -> tuple[QWidget, QLineEdit, QPushButton]:
    page, field, made = QWidget(), QLineEdit(), button("Go")
    layout = QVBoxLayout(page)
    layout.addWidget(field)
    layout.addWidget(made)
    showing(page)
    return page, field, made


def test_the_ring_comes_with_the_keyboard_and_fields_need_none(
    ring: FocusRing, showing: Showing, qtbot: QtBot
):
    page, field, made = page_with_buttons(showing)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert ring.ringed() is made
    assert ring.geometry().contains(made.geometry())
    assert ring.parentWidget() is page
    qtbot.keyClick(made, Qt.Key.Key_Backtab)
    assert ring.ringed() is None


def test_the_ring_goes_with_the_mouse(ring: FocusRing, showing: Showing, qtbot: QtBot):
    _page, field, made = page_with_buttons(showing)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.mouseClick(made, LEFT)
    assert ring.ringed() is None


def test_the_ring_moves_with_what_it_surrounds(ring: FocusRing, showing: Showing, qtbot: QtBot):
    page, field, made = page_with_buttons(showing)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    page.resize(page.width() + 200, page.height() + 150)
    QApplication.processEvents()
    assert ring.geometry().center() == made.geometry().center()


@pytest.mark.parametrize("look", [theme.Theme("contrast")], indirect=True, ids=["contrast"])
def test_in_high_contrast_the_ring_is_always_there(ring: FocusRing, showing: Showing):
    _page, _field, made = page_with_buttons(showing)
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    assert ring.ringed() is made


def test_the_ring_goes_into_a_dialog_and_comes_back(
    ring: FocusRing, showing: Showing, qtbot: QtBot
):
    page, field, made = page_with_buttons(showing)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    sheet = dialogs.tell(page, "Done", "It is done.")
    qtbot.waitUntil(lambda: ring.parentWidget() is sheet)
    qtbot.keyClick(sheet.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.findChildren(dialogs.Sheet))
    page.activateWindow()
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(lambda: ring.parentWidget() is page)
    assert ring.ringed() is made


def test_tab_goes_from_a_fold_into_what_it_opens(showing: Showing, qtbot: QtBot):
    page = QWidget()
    fold, after = Fold("More", lambda: button("Inside")), button("After")
    page.setLayout(column(fold, after))
    showing(page)
    fold.open(True)
    line = fold.findChild(QPushButton)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert page.focusWidget().text() == "Inside"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    assert page.focusWidget().text() == "After"
