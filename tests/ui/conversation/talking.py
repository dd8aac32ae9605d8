"""A small guide with every kind of question, and what hands and eyes do on a conversation page."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget
from pytestqt.qtbot import QtBot

from caseworker_app.content import guides
from caseworker_app.domain.people import Relation
from caseworker_app.domain.talk import Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import answers, people, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case
from ui.context import App
from ui.forms.composer_words import Words
from ui.forms.statement_menu import Said
from ui.forms.statements import StatementList
from ui.forms.topic_list import TopicRow
from ui.pages.conversation_page import ConversationPage

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton

HEAD = """
id = "kitchen"
version = {version}
languages = ["en"]
title.en = "At the kitchen table"
purpose.en = "To hear how things are."

[[scales]]
id = "mood"
first = 1
last = 4
low.en = "gloomy"
high.en = "sunny"
"""
SECTION = """
[[sections]]
id = "{id}"
pictogram = "{pictogram}"
domains = [{domains}]
sensitive = {sensitive}
closing = {closing}
title.en = "{title}"
title.en-informal = "{title}, hey"
{more}
"""
QUESTION = """
[[sections.questions]]
id = "{id}"
kind = "{kind}"
text.en = "What about {id}?"
text.en-informal = "Hey, what about {id}?"
text.en-plain = "{id}: how is it?"
hint.en = "Ask for an example."
{more}
"""
OPTION = """
[[sections.questions.options]]
id = "{id}"
text.en = "{text}"
"""


def section(
    name: str, pictogram: str, *domains: str, sensitive=False, closing=False, more=""
) -> str:
    return SECTION.format(
        id=name,
        pictogram=pictogram,
        domains=", ".join(f'"{one}"' for one in domains),
        sensitive=str(sensitive).lower(),
        closing=str(closing).lower(),
        title=name.capitalize(),
        more=more,
    )


def question(name: str, kind: str = "talk", *options: str, more: str = "") -> str:
    asked = QUESTION.format(id=name, kind=kind, more=more)
    return asked + "".join(OPTION.format(id=one, text=one.capitalize()) for one in options)


def kitchen(version: int = 1, ways: tuple[str, ...] = ("bus", "bike")) -> str:
    return (
        HEAD.format(version=version)
        + section("week", "L01_day", "L01")
        + "".join(question(one) for one in ("monday", "tuesday", "sunday"))
        + section("work", "L04_work", "L04", "L03")
        + question("place")
        + question("paid", "yes_no")
        + question("wage", "number", more='when = { question = "paid", is = "yes" }')
        + question("way", "choice", *ways)
        + question("gladly", "choices", "cook", "dig", "sing")
        + question("since", "date")
        + question("hours", "number", more="least = 2\nmost = 40\nstep = 2")
        + question("strength", "scale", more='scale = "0-10"')
        + question("mood", "scale", more='scale = "mood"')
        + question("smile", "scale", more='scale = "faces"')
        + question("boss", "text")
        + question("story", "long_text")
        + question("working", "rating", more='domain = "L04"')
        + section("health", "L11_health", "L11", sensitive=True)
        + question("sleep")
        + section("leaving", "L07_home", more='when = { question = "boss", answered = true }')
        + question("notice")
        + section("agreeing", "X01_wishes", closing=True)
        + question("step")
    )


def begun(store: Store, name: str, now=NOW, version: int = 1, **person: object) -> UUID:
    """A conversation that has just begun, with somebody who has a sister."""
    case = a_case(store, name, now, **person)
    relation = Relation(id=store.new_id(), case=case, name="Petra Müller", role="sister")
    people.save_relation(store, relation, None, now)
    return talks.begin(store, case, guides.guide("kitchen", version), now)


def said_before(store: Store, talk: UUID, place: tuple[str, str], words: str, **more: str) -> None:
    about = talks.open_talk(store, talk).conversation
    voice = Voice(more.get("voice", "participant"))
    answers.add_words(store, about, place, (voice, more.get("speaker", ""), words), NOW)


def kept(app: App, talk: UUID) -> Talk:
    return talks.open_talk(app.store, talk)


def changes(store: Store) -> tuple[int, int]:
    """How many changes and how many bookmarks were ever written."""
    with store.reading() as reading:
        count = reading.connection.exec_driver_sql
        return (
            count("SELECT count(*) FROM change").scalar_one(),
            count("SELECT count(*) FROM bookmark").scalar_one(),
        )


def composer(page: ConversationPage) -> Words:
    return page._desk.composer._words


def rest(qtbot: QtBot, page: ConversationPage) -> None:
    """Wait as long as a pause in typing lasts."""
    for one in (page._desk.composer, page._note.composer):
        qtbot.waitUntil(lambda one=one: not one.is_typing())


def write(qtbot: QtBot, page: ConversationPage, words: str) -> None:
    """Type as a coach types, then wait for the pause to be over."""
    qtbot.keyClicks(composer(page), words)
    rest(qtbot, page)


def say(qtbot: QtBot, page: ConversationPage, words: str) -> None:
    qtbot.keyClicks(composer(page), words)
    qtbot.keyClick(composer(page), Qt.Key.Key_Return)


def named(page: QWidget, name: str, kind: type[QWidget] = QAbstractButton) -> QWidget:
    found = [one for one in page.findChildren(kind) if one.accessibleName() == name]
    shown = [one for one in found if one.isVisible()]
    assert len(shown) == 1, (name, len(found), len(shown))
    return shown[0]


def click(qtbot: QtBot, page: QWidget, name: str, kind: type[QWidget] = QAbstractButton) -> None:
    widget = named(page, name, kind)
    qtbot.mouseClick(widget, LEFT, pos=QPoint(min(20, widget.width() // 2), widget.height() // 2))


def choose(qtbot: QtBot, page: QWidget, entry: str) -> None:
    """Choose an entry of the menu that is open."""
    menu = next(one for one in page.findChildren(QMenu) if one.isVisible())
    action = next(one for one in menu.actions() if one.text() == entry)
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())


def about_what_was_said(qtbot: QtBot, page: ConversationPage, entry: str, number: int = 0) -> None:
    """Choose an entry of the menu beside a statement."""
    boxes_ = [one for one in page._desk.statements.findChildren(Said) if one.isVisible()]
    qtbot.mouseClick(boxes_[number].more, LEFT)
    choose(qtbot, page, entry)


def topic(page: ConversationPage, title: str) -> TopicRow:
    rows = [row for row in page.findChildren(TopicRow) if row.text() == title]
    assert [row.isVisible() for row in rows] == [True], title
    return rows[0]


def topics(page: ConversationPage) -> list[str]:
    return [row.text() for row in page.findChildren(TopicRow) if row.isVisible()]


def go_to(qtbot: QtBot, page: ConversationPage, question: str) -> None:
    """Jump to a question by its name."""
    qtbot.keyClick(page, Qt.Key.Key_J, CTRL)
    qtbot.keyClicks(page._jump._edit, f"what about {question}?")
    qtbot.keyClick(page._jump._edit, Qt.Key.Key_Return)
    assert asked(page) == question


def boxes(page: ConversationPage) -> list[str]:
    shown = page.findChild(StatementList).findChildren(Said)
    return [box.text() for box in shown if box.isVisible()]


def asked(page: ConversationPage) -> str:
    return page._talk.question


def texts_in(widget: QWidget) -> set[str]:
    """Everything that can be read or heard in a widget, also what is hidden at the moment."""
    found: set[str] = set()
    for one in [widget, *widget.findChildren(QWidget)]:
        found |= {one.accessibleName(), one.accessibleDescription(), one.toolTip()}
        for reader in ("text", "toPlainText", "placeholderText", "title", "words"):
            value = getattr(one, reader, None)
            if callable(value):
                found.add(str(value()))
    return found


def seen_in(widget: QWidget) -> set[str]:
    """What can be read in the widgets that are in view."""
    return set().union(
        *(
            {one.accessibleName(), one.text() if hasattr(one, "text") else ""}
            for one in widget.findChildren(QWidget)
            if one.isVisible()
        )
    )
