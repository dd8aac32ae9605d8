"""A number as an answer. What does not fit is said on leaving, and stays as it was typed."""

from __future__ import annotations

from math import isfinite

from caseworker_app.domain.guide import Question
from caseworker_app.i18n import _, texts
from ui.widgets.fields import LineField

NEARLY = 1e-9


class NumberField(LineField):
    """Reads "12", "1,5" and "1.5". Bounds and steps are those of its question."""

    def __init__(self, question: Question) -> None:
        super().__init__("")
        self._question = question
        self.left.connect(self.check)

    def value(self) -> str:
        """The number as it is kept, with a point; what is no number as it was typed."""
        typed = super().value()
        number = _number(typed)
        return typed if number is None else f"{number:.15g}"

    def set_value(self, value: str) -> None:
        """Show a number with this language's sign; what is no number as it was typed."""
        if value != self.value():
            sign = texts().number(0.5)[1]
            self.control.setText(value if _number(value) is None else value.replace(".", sign))
        self.check()

    def check(self) -> None:
        """Say what would fit better, if anything."""
        typed = super().value()
        self.set_problem(_problem(typed, self._question) if typed else "")


def _problem(typed: str, question: Question) -> str:
    number = _number(typed)
    if number is None:
        return _("Please write a number here, for example 12.")
    least, most, step = question.least, question.most, question.step
    too_small = least is not None and number < least
    too_large = most is not None and number > most
    if too_small or too_large:
        return _bounds(least, most)
    if step and abs((turns := (number - (least or 0)) / step) - round(turns)) > NEARLY:
        return _("This goes in steps of {step}.").format(step=texts().number(step))
    return ""


def _bounds(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        sentence = _("Please write a number from {least} to {most}.")
    elif least is not None:
        sentence = _("Please write a number of at least {least}.")
    else:
        sentence = _("Please write a number of at most {most}.")
    return sentence.format(least=texts().number(least or 0), most=texts().number(most or 0))


def _number(words: str) -> float | None:
    try:
        number = float(words.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None
