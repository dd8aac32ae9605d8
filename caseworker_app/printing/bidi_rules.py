"""The rules W1 to N2 of UAX #9, for one isolating run sequence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import normalize

ISOLATES = frozenset({"LRI", "RLI", "FSI"})
REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI"}) | ISOLATES
_NUMBERS = frozenset({"EN", "AN"})
_MOST_OPEN_BRACKETS = 63
# The pairs of BidiBrackets.txt: opening and closing, one after the other.
_PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_CLOSING = {
    normalize("NFD", opening): normalize("NFD", closing)
    for opening, closing in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}
_IS_CLOSING = frozenset(_CLOSING.values())


def resolve(
    text: str,
    original: Sequence[str],
    types: list[str],
    sequence: Sequence[int],
    ends: tuple[str, str],
    embedding: str,
) -> None:
    """Turn weak and neutral types of the sequence into strong ones, in `types`.

    `ends` are the directions before and after the sequence, `embedding` its own.
    """
    kinds = [types[i] for i in sequence]
    _weak(kinds, ends[0])
    _numbers(kinds, ends[0])
    _brackets(
        [text[i] for i in sequence], [original[i] for i in sequence], kinds, ends[0], embedding
    )
    _neutrals(kinds, ends, embedding)
    for i, kind in zip(sequence, kinds, strict=True):
        types[i] = kind


def _weak(kinds: list[str], start: str) -> None:
    """W1 to W3: marks join their letter; numbers after Arabic letters are Arabic numbers."""
    before = strong = start
    for k, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[k] = "ON" if before in ISOLATES or before == "PDI" else before
        before = kinds[k]
        if before in ("L", "R", "AL"):
            strong = before
        elif before == "EN" and strong == "AL":
            kinds[k] = "AN"
    for k, kind in enumerate(kinds):
        if kind == "AL":
            kinds[k] = "R"


def _numbers(kinds: list[str], start: str) -> None:
    """W4 to W7: signs inside and beside numbers; numbers after Latin letters are Latin."""
    for k in range(1, len(kinds) - 1):
        left, sign, right = kinds[k - 1 : k + 2]
        if left == right and (
            (sign == "ES" and left == "EN") or (sign == "CS" and left in _NUMBERS)
        ):
            kinds[k] = left
    for begin, end in _stretches(kinds, frozenset({"ET"})):
        beside = kinds[begin - 1 : begin] + kinds[end : end + 1]
        kinds[begin:end] = ["EN" if "EN" in beside else "ON"] * (end - begin)
    strong = start
    for k, kind in enumerate(kinds):
        if kind in ("ES", "CS"):
            kinds[k] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[k] = "L"


def _direction(kind: str) -> str | None:
    return "R" if kind == "R" or kind in _NUMBERS else "L" if kind == "L" else None


def _brackets(
    letters: Sequence[str],
    original: Sequence[str],
    kinds: list[str],
    start: str,
    embedding: str,
) -> None:
    """N0: both brackets of a pair run the same way."""
    for opening, closing in sorted(_bracket_pairs(letters, kinds)):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {None}
        if embedding in inside:
            found = embedding
        elif inside:
            before = (_direction(kinds[k]) for k in range(opening - 1, -1, -1))
            context = next((direction for direction in before if direction), start)
            opposite = "R" if embedding == "L" else "L"
            found = opposite if context == opposite else embedding
        else:
            continue
        for bracket in (opening, closing):
            _set_with_marks(original, kinds, bracket, found)


def _set_with_marks(original: Sequence[str], kinds: list[str], at: int, kind: str) -> None:
    kinds[at] = kind
    while at + 1 < len(kinds) and original[at + 1] == "NSM":
        at += 1
        kinds[at] = kind


def _bracket_pairs(letters: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """BD16: the positions of opening and closing brackets that belong together."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for k, kind in enumerate(kinds):
        if kind != "ON":
            continue
        letter = normalize("NFD", letters[k])
        if letter in _CLOSING:
            if len(opened) == _MOST_OPEN_BRACKETS:
                return []
            opened.append((_CLOSING[letter], k))
        elif letter in _IS_CLOSING:
            depth = next(
                (d for d in range(len(opened) - 1, -1, -1) if opened[d][0] == letter), None
            )
            if depth is not None:
                pairs.append((opened[depth][1], k))
                del opened[depth:]
    return pairs


def _neutrals(kinds: list[str], ends: tuple[str, str], embedding: str) -> None:
    """N1 and N2: what stands between two letters of one direction runs with them."""
    for begin, end in _stretches(kinds, _NEUTRAL):
        left = _direction(kinds[begin - 1]) if begin else ends[0]
        right = _direction(kinds[end]) if end < len(kinds) else ends[1]
        kinds[begin:end] = [left if left and left == right else embedding] * (end - begin)


def _stretches(kinds: Sequence[str], wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    """(begin, end) of each unbroken stretch of the wanted types."""
    k = 0
    while k < len(kinds):
        begin = k
        while k < len(kinds) and kinds[k] in wanted:
            k += 1
        if k > begin:
            yield begin, k
        k += 1
