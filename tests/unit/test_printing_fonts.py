"""The right typeface for every name, and nothing that gets lost."""

from __future__ import annotations

import sys

import pytest

from caseworker_app.printing import fonts
from caseworker_app.printing.fonts import FAMILIES, Weight
from caseworker_app.printing.lines import lines
from caseworker_app.printing.look import Style
from caseworker_app.printing.shaping import Shaper

BODY = Style(14, 20)


def families(word: str, weight: Weight = Weight.REGULAR) -> list[tuple[str, str]]:
    return [(face.family.name, text) for face, text in fonts.runs(word, weight)]


@pytest.mark.parametrize(
    ("word", "family"),
    [
        ("Gärtnerei", "HyperlegiblePlain"),
        ("Łukasz", "HyperlegiblePlain"),
        ("Nguyễn", "NotoSans"),
        ("Оксана", "NotoSans"),
        ("Ελένη", "NotoSans"),
        ("محمد", "Vazirmatn"),
        ("پروانه‌ای", "Vazirmatn"),
        ("שלום", "NotoSansHebrew"),
        ("ሰላም", "NotoSansEthiopic"),
        ("→", "NotoSansMath"),
        ("✓", "NotoSansSymbols2"),
        ("🙂", "NotoEmoji"),
    ],
)
def test_a_word_is_set_in_one_face_that_has_it_whole(word: str, family: str) -> None:
    assert families(word) == [(family, word)]


def test_a_word_of_two_scripts_is_set_in_two_faces() -> None:
    assert families("Café-محمد") == [("HyperlegiblePlain", "Café-"), ("Vazirmatn", "محمد")]


def test_bold_stays_bold_in_other_scripts() -> None:
    [(face, _)] = fonts.runs("Оксана", Weight.SEMIBOLD)
    assert face.name == "NotoSans-Bold"


@pytest.mark.parametrize("sign", ["❤️", "☎️", "©️"])
def test_a_sign_in_emoji_style_comes_from_the_emoji_face(sign: str) -> None:
    assert families(sign) == [("NotoEmoji", sign)]


@pytest.mark.parametrize("sequence", ["👨‍👩‍👧", "🧑🏽‍🌾", "🇩🇪", "1️⃣"])
def test_joined_emoji_are_shown_at_least_as_their_parts(sequence: str) -> None:
    assert not fonts.missing(sequence)
    assert [family for family, _ in families(sequence)] == ["NotoEmoji"]
    [line] = lines(sequence, BODY, 400, Shaper())
    assert all(glyph.id for run in line.runs for glyph in run.glyphs)


def test_a_letter_that_no_face_has_is_printed_as_its_code() -> None:
    assert families("字") == [("HyperlegiblePlain", "[U+5B57]")]
    assert fonts.missing("a 字 🙂 \U0001fae8!") == {"字", "\U0001fae8"} - have("\U0001fae8")


def have(letter: str) -> set[str]:
    emoji = fonts.face(FAMILIES[-1], Weight.REGULAR)
    return {letter} if emoji.has(letter) else set()


def test_decorated_letters_fall_back_to_plain_ones() -> None:
    assert "".join(text for _, text in families("𝐇𝐞𝐥𝐥𝐨")) == "Hello"
    assert not fonts.missing("𝐇𝐞𝐥𝐥𝐨")


def test_letters_and_marks_typed_apart_are_one_letter() -> None:
    assert families("Cafe\u0301") == [("HyperlegiblePlain", "Cafe\u0301")]
    assert not fonts.missing("Z\u030c e\u0301 \u05e9\u05c1 \u0628\u064e")


@pytest.mark.parametrize(
    "alphabet",
    [
        "aäbcdefghijklmnoöpqrsßtuüvwxyzÄÖÜẞ éèëïíóúijIJ",
        "çğıİöşü ąćęłńóśźż ăâîșț čćđšž ëç êîşû ạảấầẩẫậắằẳẵặđ",
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ыэё ђјљњћџ ѓќ ў",
        "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ پچژگکی ټډړښځڅڼۍې ٹڈڑںھہے ڵێۆڕ ٠١٢ ۰۱۲ ،؟؛",
        "אבגדהוזחטיכלמנסעפצקרשתךםןףץ בָּ שִׁ",
        "ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ ።፣ ፩፪",
        "„“‚‘”’–—…•·«»€§°²³½×÷≤≥→←↑↓✓✗☐☑☒★☆♥☎",
    ],
)
def test_the_alphabets_of_our_neighbours_are_complete(alphabet: str) -> None:
    assert fonts.missing(alphabet) == frozenset()


def test_no_letter_is_ever_drawn_as_an_empty_box() -> None:
    shaper = Shaper()
    boxes = [
        f"{code:04X}"
        for code in range(0x20, sys.maxunicode, 31)
        for line in lines(chr(code), BODY, 400, shaper)
        if any(glyph.id == 0 for run in line.runs for glyph in run.glyphs)
    ]
    assert boxes == []


def test_what_has_no_shape_is_dropped_and_line_ends_are_kept() -> None:
    assert fonts.clean("a\x00b\x1bc\x9fd\u00ade\ud800f") == "abcdef"
    assert fonts.clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
