"""Numbers that have no place in a file: the Dutch BSN and the German tax id.

There is no field for them anywhere. Where somebody types one all the same, the check digit tells it
from a telephone number, so that the page can ask to leave it out.
"""

from __future__ import annotations

import re
from collections import Counter

BSN_DIGITS = 9
TAX_ID_DIGITS = 11
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_MOST_REPEATS = 3

# Digits in one block, or in blocks with the same sign between them: 1112.22.333, 86 095 742 719.
_NUMBER = re.compile(r"(?<![\d+])\d+(?:([ .])\d+(?:\1\d+)*)?(?!\d)")


def holds_private_number(words: str, *, phone: bool = False) -> bool:
    """Whether a BSN or a tax id stands in these words.

    In a telephone field (`phone`) a number that begins with 0 is taken for what it is.
    """
    for found in _NUMBER.finditer(words):
        number = re.sub(r"\D", "", found[0])
        if phone and number.startswith("0"):
            continue
        if _is_bsn(number) or _is_tax_id(number):
            return True
    return False


def _is_bsn(number: str) -> bool:
    """Nine digits that pass the eleven test."""
    if len(number) != BSN_DIGITS or not int(number):
        return False
    weighed = zip(_BSN_WEIGHTS, number, strict=True)
    return sum(weight * int(digit) for weight, digit in weighed) % 11 == 0


def _is_tax_id(number: str) -> bool:
    """Eleven digits, one of them two or three times among the first ten, and the check digit."""
    if len(number) != TAX_ID_DIGITS or number.startswith("0"):
        return False
    repeated = [times for times in Counter(number[:-1]).values() if times > 1]
    if len(repeated) != 1 or repeated[0] > _MOST_REPEATS:
        return False
    product = 10
    for digit in number[:-1]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(number[-1])
