"""What a coach does with their hands while two people talk: writing, asking, rating."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox

from caseworker_app.content.sample import SampleRating, SampleStatement
from caseworker_app.domain.guide import Question, QuestionKind
from caseworker_app.domain.life import BY_ID
from caseworker_app.domain.picture_words import missing_words
from caseworker_app.domain.talk import (
    FACES,
    MOST_SHARE,
    NUMBERS,
    HelpWanted,
    Missing,
    Voice,
    WantsChange,
)
from caseworker_app.i18n import _, texts, translated
from ui.demo_visit.eyes import plain
from ui.demo_visit.hands import typed_day
from ui.demo_visit.moving import Moving

_SAYS = {
    Voice.PARTICIPANT: "F2",
    Voice.COACH: "F3",
    Voice.THIRD: "F4",
    Voice.DOCUMENT: "Shift+F4",
}
_MOST = {NUMBERS: 10, FACES: 5}
_MORE = (
    "wants_change", "help_wanted", "own_share", "network_share", "professional_share", "reason",
)  # fmt: skip


class Talking(Moving):
    """Hands at a conversation page that also write, answer and rate."""

    # --- what is said --------------------------------------------------------------------------

    def say(self, said: SampleStatement) -> None:
        """Write down what somebody says, and add it."""
        self.write(said)
        self.add(said)

    def add(self, said: SampleStatement) -> None:
        """Add what stands in the composer, and remember it where the script says so."""
        self._hands.press("Return")
        if said.for_goals:
            self._hands.press("Ctrl+M")

    def write(self, said: SampleStatement) -> None:
        """Write it into the composer and leave it there."""
        hands, words = self._hands, _("What is said")
        if not hands.see(words).hasFocus():
            hands.click_widget(hands.see(words))
        hands.press(_SAYS[said.voice])
        if said.speaker:
            document = said.voice is Voice.DOCUMENT
            hands.type_into(_("Which document") if document else _("Who says this"), said.speaker)
            hands.press("Return")
        hands.wait(hands.see(words).hasFocus, "the words do not take the keyboard")
        hands.type(said.words)

    def mark_last(self, said: SampleStatement, mark: str) -> None:
        """Mark what was said with an entry of its menu."""
        more = _("More about this note")
        if said.voice is not Voice.COACH:
            who = said.speaker or self._name
            whole = plain(_("More about what {who} said").format(who="\0"))
            more = self._hands.words_that_begin(whole.partition("\0")[0] + who)
        self._hands.choose_from_menu(more, mark)

    def note(self, words: str) -> None:
        """Take a quick note."""
        self._hands.press("F7")
        self._hands.see(_("Quick note"))
        self._hands.type(words)
        self._hands.press("Return")

    def sort_note(self, words: str, topic: str) -> None:
        """Put a quick note under its topic."""
        button = _("Put “{words}” under a topic").format(words=words[:40])
        self._hands.choose_from_menu(button, topic)

    # --- answers -------------------------------------------------------------------------------

    def answer(self, question: Question, value: str, tag: str) -> None:
        """Answer by a value, in the field that the kind of question has."""
        hands, asked = self._hands, question.text.to(tag)
        words = {option.id: option.text.to(tag) for option in question.options}
        match question.kind:
            case QuestionKind.YES_NO:
                hands.click_within(asked, _("Yes") if value == "yes" else _("No"))
            case QuestionKind.CHOICE:
                hands.click_within(asked, words[value])
            case QuestionKind.CHOICES:
                for one in value.split("\n"):
                    hands.click(words[one], QCheckBox)
            case QuestionKind.SCALE:
                point = plain(_point(asked, int(value), "\0"))
                hands.click(hands.words_that_begin(point.partition("\0")[0]))
            case _:
                hands.type_into(asked, _typed(question.kind, value))
                hands.press("Tab")

    def leave_open(self, missing: Missing) -> None:
        """Note why there is no answer."""
        self._hands.click_within(_("No answer, because"), missing_words(missing, texts()))

    # --- ratings -------------------------------------------------------------------------------

    def rate(self, rating: SampleRating, scale: str = NUMBERS) -> None:
        """Note how the person sees a life domain, all that the script knows of it."""
        hands, label = self._hands, translated(BY_ID[rating.domain].label)
        if rating.missing:
            group = _("{domain}: no rating, because").format(domain=label)
            hands.click_within(group, missing_words(rating.missing, texts()))
        for asked, number in (
            (_("How satisfied is {name} with this?"), rating.satisfaction),
            (_("How important is it to {name}?"), rating.importance),
        ):
            if number is not None:
                what = f"{label}: {asked.format(name=self._name)}"
                hands.click(_point(what, number, _MOST[scale]))
        if any(getattr(rating, what) not in (None, "") for what in _MORE):
            self._rate_more(label, rating)

    def _rate_more(self, label: str, rating: SampleRating) -> None:
        hands, change = self._hands, _("Would {name} like to change something here?")
        if not hands.sees(self._about(label, change)):
            hands.click(_("{domain}: more about this").format(domain=label))
        if rating.wants_change:
            hands.click_within(self._about(label, change), _wish(rating.wants_change))
        if rating.help_wanted:
            group = self._about(label, _("How much help would {name} like here?"))
            hands.click_within(group, _help(rating.help_wanted))
        for who, share in (
            (_("Own strength"), rating.own_share),
            (_("Family, friends, neighbours"), rating.network_share),
            (_("Professionals"), rating.professional_share),
        ):
            if share is not None:
                hands.click(_point(self._about(label, who), share, MOST_SHARE))
        if rating.reason:
            hands.type_into(self._about(label, _("Why? In {name}’s own words")), rating.reason)

    def _about(self, label: str, sentence: str) -> str:
        return f"{label}: {sentence.format(name=self._name)}"


def _point(what: str, number: int, most: int | str) -> str:
    return _("{what}, {number} of {most}").format(what=what, number=number, most=most)


def _typed(kind: QuestionKind, value: str) -> str:
    """A value as somebody types it in the language of the screen."""
    if kind is QuestionKind.DATE:
        return typed_day(date.fromisoformat(value), texts().language)
    if kind is QuestionKind.NUMBER:
        return value.replace(".", texts().number(0.5)[1])
    return value


def _wish(wish: WantsChange) -> str:
    return {
        WantsChange.YES: _("Yes"),
        WantsChange.LATER: _("Later"),
        WantsChange.NO: _("No"),
    }[wish]


def _help(wanted: HelpWanted) -> str:
    return {
        HelpWanted.NONE: _("None"),
        HelpWanted.SOME: _("Some"),
        HelpWanted.MUCH: _("Much"),
    }[wanted]
