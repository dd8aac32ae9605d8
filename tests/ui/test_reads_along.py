"""Where a coach may only read, a line above the page says what becomes of what they write."""

from __future__ import annotations

from uuid import UUID, uuid4

from pytestqt.qtbot import QtBot

from caseworker_app.domain.sharing import Role
from caseworker_app.store import members, organisations
from caseworker_app.store.organisations import Organisation
from caseworker_app.sync.wire.membership import Member, Membership, SignedMembership, body_of
from tests.builders import NOW
from ui.context import App
from ui.main_window import MainWindow
from ui.page import Route
from ui.widgets.shell_frame import ReadingStrip


def has_a_role(app: App, case: UUID, role: Role) -> None:
    """As if the latest record gave the user of this laptop this role."""
    org, user, device = uuid4(), uuid4(), app.store.keys.device_id
    record = Membership(org, case, 1, b"", 1, b"", (Member(org, user, role),), (), 0, device)
    with app.store.changing(NOW) as changing:
        changing.connection.exec_driver_sql(
            "UPDATE device SET org = ?, user = ? WHERE id = ?",
            (org.bytes, user.bytes, device.bytes),
        )
        ours = Organisation(org, "teilhabe-nord", own=True, root=bytes(32), signed=None)
        organisations.keep(changing, ours)
        members.keep_record(changing, record, SignedMembership(body_of(record), b""))


def strips(app: App, qtbot: QtBot, case: UUID) -> int:
    window = MainWindow(app, ())
    qtbot.addWidget(window)
    window.show()
    window.go(Route("goals", case))
    assert window.page is not None
    assert window.page.isVisible()
    return sum(strip.isVisibleTo(window) for strip in window.findChildren(ReadingStrip))


def test_it_is_said_above_each_page_of_the_file(app: App, case: UUID, qtbot: QtBot) -> None:
    has_a_role(app, case, Role.READS)
    assert strips(app, qtbot, case) == 1


def test_who_writes_along_is_told_nothing(app: App, case: UUID, qtbot: QtBot) -> None:
    has_a_role(app, case, Role.WRITES)
    assert strips(app, qtbot, case) == 0
