"""The rule that makes a set of changes a state: order, repeats and gaps make no difference."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from caseworker_app.domain.changes import REMOVED, Edit, Header, ValueState, resolve

ENTITY = UUID(int=1)
FIELDS = ("words", "sign", REMOVED)


def header(number: int, device: int, clock: int) -> Header:
    zero = UUID(int=0)
    return Header(zero, zero, UUID(int=100 + number), UUID(int=device), number, b"", clock, 1, 1)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Header, Edit]]:
    """Edits by three devices, each seeing any part of what was written before."""
    written: list[tuple[Header, Edit]] = []
    for number in range(draw(st.integers(1, 9))):
        device = draw(st.integers(1, 3))
        seen = resolve([item for item in written if draw(st.booleans())])
        field = draw(st.sampled_from(FIELDS))
        value = draw(st.booleans()) if field == REMOVED else draw(st.sampled_from("abc"))
        edit = Edit("goal", ENTITY, field, value, seen.heads_of(field))
        written.append((header(number, device, draw(st.integers(0, 5))), edit))
    return written


def naive_heads(history: list[tuple[Header, Edit]], field: str) -> set[UUID]:
    """The definition: changes of a field that no change of it names among its bases."""
    edits = [(h.change, e) for h, e in history if e.field == field]
    named = {base for _, e in edits for base in e.bases}
    return {change for change, _ in edits} - named


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_order_and_repeats_make_no_difference(history, random) -> None:
    shuffled = [*history, *random.choices(history, k=3)]
    random.shuffle(shuffled)
    one, other = resolve(history), resolve(shuffled)
    for field in FIELDS:
        assert one.heads_of(field) == other.heads_of(field)
    assert one.shown() == other.shown()
    assert one.gone == other.gone
    assert one.disputed == other.disputed or set(one.disputed) == set(other.disputed)


@given(histories())
@settings(max_examples=400, deadline=None)
def test_the_heads_are_the_changes_that_nobody_replaced(history) -> None:
    state = resolve(history)
    for field in ("words", "sign"):
        assert set(state.heads_of(field)) == naive_heads(history, field)


def test_two_people_who_did_not_see_each_other_make_a_dispute_and_keep_both_values() -> None:
    first = (header(1, 1, 10), Edit("goal", ENTITY, "words", "first"))
    left = (header(2, 1, 20), Edit("goal", ENTITY, "words", "left", (first[0].change,)))
    right = (header(3, 2, 30), Edit("goal", ENTITY, "words", "right", (first[0].change,)))
    state = resolve([first, left, right])
    assert state.disputed == ("words",)
    assert [head.value for head in state.fields["words"].heads] == ["right", "left"]
    settled = (header(4, 1, 5), Edit("goal", ENTITY, "words", "both", state.heads_of("words")))
    assert resolve([settled, right, first, left]).shown() == {"words": "both"}


def test_an_edit_that_the_remover_had_not_seen_keeps_the_value_visible() -> None:
    made = (header(1, 1, 1), Edit("goal", ENTITY, "words", "mine"))
    kept = (header(1, 1, 1), Edit("goal", ENTITY, REMOVED, value=False))
    before = resolve([made, kept])
    removal = (header(2, 1, 9), Edit("goal", ENTITY, REMOVED, True, before.heads_of(REMOVED)))
    edit = (header(3, 2, 5), Edit("goal", ENTITY, "words", "changed", before.heads_of("words")))
    assert resolve([made, kept, removal]).gone
    assert resolve([removal, made, kept]).gone
    assert not resolve([made, kept, removal, edit]).gone
    assert not resolve([edit, removal, kept, made]).gone


def test_a_value_that_nobody_removed_is_not_gone() -> None:
    assert not ValueState({}).gone
    one = (header(1, 1, 1), Edit("goal", ENTITY, "words", "x"))
    assert not resolve([one, (replace(one[0]), one[1])]).gone
