"""A conversation on paper: how it reads, that it keeps the standards, and what is never in it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.guide import Option, QuestionKind
from caseworker_app.domain.look_back import LookBack, question_id
from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.talk import (
    FACES,
    HelpWanted,
    Missing,
    TalkStatus,
    Topic,
    TopicState,
    Voice,
    WantsChange,
)
from caseworker_app.domain.talk_choice import PaperChoice
from caseworker_app.domain.talk_paper import Views
from caseworker_app.i18n import Texts
from caseworker_app.printing.talk_pdf import missing_letters, talk_pdf
from tests.pdf_checker import findings
from tests.pdf_reading import elements, extracted, read_aloud
from tests.pictures import (
    CASE,
    a_conversation,
    a_guide,
    a_question,
    a_rating,
    a_section,
    a_talk,
    answered,
    paper_of,
    said,
    words,
)
from tests.printing_plans import Words

GOLDEN = Path(__file__).parent.parent / "data" / "printing"
ENGLISH = Texts("en")
JOINT = PaperChoice("de")
ALL = PaperChoice("de", for_one=True, notes=True, opened=frozenset({"health"}))
GERMAN = Words(
    "de",
    {
        "Our conversation": "Unser Gespräch",
        "Record of a conversation – not an official decision": "Gesprächsnotiz – kein Bescheid",
        "Page {page} of {pages}": "Seite {page} von {pages}",
        "would rather not say": "möchte nichts sagen",
    },
)


def every_kind():
    """A guide that asks in every way there is."""
    return a_guide(
        a_section(
            "doing",
            a_question("usual-week"),
            a_question("liked-most", strength=True),
            domains=("L01", "L09"),
        ),
        a_section(
            "way",
            a_question("way-to-work"),
            a_question("has-ticket", kind=QuestionKind.YES_NO),
            a_question(
                "by",
                kind=QuestionKind.CHOICES,
                options=(Option("bus", words("Bus")), Option("bike", words("Fahrrad"))),
            ),
            a_question("since", kind=QuestionKind.DATE),
            a_question("minutes", kind=QuestionKind.NUMBER),
            a_question("safe", kind=QuestionKind.SCALE, scale="faces"),
            a_question("alone", kind=QuestionKind.YES_NO),
            domains=("L06",),
        ),
        a_section("health", a_question("body"), domains=("L11",), sensitive=True),
        a_section("wishes", a_question("in-a-year")),
        a_section("parked", a_question("later")),
        a_section("declined", a_question("never")),
    )


def a_full_talk():
    now = a_conversation()
    return a_talk(
        now,
        every_kind(),
        statements=(
            said(now, "Am Samstag spiele ich Boule.", "liked-most", section="doing"),
            said(now, "Der Bus um halb sieben fährt nicht mehr.", for_goals=True),
            said(now, "Er fährt sicher, wenn er geübt hat.", voice=Voice.COACH),
            said(now, "Ich habe Angst um ihn.", voice=Voice.THIRD, speaker="Petra Brandt"),
            said(now, "Merkzeichen G.", voice=Voice.DOCUMENT, speaker="Bescheid von 2024"),
            said(now, "Einmal mit mir üben.", question_id("L06", LookBack.BETTER)),
            said(now, "Und das wollte ich noch sagen.", ""),
            said(now, "Ich nehme Tabletten.", "body", section="health"),
        ),
        answers=(
            answered(now, "has-ticket", "no"),
            answered(now, "by", "bus\nbike"),
            answered(now, "since", "2026-03-02"),
            answered(now, "minutes", "42.5"),
            answered(now, "safe", "2"),
            answered(now, "alone", missing=Missing.NOT_SAID),
        ),
        ratings=(
            a_rating(now, "L01", 6, importance=5),
            a_rating(
                now,
                "L06",
                3,
                importance=9,
                wants_change=WantsChange.YES,
                help_wanted=HelpWanted.SOME,
                own_share=1,
                network_share=3,
                reason="Weil der Bus nicht kommt.",
            ),
            a_rating(now, "L09", missing=Missing.NOT_KNOWN),
            a_rating(now, "L11", 5),
        ),
        topics=tuple(
            Topic(id=CASE, case=CASE, conversation=now.id, section=section, state=state)
            for section, state in (
                ("parked", TopicState.PARKED),
                ("declined", TopicState.DECLINED),
            )
        ),
    )


def printed(choice: PaperChoice = ALL, talk=None, texts: Texts = GERMAN) -> bytes:
    then = a_conversation(256)
    earlier = (a_rating(then, "L06", 6), a_rating(then, "L01", 4, scale=FACES))
    talk = talk or a_full_talk()
    return talk_pdf(paper_of(talk, choice, (then,), earlier, texts)[0], texts)


def a_long_talk():
    """Three hundred questions of a guide that somebody imported, and answers without end."""
    story = "Ich erzähle, wie es war und was mir dabei wichtig ist. " * 40
    sections = tuple(
        a_section(f"s{n}", *(a_question(f"q{n}-{i}") for i in range(30)), domains=(f"L{n + 1:02}",))
        for n in range(10)
    )
    now = a_conversation()
    voices = (Voice.PARTICIPANT, Voice.THIRD)
    statements = tuple(
        said(
            now,
            f"{n}/{i}: {story if i == 7 else story[:90]}",
            f"q{n}-{i}",
            section=f"s{n}",
            voice=voice,
        )
        for n in range(10)
        for i in range(30)
        for voice in voices[: 1 + (i % 3 == 0)]
    )
    return a_talk(now, a_guide(*sections), statements=statements)


def many_scripts():
    now = a_conversation(place="عند محمد", present="محمد الخطيب, יעל כהן, Оксана")
    statements = (
        said(now, "أريد أن أعمل مع الناس، كل يوم."),
        said(now, "Я хочу бачити Оксану 🙂", voice=Voice.THIRD, speaker="Оксана"),
        said(now, "ምስ መሓዙተይ ቡን እሰቲ።", "usual-week", section="doing"),
    )
    talk = a_talk(now, statements=statements, ratings=(a_rating(now, "L06", 3),))
    return replace(talk, person=replace(talk.person, given_name="محمد", family_name="الخطيب"))


# --- how it reads ------------------------------------------------------------------------------


def test_the_paper_reads_aloud_as_before():
    assert read_aloud(printed()) == (GOLDEN / "talk.txt").read_text(encoding="utf-8")


def lines(choice: PaperChoice = ALL, talk=None) -> list[str]:
    return read_aloud(printed(choice, talk, ENGLISH)).splitlines()


def test_differing_views_stand_side_by_side_in_a_table_each_under_its_head():
    read = lines()
    assert "TR: How Tobias says it | How others see it" in read
    [row] = [line for line in read if line.startswith("TR: Tobias says")]
    own, others = row.removeprefix("TR: ").split(" | ")
    assert "Der Bus um halb sieben" in own
    assert "Miriam Falk notes Er fährt sicher, wenn er geübt hat." in others
    assert "From others: Petra Brandt “Ich habe Angst um ihn.”" in others
    assert "From a document: Bescheid von 2024 “Merkzeichen G.”" in others


def test_one_voice_alone_is_named_in_words_too():
    now = a_conversation()
    talk = a_talk(now, statements=(said(now, "Angst.", voice=Voice.THIRD, speaker="Petra"),))
    read = lines(JOINT, talk)
    assert "P: From others: Petra" in read
    assert "P: “Angst.”" in read


@pytest.mark.parametrize(
    "line",
    [
        "P: No",
        "P: Bus, Fahrrad",
        "P: March 2, 2026",
        "P: 42.5",
        "P: face 2 of 5 (gar nicht – sehr)",
        "P: would rather not say",
    ],
)
def test_values_stand_there_in_words(line):
    assert line in lines()


def test_the_words_are_those_of_the_chosen_language_and_of_the_persons_form_of_address():
    now, guide = a_conversation(), a_guide()
    forms = (("de", "Wie fahren Sie?"), ("de-informal", "Wie fährst du?"), ("nl", "Hoe reist u?"))
    question = replace(a_question("way-to-work"), text=replace(words(""), by_language=forms))
    asked = replace(guide, sections=(a_section("way", question),))
    talk = a_talk(now, asked, statements=(said(now, "Mit dem Bus."),))
    assert "H3: Wie fahren Sie?" in lines(JOINT, talk)
    informal = replace(talk, person=replace(talk.person, informal=True))
    assert "H3: Wie fährst du?" in lines(JOINT, informal)
    assert "H3: Hoe reist u?" in lines(PaperChoice("nl"), talk)


def test_what_nobody_talked_about_is_named_with_what_was_agreed_about_it():
    read = lines()
    start = read.index("H2: What we did not talk about")
    assert read[start + 1 : start + 4] == [
        "LI: • Thema wishes",
        "LI: • Thema parked: left for later",
        "LI: • Thema declined: would rather not talk about it",
    ]


def test_the_picture_is_a_figure_with_words_and_its_table_follows():
    with pikepdf.open(BytesIO(printed(texts=ENGLISH))) as document:
        tree = [element for element, _ in elements(document.Root.StructTreeRoot)]
    [figure] = [element for element in tree if str(element.S) == "/Figure"]
    assert str(figure.Alt).startswith("Picture: how Tobias sees 4 parts of life.")
    read = lines()
    assert "TR: Getting around | 3 | 6 (March 12, 2026) | 9 |" in "\n".join(read)
    assert "does not know" in next(line for line in read if line.startswith("TR: Friends"))
    assert "not comparable" in next(line for line in read if line.startswith("TR: Everyday"))


def test_a_talk_without_ratings_has_no_picture():
    now = a_conversation()
    read = lines(JOINT, a_talk(now, statements=(said(now, "Mit dem Bus."),)))
    assert not [line for line in read if line.startswith("TR: Part of life")]


def test_a_running_conversation_says_so():
    talk = a_talk(a_conversation(status=TalkStatus.RUNNING, finished=None))
    assert "not finished yet" in lines(JOINT, talk)[4]


def test_the_persons_own_copy_says_whose_it_is():
    assert "P: Only for Tobias" in lines(ALL)
    assert "P: Only for Tobias" not in lines(JOINT)


def test_every_page_says_that_nothing_is_decided_here():
    text = extracted(printed(JOINT, a_long_talk()))
    if text is None:
        pytest.skip("pdftotext is not installed")
    pages = text.split("\f")[:-1]
    assert len(pages) > 20
    for number, page in enumerate(pages, 1):
        assert f"Seite {number} von {len(pages)}" in page
        assert "Gesprächsnotiz – kein Bescheid" in page
        assert "Tobias Brandt" in page


# --- the standards -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize(
    "talk", [a_full_talk, a_long_talk, many_scripts, lambda: a_talk(a_conversation())]
)
def test_every_paper_keeps_the_standards(talk, size):
    assert findings(printed(replace(ALL, size=size), talk())) == []


def test_the_same_conversation_gives_the_same_bytes():
    talk = a_full_talk()
    before = printed(talk=talk)
    printed(talk=many_scripts())
    assert printed(talk=talk) == before


def test_the_file_says_what_it_is_and_not_about_whom():
    with pikepdf.open(BytesIO(printed())) as document:
        assert str(document.docinfo["/Title"]) == "Unser Gespräch"
        assert str(document.docinfo["/Subject"]) == "Gesprächsnotiz – kein Bescheid"
        assert str(document.Root.Lang) == "de"
        titles = [str(item.title) for item in document.open_outline().root]
    assert titles[0] == "Unser Gespräch"
    assert "Thema way" in titles


def all_domains(scale: str = "0-10"):
    now = a_conversation()
    guide = a_guide(*(a_section(f"s{n}", domains=(f"L{n:02}",)) for n in range(1, 15)))
    ratings = tuple(a_rating(now, f"L{n:02}", 3, importance=5, scale=scale) for n in range(1, 15))
    said_so = tuple(said(now, "So.", f"s{n}-1", section=f"s{n}") for n in range(1, 15))
    return a_talk(now, guide, ratings=ratings, statements=said_so)


EVERYTHING = replace(ALL, opened=frozenset(f"s{n}" for n in range(1, 15)))


@pytest.mark.parametrize("scale", ["0-10", FACES])
@pytest.mark.parametrize(("size", "least"), [(TextSize.NORMAL, 11), (TextSize.LARGE, 14)])
def test_nothing_is_smaller_than_promised(size, least, scale):
    pdf = printed(replace(EVERYTHING, size=size), all_domains(scale))
    with pikepdf.open(BytesIO(pdf)) as document:
        sizes = {
            float(operands[1])
            for page in document.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tf"
        }
    assert min(sizes) >= least


@pytest.mark.parametrize(
    ("size", "scale", "figures"),
    [
        (TextSize.NORMAL, "0-10", 1),
        (TextSize.NORMAL, FACES, 1),
        (TextSize.LARGE, "0-10", 2),
        (TextSize.LARGE, FACES, 2),
    ],
)
def test_a_picture_too_high_for_a_page_comes_in_parts(size, scale, figures):
    pdf = printed(replace(EVERYTHING, size=size), all_domains(scale))
    assert findings(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as document:
        tree = [element for element, _ in elements(document.Root.StructTreeRoot)]
    found = [str(element.Alt) for element in tree if str(element.S) == "/Figure"]
    assert len(found) == figures
    assert len(set(found)) == figures


def test_the_screen_is_told_which_letters_will_stand_as_codes():
    now = a_conversation()
    talk = a_talk(now, statements=(said(now, "Ich lerne 𒀀 schreiben."),))
    assert missing_letters(paper_of(talk, JOINT)[0]) == "𒀀"
    assert missing_letters(paper_of(a_full_talk(), ALL)[0]) == ""


def test_long_views_flow_on_side_by_side():
    now = a_conversation()
    story = " ".join(f"Wort{i}" for i in range(900))
    talk = a_talk(now, statements=(said(now, story), said(now, "Kurz.", voice=Voice.THIRD)))
    paper, _ = paper_of(talk, JOINT)
    assert any(isinstance(one, Views) and one.others for one in paper.blocks)
    pdf = printed(JOINT, talk)
    assert findings(pdf) == []
    [row] = [line for line in read_aloud(pdf).splitlines() if line.startswith("TR: Tobias says")]
    assert [f"Wort{i}" for i in range(900)] == re.findall(r"Wort\d+", row)


# --- what is never in it -----------------------------------------------------------------------


def everything_in(pdf: bytes) -> str:
    """The bytes as they are, what they hold when unpacked, and what can be read and heard."""
    with pikepdf.open(BytesIO(pdf)) as document:
        streams = [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
        plain = [str(one) for one in document.objects if isinstance(one, pikepdf.String)]
        tree = repr([dict(one) for one, _ in elements(document.Root.StructTreeRoot)])
    parts = [pdf.decode("latin-1"), *(one.decode("latin-1") for one in streams), *plain, tree]
    return "\n".join([*parts, read_aloud(pdf), extracted(pdf) or ""])


def hidden_in_utf16(secret: str) -> str:
    return secret.encode("utf-16-be").decode("latin-1")


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                {"not_for_print": True},
                {"alone": True},
                {"draft": True},
                {"voice": Voice.COACH},
                {"section": "health", "question": "body"},
                {"section": "", "question": ""},
                {"section": "gone", "question": "gone"},
            ]
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_stays_out_is_nowhere_in_the_file(marks):
    now = a_conversation()
    secrets = [f"Geheimnis{number}Zq" for number in range(len(marks))]
    talk = a_full_talk()
    hidden = tuple(said(now, secret, **more) for secret, more in zip(secrets, marks, strict=True))
    ratings = (*talk.ratings, a_rating(now, "L11", 1, reason="GeheimnisGrundZq"))
    pdf = printed(JOINT, replace(talk, statements=(*talk.statements, *hidden), ratings=ratings))
    found = everything_in(pdf)
    assert "Der Bus um halb sieben fährt nicht mehr." in found  # it would be found
    for secret in (*secrets, "GeheimnisGrundZq"):
        assert secret not in found
        assert hidden_in_utf16(secret) not in found
    assert "Ich nehme Tabletten." not in found
