"""Fields that look like text until somebody points at them: for what is read more than written.

The rules are set once on the page that holds the fields; a style sheet on each field would be slow.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.text import ROLES

_FIELDS = ("QLineEdit", "QComboBox", "QPlainTextEdit")


def make_quiet(control: QWidget) -> None:
    """Let a control look like text while it is neither pointed at nor written in."""
    control.setProperty("quiet", True)


def quiet_style() -> str:
    """The rules for quiet controls, for the page that holds them."""
    look = theme.current()
    rest = look.hex("line") if look.is_contrast else "transparent"
    states = (
        ("", f"border: 1px solid {rest}; background: transparent;"),
        (":hover", f"border: 1px solid {look.hex('line_strong')};"),
        (":focus", f"border: 2px solid {look.hex('accent')}; background: {look.hex('surface')};"),
        ('[problem="true"]', f"border: 2px solid {look.hex('danger')};"),
    )
    sheet = "\n".join(
        ", ".join(f'{field}[quiet="true"]{state}' for field in _FIELDS) + f" {{ {rule} }}"
        for state, rule in states
    )
    return f"""{sheet}
        QLineEdit[quiet="true"], QComboBox[quiet="true"] {{ padding-left: {look.px(9)}px; }}
        QComboBox[quiet="true"] {{ padding-right: {look.px(4)}px; }}
        QPlainTextEdit[quiet="true"] {{ padding: {look.px(6)}px {look.px(5)}px; }}
        QComboBox[quiet="true"]::drop-down {{ width: 0; }}
        QComboBox[quiet="true"]::drop-down:hover, QComboBox[quiet="true"]::drop-down:focus {{
            width: {look.px(26)}px;
        }}
        QComboBox[quiet="true"]::down-arrow {{ image: none; }}
        QComboBox[quiet="true"]::down-arrow:hover, QComboBox[quiet="true"]::down-arrow:focus {{
            image: url(:/controls/{look.name}/down.svg);
            width: {look.px(16)}px; height: {look.px(16)}px;
        }}
        QPlainTextEdit[muted="true"] {{ color: {look.hex("text_2")}; }}
        QPlainTextEdit[role="h2"] {{ {_type("h2")} }}
        QPlainTextEdit[role="bodym"] {{ {_type("bodym")} }}
        QToolButton[pictogram="true"] {{
            background: {look.hex("person_tint")}; padding: 0; border-radius: {look.px(10)}px;
            border: 1px solid {look.hex("person_edge")};
            min-width: {look.px(42)}px; min-height: {look.px(42)}px;
        }}
        QToolButton[pictogram="true"]:hover {{ border-color: {look.hex("person")}; }}
    """


def _type(role: str) -> str:
    kind = ROLES[role]
    return f"font-size: {theme.current().px(kind.size)}px; font-weight: {kind.weight};"
