"""Connecting a laptop: the letter's code, the comparison of two numbers, and what follows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from caseworker_app.domain.exchange import ExchangeView, Fingerprints
from caseworker_app.i18n import _
from caseworker_app.sync.wire.invitation import SCHEME
from ui.widgets.boxes import Banner
from ui.widgets.buttons import button
from ui.widgets.fields import LineField
from ui.widgets.fingerprint import Fingerprint
from ui.widgets.fold import Fold
from ui.widgets.layout import clear, column, flow, row
from ui.widgets.text import IconText, Text, h3, isolated


class CodeForm(QWidget):
    """`entered` carries what was typed: address or link, and code. The two others want a QR code.

    One field takes the long link as well; then no code is asked for.
    """

    entered = Signal(str, str)
    file_wanted = Signal()
    clipboard_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._trouble = column(gap=0)
        self._address = LineField(
            _("Address"),
            hint=_("It stands in the letter of your organisation. A whole link will do, too."),
            placeholder=_("https://…"),
        )
        self._code = LineField(
            _("Code"), hint=_("Capitals and hyphens do not matter. It works once, for 15 minutes.")
        )
        self._address.control.setObjectName("connect-address")
        self._code.control.setObjectName("connect-code")
        self._address.changed.connect(self._on_changed)
        for field in (self._address, self._code):
            field.control.returnPressed.connect(self._on_entered)
        self._next = button(_("Connect"), "primary", slot=self._on_entered)
        pictures = flow(
            button(_("QR code from a picture"), icon="qr-code", slot=self.file_wanted.emit),
            button(_("QR code from the clipboard"), "quiet", slot=self.clipboard_wanted.emit),
        )
        lead = _(
            "With a connection you can share files with colleagues. "
            "Everything is sealed on this laptop before it leaves; the server cannot read it."
        )
        self.setLayout(
            column(
                Text(lead),
                self._trouble,
                pictures,
                self._address,
                self._code,
                row(None, self._next),
                gap=16,
            )
        )
        self.setFocusProxy(self._address)

    def fill(self, link: str) -> None:
        """Take the link that was read from a picture."""
        self._address.set_value(link)
        self._on_changed()
        self._on_entered()

    def set_busy(self, *, busy: bool) -> None:
        """Say that the central store is being asked."""
        self._next.setEnabled(not busy)
        self._next.setText(_("Connecting …") if busy else _("Connect"))

    def refuse(self, sentence: str, more: str = "") -> None:
        """Say what did not work; what was typed stays."""
        self.set_busy(busy=False)
        clear(self._trouble)
        self._trouble.addWidget(Banner("warn", sentence, more, icon="circle-alert"))

    def _has_link(self) -> bool:
        return self._address.value().lower().startswith(f"{SCHEME}:")

    def _on_changed(self) -> None:
        self._code.setVisible(not self._has_link())

    def _on_entered(self) -> None:
        missing = {self._address: _("Please type the address from the letter.")}
        if not self._has_link():
            missing[self._code] = _("Please type the code from the letter.")
        empty = [field for field in missing if not field.value()]
        for field in (self._address, self._code):
            field.set_problem(missing[field] if field in empty else "")
        if empty:
            empty[0].setFocus()
            return
        clear(self._trouble)
        self.set_busy(busy=True)
        self.entered.emit(self._address.value(), "" if self._has_link() else self._code.value())


class CompareForm(QWidget):
    """Two numbers: the organisation's, to be found in the letter, and this laptop's own.

    `confirmed` when the organisation's is the same, `differs` when it is not.
    """

    confirmed = Signal()
    differs = Signal()

    def __init__(self, prints: Fingerprints) -> None:
        super().__init__()
        theirs = _("Number of your organisation")
        if prints.organisation_name:
            theirs = _("Number of {name}").format(name=isolated(prints.organisation_name))
        same = button(_("The number is the same"), "primary", icon="check")
        same.clicked.connect(lambda _on=False: self.confirmed.emit())
        other = button(_("It is another number"), slot=self.differs.emit)
        self.setLayout(
            column(
                h3(_("Compare the numbers")),
                Text(_("That way you know that nobody stands in between.")),
                Fingerprint(
                    theirs,
                    prints.organisation,
                    _("It stands in the letter. Compare all groups."),
                ),
                Fingerprint(
                    _("Number of this laptop"),
                    prints.own,
                    _("Read it aloud to your IT when they confirm this laptop."),
                ),
                flow(same, other),
                gap=16,
            )
        )
        self.setFocusProxy(same)


class DiffersForm(QWidget):
    """The number is another one than in the letter: the connection is gone, and IT has to know.

    `again` begins anew, with a new code.
    """

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setLayout(
            column(
                Banner(
                    "danger",
                    _("Please stop here and call your IT."),
                    _("Perhaps somebody stands between you and your organisation. The connection "
                      "was taken back, and nothing of your files has left this laptop."),
                ),
                row(button(_("Begin again with a new code"), slot=self.again.emit), None),
                gap=16,
            )
        )  # fmt: skip


class ConnectedForm(QWidget):
    """To whom this laptop is connected, whether it is confirmed, and its numbers.

    `again` begins anew with a new code, as long as the organisation has not confirmed the laptop.
    """

    again = Signal()

    def __init__(self, view: ExchangeView) -> None:
        super().__init__()
        name = isolated(view.organisation or _("Your organisation"))
        if view.unconfirmed:
            state = Banner(
                "info",
                _("{name} still has to confirm this laptop.").format(name=name),
                _("Read the number of this laptop aloud to your IT. "
                  "Until then everything stays here, safe."),
                icon="clock",
            )  # fmt: skip
        else:
            title = _("This laptop is connected to {name}.").format(name=name)
            state = Banner("ok", title, view.address)
        numbers = Fold(_("The numbers to compare"), lambda: _numbers(view))
        numbers.open(view.unconfirmed)
        self.setLayout(column(state, numbers, self._way_out(view), gap=16))

    def _way_out(self, view: ExchangeView) -> QWidget:
        if view.unconfirmed:
            holder = QWidget()
            new_code = _("If your IT does not see this laptop, it gives you a new code.")
            begin = button(_("Begin again with a new code"), slot=self.again.emit)
            holder.setLayout(column(Text(new_code, "meta"), row(begin, None), gap=10))
            return holder
        stays = _(
            "Only your IT can take this laptop out again. So nobody who opens it "
            "for a moment can cut it off from your organisation."
        )
        return IconText("info", stays, "meta")


def _numbers(view: ExchangeView) -> QWidget:
    holder = QWidget()
    body = column(gap=12)
    for title, digits in (
        (_("Number of this laptop"), view.own_print),
        (_("Number of your organisation"), view.root_print),
    ):
        if digits:
            body.addWidget(Fingerprint(title, digits))
    holder.setLayout(body)
    return holder
