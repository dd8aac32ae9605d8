"""Reading the QR code of an invitation from a picture that was scanned or photographed."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app import errors
from caseworker_app.sync.wire.invitation import SCHEME

MOST_PIXELS = 50_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture in grey: one byte for each pixel, row by row."""

    width: int
    height: int
    pixels: bytes


def read(picture: Picture) -> str:
    """The long form of the invitation in the picture. NoCodeFound when there is none."""
    import zxingcpp  # noqa: PLC0415 - a megabyte that is needed once in the life of a laptop

    if not 0 < picture.width * picture.height == len(picture.pixels) <= MOST_PIXELS:
        raise errors.NoCodeFound
    grey = memoryview(picture.pixels).cast("B", shape=(picture.height, picture.width))
    square = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(grey, formats=square)
    texts = [code.text for code in found if code.text.startswith(f"{SCHEME}://")]
    if not texts:
        raise errors.NoCodeFound
    return texts[0]
