"""A guide with every kind of question, and a store full of what the participant must never see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from caseworker_app.domain.guide import Guide
from caseworker_app.domain.people import ContactWay, Relation
from caseworker_app.domain.talk import Conversation, TopicState, Voice
from caseworker_app.domain.talk_view import Talk
from caseworker_app.services import answers, cases, goals, guides, people, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, a_case

GUIDE = """
id = "every-kind"
version = 1
languages = ["de", "nl"]
participant_languages = ["en"]
title.de = "Alles einmal"
title.nl = "Alles een keer"
title.en = "Everything once"
purpose.de = "PURPOSE-SECRET"
purpose.nl = "PURPOSE-SECRET"
never.de = "NEVER-SECRET"
never.nl = "NEVER-SECRET"

[[sections]]
id = "days"
pictogram = "L01_day"
domains = ["L01"]
title.de = "Ihr Tag"
title.de-informal = "Dein Tag"
title.nl = "Uw dag"
title.nl-informal = "Je dag"
title.en = "Your day"

[[sections.questions]]
id = "good-day"
text.de = "Was ist ein guter Tag für Sie?"
text.de-informal = "Was ist ein guter Tag für dich?"
text.nl = "Wat is een goede dag voor u?"
text.nl-informal = "Wat is een goede dag voor jou?"
text.en = "What is a good day for you?"
hint.de = "HINT-SECRET"
hint.nl = "HINT-SECRET"

[[sections.questions]]
id = "put-away"
text.de = "WEGGELEGT-SECRET?"
text.nl = "WEGGELEGT-SECRET?"
text.en = "WEGGELEGT-SECRET?"

[[sections]]
id = "kinds"
pictogram = "L04_work"
domains = ["L04"]
title.de = "Arbeit"
title.nl = "Werk"
title.en = "Work"
{kinds}
[[sections]]
id = "parked"
pictogram = "L06_mobility"
domains = ["L06"]
title.de = "GEPARKT-SECRET"
title.nl = "GEPARKT-SECRET"
title.en = "GEPARKT-SECRET"

[[sections.questions]]
id = "parked-question"
text.de = "GEPARKT-SECRET?"
text.nl = "GEPARKT-SECRET?"
text.en = "GEPARKT-SECRET?"

[[sections]]
id = "health"
pictogram = "L11_health"
domains = ["L11"]
sensitive = true
title.de = "Gesundheit"
title.nl = "Gezondheid"
title.en = "Health"

[[sections.questions]]
id = "feeling"
text.de = "Wie geht es dem Körper?"
text.nl = "Hoe gaat het met het lichaam?"
text.en = "How is the body?"

[[sections]]
id = "closing"
pictogram = "X01_wishes"
closing = true
title.de = "Zum Schluss"
title.nl = "Tot slot"
title.en = "In the end"

[[sections.questions]]
id = "small-step"
text.de = "Was ist ein kleiner Schritt?"
text.nl = "Wat is een kleine stap?"
text.en = "What is a small step?"
"""

_OPTIONS = """
[[sections.questions.options]]
id = "bread"
text.de = "Brot backen & mehr"
text.nl = "Brood bakken & meer"
text.en = "Baking & more"

[[sections.questions.options]]
id = "garden"
text.de = "Garten"
text.nl = "Tuin"
text.en = "Garden"
"""

KINDS: dict[str, str] = {
    "text": "",
    "long_text": "",
    "yes_no": "",
    "choice": _OPTIONS,
    "choices": _OPTIONS,
    "date": "",
    "number": "least = 2\nmost = 40\n",
    "scale": 'scale = "0-10"\n',
    "rating": 'domain = "L05"\n',
}


def the_guide(store: Store) -> Guide:
    """Every kind once; the question of a kind is called after it."""
    kinds = "\n".join(
        f'[[sections.questions]]\nid = "{kind.replace("_", "-")}"\nkind = "{kind}"\n'
        f'text.de = "Frage {kind}?"\ntext.nl = "Vraag {kind}?"\n'
        f'text.en = "Question {kind}?"\n{more}'
        for kind, more in KINDS.items()
    )
    return guides.keep(store, GUIDE.replace("{kinds}", kinds), NOW)


SECRETS = (
    "SECRET",
    "Tobias",
    "Brandt",
    "Leila",
    "Haddad",
    "Müller",
    "Falk",
    "Lindental",
    "2026-0417",
    "0301234567",
)
"""Words that stand in the store and in no word of the guide. Of the coach the first name may."""


@dataclass(frozen=True)
class Room:
    """A store, one talk in it, and the file of somebody else."""

    store: Store
    case: UUID
    other: UUID
    conversation: UUID

    @property
    def talk(self) -> Talk:
        return talks.open_talk(self.store, self.conversation)

    @property
    def about(self) -> Conversation:
        return self.talk.conversation


def a_room(store: Store, **person: object) -> Room:
    """Somebody is talked with; the store is full of other words and other people."""
    known = {"phone": "0301234567", "good_to_know": "SECRET-KNOWN", "avoid": "SECRET-AVOID"}
    case = a_case(store, "Tobias Brandt", **known, **person)
    other = a_case(store, "Leila Haddad")
    sister = Relation(id=store.new_id(), case=case, name="Petra Müller", note="SECRET-RELATION")
    people.save_relation(store, sister, None, NOW)
    cases.add_note(store, case, ContactWay.CALL, "SECRET-NOTE", NOW, NOW)
    goals.add_goal(store, case, "SECRET-GOAL", "L01", NOW)
    guide = the_guide(store)
    room = Room(store, case, other, talks.begin(store, case, guide, NOW))
    _fill(room)
    elsewhere = talks.open_talk(store, talks.begin(store, other, guide, NOW)).conversation
    say(room, "SECRET-OF-LEILA", talk=elsewhere)
    return room


def say(
    room: Room,
    words: str,
    voice: Voice = Voice.PARTICIPANT,
    speaker: str = "",
    *,
    talk: Conversation | None = None,
) -> None:
    """Somebody says something to the first question."""
    said = (voice, speaker, words)
    answers.add_words(room.store, talk or room.about, ("days", "good-day"), said, NOW)


def _fill(room: Room) -> None:
    store, about = room.store, room.about
    new = replace(
        about, present="SECRET-PRESENT", place="SECRET-PLACE", interpreter="SECRET-INTERPRETER"
    )
    about = talks.save_talk(store, new, about, NOW)
    say(room, "Ich backe gern Brot.")
    say(room, "SECRET-COACH", Voice.COACH)
    say(room, "SECRET-THIRD", Voice.THIRD, "Petra Müller, Schwester")
    say(room, "SECRET-DOCUMENT", Voice.DOCUMENT, "Brief vom 3. März")
    say(room, "SECRET-ALONE")
    alone = room.talk.said("good-day")[-1]
    answers.save_statement(store, replace(alone, alone=True), alone, NOW)
    draft = (Voice.COACH, "", "SECRET-DRAFT")
    answers.keep_words(store, about, ("days", "good-day"), draft, NOW)
    note = (Voice.PARTICIPANT, "", "SECRET-QUICK-NOTE")
    answers.add_words(store, about, answers.NOWHERE, note, NOW)
    answers.rate(store, about, "L01", NOW, reason="SECRET-REASON")
    answers.set_hidden(store, about, ["put-away"], NOW, hidden=True)
    answers.set_topic(store, about, "parked", TopicState.PARKED, NOW)
