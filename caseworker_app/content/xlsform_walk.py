"""Walks down the rows of a form and lays its questions out in the sections of a guide.

A group with a label is a section of its own, also inside another one, which then goes on behind
it. A group without a label only arranges: its condition passes to each question in it. What stands
in no group at all is a section under the title of the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pyxform.aliases import control, yes_no
from pyxform.constants import REPEAT
from pyxform.xls2json import RE_BEGIN_CONTROL, RE_END_CONTROL

from caseworker_app.content.desk import Table
from caseworker_app.content.xlsform_kinds import Kind, Kinds, is_hidden, is_note
from caseworker_app.content.xlsform_names import to_id, unlike
from caseworker_app.content.xlsform_remarks import Remarks
from caseworker_app.content.xlsform_sheets import SURVEY, Row
from caseworker_app.content.xlsform_texts import Spoken
from caseworker_app.i18n import N_

RELEVANT = ("bind", "relevant")


@dataclass(frozen=True, slots=True)
class Relevant:
    """A condition as it stands in the form, and what it belongs to."""

    expression: str
    name: str
    row: int


@dataclass
class Asking:
    """A question on its way into the guide."""

    row: Row
    id: str
    kind: Kind
    texts: Table
    told: Table
    whens: Sequence[Relevant]


@dataclass(eq=False)
class Group:
    """A group that is open, or the whole form. Without `texts` it only arranges."""

    name: str
    row: Row
    texts: Table
    when: Relevant | None = None


@dataclass
class Part:
    """A section on its way into the guide."""

    group: Group
    id: str
    whens: Sequence[Relevant]
    questions: list[Asking] = field(default_factory=list)


class Walk:
    """One walk, from the first row to the last. `parts` is what it found."""

    def __init__(self, form: Group, kinds: Kinds, spoken: Spoken, remarks: Remarks) -> None:
        self._kinds, self._spoken, self._remarks = kinds, spoken, remarks
        self._open = [form]
        self._told: list[Table] = []
        self._part_ids: set[str] = set()
        self._names: set[str] = set()
        self._question_ids: set[str] = set()
        self.parts: list[Part] = []
        self.left_out: set[str] = set()
        """Names of which no condition can say anything: not asked, or given twice."""

    def go(self, rows: Sequence[Row]) -> None:
        """Take each row for what it is."""
        for row in rows:
            if not yes_no.get(row.get("disabled")):
                self._step(row)
        for group in self._open[1:]:
            message = N_("The group “{name}” begins here and does not end.")
            self._remarks.mistake((SURVEY, group.row.number), message, name=group.name)
        self._tell_before()

    def _step(self, row: Row) -> None:
        named = row.get("type")
        if begun := RE_BEGIN_CONTROL.search(named):
            self._begin(row, repeats=control[begun["type"]] == REPEAT)
        elif RE_END_CONTROL.search(named):
            self._end(row)
        elif is_note(row):
            self._note(row)
        elif is_hidden(row):
            self.left_out.add(row.get("name"))
        elif named and row.get("name"):
            self._question(row)
        elif named or row.get("name"):
            self._remarks.mistake((SURVEY, row.number), N_("A row needs a “type” and a “name”."))

    def _begin(self, row: Row, *, repeats: bool) -> None:
        name = row.get("name")
        if repeats:
            message = N_("“{name}” can be repeated in the form. Its questions are asked once.")
            self._remarks.note((SURVEY, row.number), message, name=name)
        texts = self._spoken.texts(SURVEY, row)
        self.left_out.add(name)
        self._open.append(Group(name, row, texts, self._relevant(row)))

    def _end(self, row: Row) -> None:
        if len(self._open) == 1:
            message = N_("A group ends here that has not begun.")
            self._remarks.mistake((SURVEY, row.number), message)
            return
        closed = self._open.pop()
        if self.parts and self.parts[-1].group is closed:
            self._tell_before()

    def _note(self, row: Row) -> None:
        """What the form tells becomes a hint for the coach, with the question that follows."""
        self.left_out.add(row.get("name"))
        self._told.append(self._spoken.told(SURVEY, row, ("label", "hint")))
        if row.get(*RELEVANT):
            message = N_("This text has a condition. As a hint for the coach it is always there.")
            self._remarks.note((SURVEY, row.number), message)

    def _question(self, row: Row) -> None:
        name, kind = row.get("name"), self._kinds.of(row)
        if kind is None:
            self.left_out.add(name)
            return
        part = self._part()
        its_id = row.ours("id") or unlike(to_id(name), self._question_ids, "-")
        if name in self._names:
            message = N_("The name “{name}” stands here a second time; this is now “{id}”.")
            self._remarks.note((SURVEY, row.number), message, name=name, id=its_id)
            self.left_out.add(name)
        self._names.add(name)
        self._question_ids.add(its_id)
        whens = [*self._arranging(), self._relevant(row)]
        told = _joined([*self._told, self._spoken.told(SURVEY, row)])
        self._told.clear()
        texts = self._spoken.texts(SURVEY, row)
        part.questions.append(Asking(row, its_id, kind, texts, told, _there(whens)))

    def _part(self) -> Part:
        """The section of the innermost group with a label; anew where another came between."""
        group = next(group for group in reversed(self._open) if group.texts)
        if self.parts and self.parts[-1].group is group:
            return self.parts[-1]
        its_id = unlike(group.row.ours("id") or to_id(group.name), self._part_ids, "-")
        self._part_ids.add(its_id)
        around = self._open[: self._open.index(group) + 1]
        self.parts.append(Part(group, its_id, _there(one.when for one in around)))
        return self.parts[-1]

    def _arranging(self) -> list[Relevant | None]:
        """The conditions of the groups without a label between the section and the question."""
        group = self._part().group
        return [one.when for one in self._open[self._open.index(group) + 1 :]]

    def _relevant(self, row: Row) -> Relevant | None:
        expression = row.get(*RELEVANT)
        return Relevant(expression, row.get("name"), row.number) if expression else None

    def _tell_before(self) -> None:
        """What is told after the last question is told with that one."""
        if self._told and self.parts:
            last = self.parts[-1].questions[-1]
            last.told = _joined([last.told, *self._told])
            self._told.clear()


def _joined(told: Sequence[Table]) -> Table:
    """Several texts for the coach below each other, in each language."""
    languages = dict.fromkeys(language for table in told for language in table)
    return {
        language: "\n".join(table[language] for table in told if language in table)
        for language in languages
    }


def _there(whens: Iterable[Relevant | None]) -> list[Relevant]:
    return [when for when in whens if when is not None]
