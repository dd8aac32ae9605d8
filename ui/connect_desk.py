"""The section of the settings in which a laptop is connected to its organisation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app.domain.exchange import ExchangeView, Fingerprints, Standing
from caseworker_app.errors import CaseworkerError, NoCodeFound
from caseworker_app.i18n import _
from caseworker_app.services import exchange, qr_codes
from caseworker_app.services.exchange import connecting
from caseworker_app.services.qr_codes import Picture
from ui import dialogs
from ui.forms.connecting import CodeForm, CompareForm, ConnectedForm, DiffersForm
from ui.page import Page
from ui.widgets.layout import clear, column

LARGEST = 4000
"""Pixels at one side: a photograph is read as well at this size, and quicker."""


class ConnectDesk(QWidget):
    """Asks for the code, lets compare, and then says how it stands."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._app = page, page.app
        self._form: CodeForm | None = None
        self._place = column(gap=0)
        self.setLayout(self._place)
        self.read()

    def read(self) -> None:
        """Show how it stands."""
        store, now = self._app.store, self._app.now()
        self._app.background.run(self, lambda: exchange.view(store, now), self.show_view)

    def show_view(self, view: ExchangeView) -> None:
        """The code to be typed, or whom this laptop is connected to."""
        if view.standing is Standing.ALONE:
            self._ask()
        else:
            self._put(ConnectedForm(view))

    def _put(self, form: QWidget) -> None:
        clear(self._place)
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
        self._read_code(lambda: _loaded(file))

    def _on_clipboard(self) -> None:
        copied = QApplication.clipboard()
        image, words = copied.image(), copied.text().strip()
        if not image.isNull():
            self._read_code(lambda: image)
        elif self._form is not None and words:
            self._form.fill(words)
        else:
            self._refuse(NoCodeFound())

    def _read_code(self, load: Callable[[], QImage]) -> None:
        self._app.background.run(
            self, lambda: qr_codes.read(_grey(load())), self._on_code, self._refuse
        )

    def _on_code(self, link: str) -> None:
        if self._form is not None:
            self._form.fill(link)

    def _refuse(self, error: CaseworkerError) -> None:
        happened, safe, to_do = error.sentences()
        if self._form is not None:
            self._form.refuse(happened, " ".join(part for part in (safe, to_do) if part))

    # --- connecting ----------------------------------------------------------------------------

    def _on_entered(self, address: str, code: str) -> None:
        store, now = self._app.store, self._app.now()

        def connect() -> Fingerprints:
            connecting.connect(store, connecting.prepare(address, code), now)
            return connecting.fingerprints(store)

        self._app.background.line.run(self, connect, self.compare, self._refuse)

    def compare(self, prints: Fingerprints) -> None:
        """Show the two numbers."""
        form = CompareForm(prints)
        form.confirmed.connect(self._on_same)
        form.differs.connect(lambda: self._on_differs(prints))
        self._put(form)
        form.setFocus()

    def _on_same(self) -> None:
        self._page.exchange_wanted.emit()
        self.read()

    def _on_differs(self, prints: Fingerprints) -> None:
        form = DiffersForm()
        form.again.connect(lambda: self.compare(prints))
        self._put(form)


def _loaded(file: Path) -> QImage:
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    return reader.read()


def _grey(image: QImage) -> Picture:
    """The picture as bytes, one for each pixel."""
    if image.isNull():
        return Picture(0, 0, b"")
    if max(image.width(), image.height()) > LARGEST:
        image = image.scaled(LARGEST, LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = memoryview(grey.constBits()).cast("B")
    wide, step = grey.width(), grey.bytesPerLine()
    pixels = b"".join(
        bytes(rows[start : start + wide]) for start in range(0, step * grey.height(), step)
    )
    return Picture(wide, grey.height(), pixels)
