"""What each field of each kept value is called by people. The sentences are marked, not translated.

Needed wherever the program speaks of a field by itself and not beside its form: where two people
wrote different things in it.
"""

from __future__ import annotations

from caseworker_app.domain.changes import REMOVED
from caseworker_app.i18n import N_

_ALL = {REMOVED: N_("Whether it stays")}

_OF_A_TALK = {"conversation": N_("Conversation")}

_NAMES: dict[str, dict[str, str]] = {
    "profile": {
        "name": N_("Your name"),
        "organisation": N_("Organisation"),
        "phone": N_("Phone"),
        "email": N_("E-mail"),
        "pin": N_("PIN"),
    },
    "case_file": {
        "number": N_("Number of the file"),
        "opened": N_("File opened"),
        "guide": N_("Guide for conversations"),
        "status": N_("Whether the file is open"),
    },
    "person": {
        "given_name": N_("First name"),
        "family_name": N_("Family name"),
        "called": N_("Called"),
        "pronoun": N_("How we speak of this person"),
        "birth_date": N_("Birth date"),
        "phone": N_("Phone"),
        "email": N_("E-mail"),
        "street": N_("Street and number"),
        "postcode": N_("Postcode"),
        "place": N_("Town"),
        "language": N_("Language"),
        "interpreter": N_("Interpreter"),
        "good_to_know": N_("Good to know"),
        "avoid": N_("Better to avoid"),
        "informal": N_("Addressed informally"),
        "plain": N_("In plain words"),
        "faces": N_("Rating with faces"),
    },
    "relation": {
        "name": N_("Name"),
        "role": N_("Who this is"),
        "lives_here": N_("Lives here"),
        "trusted": N_("Trusted person"),
        "phone": N_("Phone"),
        "note": N_("Note"),
    },
    "contact_note": {
        "at": N_("When it was"),
        "way": N_("How you were in touch"),
        "words": N_("Note"),
    },
    "document": {
        "name": N_("Name of the paper"),
        "media_type": N_("Kind of file"),
        "size": N_("Size of the file"),
        "sha256": N_("Fingerprint of the file"),
        "added": N_("Day on which it was added"),
        "blob": N_("Content of the file"),
        "seal": N_("Seal of the file"),
    },
    "conversation": {
        "status": N_("How far the conversation is"),
        "guide": N_("Guide for conversations"),
        "guide_version": N_("Version of the guide"),
        "planned_for": N_("When you meet"),
        "started": N_("When it began"),
        "finished": N_("When it was over"),
        "place": N_("Place"),
        "language": N_("Language"),
        "interpreter": N_("Interpreter"),
        "present": N_("Who was there"),
        "alone": N_("Whether the two of you were alone"),
        "called_off_by": N_("Who called it off"),
        "hindrance": N_("What came between"),
        "reason": N_("More about it"),
    },
    "statement": {
        **_OF_A_TALK,
        "section": N_("Topic"),
        "question": N_("Question"),
        "voice": N_("Who said it"),
        "speaker": N_("Name of who said it"),
        "words": N_("Words"),
        "said": N_("When it was said"),
        "draft": N_("Whether it is a draft"),
        "for_goals": N_("Remembered for the goals"),
        "alone": N_("Said alone"),
        "not_for_print": N_("Not for print"),
        "not_for_partners": N_("Not for partners"),
    },
    "answer": {
        **_OF_A_TALK,
        "question": N_("Question"),
        "value": N_("Answer"),
        "missing": N_("No answer, because"),
    },
    "rating": {
        **_OF_A_TALK,
        "domain": N_("Part of life"),
        "scale": N_("Scale"),
        "satisfaction": N_("Satisfied"),
        "importance": N_("Important"),
        "wants_change": N_("Wants a change"),
        "help_wanted": N_("Wants help"),
        "own_share": N_("Own strength"),
        "network_share": N_("People around"),
        "professional_share": N_("Professionals"),
        "reason": N_("Why, in own words"),
        "missing": N_("No answer, because"),
    },
    "topic": {
        **_OF_A_TALK,
        "section": N_("Topic"),
        "state": N_("What was agreed about the topic"),
    },
    "prompt": {
        **_OF_A_TALK,
        "question": N_("Question"),
        "hidden": N_("Whether the question is out of sight"),
    },
    "left_open": {**_OF_A_TALK, "point": N_("What is left open")},
    "goal": {
        "words": N_("Goal in own words"),
        "domain": N_("Part of life"),
        "sign": N_("How it will be noticed"),
        "confidence": N_("How sure, 0 to 10"),
        "status": N_("What has become of the goal"),
        "reason": N_("Why not now"),
        "position": N_("Place among the goals"),
    },
    "step": {
        "goal": N_("Goal"),
        "what": N_("Step"),
        "who": N_("Who"),
        "with_whom": N_("With help from"),
        "due": N_("By when"),
        "done_on": N_("Day on which it was done"),
        "position": N_("Place among the steps"),
    },
    "plan_version": {
        "number": N_("Number of the version"),
        "language": N_("Language"),
        "made": N_("Day on which it was made"),
        "sha256": N_("Fingerprint of the plan"),
        "content": N_("Content of the plan"),
        "document": N_("Printed paper"),
    },
    "guide_file": {
        "guide": N_("Guide for conversations"),
        "version": N_("Version of the guide"),
        "content": N_("Text of the guide"),
        "added": N_("Day on which it was added"),
    },
}


def field_name(kind: str, field: str) -> str:
    """The sentence, to be translated, for one field. KeyError for a field without a name."""
    return _ALL.get(field) or _NAMES[kind][field]
