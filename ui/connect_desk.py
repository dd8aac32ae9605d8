"""The section of the settings in which a laptop is connected to its organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.domain.exchange import ExchangeView, Fingerprints, Standing
from caseworker_app.errors import CaseworkerError
from caseworker_app.i18n import _
from caseworker_app.services.exchange import by_network, connecting
from caseworker_app.services.exchange.view import view as read_view
from caseworker_app.sync.wire.invitation import Invitation, link
from ui import dialogs
from ui.forms.connecting import CodeForm, CompareForm, ConnectedForm, DiffersForm
from ui.page import Page
from ui.widgets.layout import clear, column


class ConnectDesk(QWidget):
    """Asks for the code, lets compare, and then says how it stands."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._app = page, page.app
        self._form: CodeForm | None = None
        self._confirmed: bool | None = None
        self._place = column(gap=0)
        self.setLayout(self._place)
        self.read()

    def read(self) -> None:
        """Show how it stands."""
        store = self._app.store
        self._app.background.run(self, lambda: read_view(store), self.show_view)

    def show_view(self, view: ExchangeView) -> None:
        """The code to be typed, or whom this laptop is connected to."""
        if view.standing is Standing.ALONE:
            self._ask()
        elif view.to_compare:
            self.compare(Fingerprints(view.root_print, view.own_print))
        else:
            form = ConnectedForm(view)
            form.again.connect(self._on_again)
            self._put(form)
            self._confirmed = not view.unconfirmed

    def hear(self, view: ExchangeView) -> None:
        """The organisation may have confirmed this laptop meanwhile."""
        is_new = self._confirmed is view.unconfirmed  # None where something else stands here
        if is_new and view.standing is not Standing.WORKING:
            self.show_view(view)

    def _put(self, form: QWidget) -> None:
        clear(self._place)
        self._confirmed = None
        self._form = form if isinstance(form, CodeForm) else None
        self._place.addWidget(form)
        form.show()

    def _ask(self) -> None:
        form = CodeForm()
        form.entered.connect(self._on_entered)
        form.file_wanted.connect(self._on_file)
        form.clipboard_wanted.connect(self._on_clipboard)
        self._put(form)

    # --- the QR code ---------------------------------------------------------------------------

    def _on_file(self) -> None:
        kinds = _("Pictures") + " (*.png *.jpg *.jpeg *.webp *.bmp)"
        title = _("Choose the picture with the code")
        dialogs.choose_file_to_open(self.window(), title, kinds, self.read_file)

    def read_file(self, file: Path) -> None:
        """Read the code from a picture in a file."""
        self._read_code(lambda: file)

    def _on_clipboard(self) -> None:
        copied = QApplication.clipboard()
        image, words = copied.image(), copied.text().strip()
        if image.isNull() and words and self._form is not None:
            self._form.fill(words)
        else:
            self._read_code(lambda: _as_png(image))

    def _read_code(self, picture: Callable[[], Path | bytes]) -> None:
        def read() -> Invitation:
            return connecting.read_picture(picture())

        self._app.background.run(self, read, self._fill, self._refuse)

    def _fill(self, invitation: Invitation) -> None:
        """What was read stands in the field, so that it can be tried once more."""
        if self._form is not None:
            self._form.fill(link(invitation))

    def _refuse(self, error: CaseworkerError) -> None:
        happened, safe, to_do = error.sentences()
        if self._form is not None:
            self._form.refuse(happened, " ".join(part for part in (safe, to_do) if part))

    # --- connecting ----------------------------------------------------------------------------

    def _on_entered(self, address: str, code: str) -> None:
        try:
            self._connect(connecting.read(address, code))
        except CaseworkerError as error:
            self._refuse(error)

    def _connect(self, invitation: Invitation) -> None:
        if self._form is not None:
            self._form.set_busy(busy=True)
        work = partial(by_network.connect, self._app.store, invitation, self._app.now)
        self._app.background.line.run(self, work, self.compare, self._refuse)

    def compare(self, prints: Fingerprints) -> None:
        """Show the two numbers."""
        form = CompareForm(prints)
        form.confirmed.connect(self._on_same)
        form.differs.connect(self._on_differs)
        self._put(form)
        form.setFocus()

    def _on_same(self) -> None:
        connecting.numbers_agree(self._app.store, self._app.now())
        self._page.exchange_wanted.emit()
        self.read()

    def _on_again(self) -> None:
        """Behind a round that is under way, which would keep what is forgotten here.

        Whoever is confirmed by then stays connected.
        """
        self.setEnabled(False)
        work = partial(connecting.take_back, self._app.store, self._app.now())
        self._app.background.line.run(self, work, self._on_taken_back)

    def _on_taken_back(self, _nothing: None) -> None:
        self.setEnabled(True)
        self.read()

    def _on_differs(self) -> None:
        """Nobody who shows another number is believed, not even until the next start."""
        connecting.take_back(self._app.store, self._app.now())
        form = DiffersForm()
        form.again.connect(self._ask)
        self._put(form)


def _as_png(image: QImage) -> bytes:
    """The picture as a file would hold it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
