"""The words under the pointer: always plain text, never markup.

Qt reads a tooltip that looks like markup as markup: a name like “<b>” would vanish from it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

JOINER = "\u2060"  # takes no room and parts nothing, but a “<” or “&” before it begins no markup


def set_tip(widget: QWidget, words: str) -> None:
    """Show these words, as they are, while somebody points at the widget; "" shows nothing."""
    widget.setToolTip(words.replace("<", f"<{JOINER}").replace("&", f"&{JOINER}"))
