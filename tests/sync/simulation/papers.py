"""Papers in a schedule: what coaches do with them, and what must hold of them in the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import UUID

from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import Whereabouts
from caseworker_app.domain.sharing import Role
from caseworker_app.errors import CaseworkerError
from caseworker_app.services import papers, removing
from caseworker_app.store import blobs
from tests.sync.simulation.laptop import Laptop
from tests.sync.simulation.network import PowerCut
from tests.sync.simulation.shelf import SIZES, whole_at, whole_on
from tests.sync.simulation.world import World

WRITING = (Role.WRITES, Role.LEADS)
LEAST_TO_LOOK_FOR = 24
"""So many bytes of a paper in a file are no chance."""


# --- what coaches do ----------------------------------------------------------------------------


def give(world: World, laptop: Laptop, case: UUID, dying_at: int | None = None) -> None:
    """A coach takes a file into a case; the power may go at one of its commits."""
    content = world.chance.randbytes(world.chance.choice(SIZES))
    file = world.folder / f"{world.chance.new_id()}.bin"
    file.write_bytes(content)
    try:
        with laptop.dying_at(dying_at):
            document = papers.add_file(laptop.store, case, file, laptop.watch())
    except PowerCut:
        laptop.stop()
        laptop.start()
        document = None
    file.unlink()
    if document:
        world.shelf.put(document, content, laptop)
    world.ledger.look_at(laptop.store)
    world.trace.note(laptop.name, "gives a paper" if document else "lost a paper", len(content))


def move(world: World, laptop: Laptop, case: UUID) -> None:
    """A coach takes a paper out of view, brings one back, names it anew, or asks for its bytes."""
    store, now, chance = laptop.store, laptop.watch(), world.chance
    with store.reading() as reading:
        known = reading.all(Document, case=case, removed=True)
    if not known:
        return
    paper = chance.choice(known)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: removing.remove(store, paper, now),
        lambda: removing.restore(store, paper, now),
        lambda: papers.rename(store, paper, f"{chance.randrange(100)}.bin", now),
        lambda: papers.fetch(store, paper, now),
        lambda: papers.stop_fetching(store, paper, now),
    )
    number = chance.randrange(len(deeds))
    deeds[number]()
    world.ledger.look_at(store)
    world.trace.note(laptop.name, "moves a paper", number)


def ask_for_all(laptop: Laptop, case: UUID) -> None:
    """The coach wants to read all papers of a case."""
    away = (Whereabouts.AWAY,)
    lying = papers.lying(laptop.store, case)
    with laptop.store.reading() as reading:
        wanted = [one for one in reading.all(Document, case=case) if lying[one.id].where in away]
    for document in wanted:
        papers.fetch(laptop.store, document, laptop.watch())


# --- what must hold in the end ------------------------------------------------------------------


def standing(laptop: Laptop) -> object:
    """How far all papers are on a laptop."""
    if laptop.destroyed:
        return None
    with laptop.store.reading() as reading:
        rows = reading.connection.exec_driver_sql(
            "SELECT cipher, arrived, sent, handed_over FROM blob_state ORDER BY number"
        )
        return [tuple(row) for row in rows]


def violated(world: World) -> list[str]:
    """Every paper in view can be read by everybody, and by nobody else."""
    wrong = []
    for case in world.cases:
        record = world.record(case)
        inside = world.laptops_in(record) if record else []
        wrong += [f"{case}: {problem}" for problem in _of_case(world, case, inside)]
    return wrong + [f"{place} holds a paper in plain" for place in _plainly(world)]


def _of_case(world: World, case: UUID, inside: list[Laptop]) -> list[str]:
    there = whole_at(world.central)
    writing = [one for one in inside if world.role_of(one, case) in WRITING]
    offered = there.union(*(whole_on(one.store) for one in writing))
    held = offered.union(*(whole_on(one.store) for one in world.laptops))
    wrong = []
    for laptop in inside:
        with laptop.store.reading() as reading:
            documents = reading.all(Document, case=case)
        for document in documents:
            what = _found(world, laptop, document, offered, held)
            if what:
                wrong.append(f"{laptop.name}: {what}")
    for laptop in writing:
        with laptop.store.reading() as reading:
            waiting = len(blobs.unsent(reading, case))
        if waiting:
            wrong.append(f"{laptop.name}: {waiting} papers were never handed over")
    return wrong


def _found(
    world: World, laptop: Laptop, document: Document, offered: set[bytes], held: set[bytes]
) -> str:
    """What is wrong with a paper on a laptop; nothing when nobody there can hand it over."""
    given = world.shelf.given.get(document.id)
    if given is None:
        return "a paper that nobody gave"
    try:
        content = papers.content(laptop.store, document)
    except CaseworkerError as error:
        if document.cipher in offered:
            return f"a paper cannot be read: {error.code}"
        if document.cipher in held or document.id in world.shelf.lost:
            return ""
        return "a paper is lost"
    return "" if content == given.content else "a paper has become another"


def _plainly(world: World) -> list[str]:
    """Where bytes of a paper lie as they are."""
    needles = [
        paper.content[:LEAST_TO_LOOK_FOR]
        for paper in world.shelf.given.values()
        if len(paper.content) >= LEAST_TO_LOOK_FOR
    ]
    if not needles:
        return []
    central = world.central
    places = {
        "the central store": b"".join(
            bytes(row[column] or b"")
            for table, column in (("blob_part", "data"), ("change", "body"), ("aside", "body"))
            for row in central.rows(table)
        )
    }
    found = [place for place, content in places.items() if _any(needles, content)]
    return found + [one.name for one in _files(world.folder) if _any(needles, one.read_bytes())]


def _files(folder: Path) -> Iterator[Path]:
    return (one for one in sorted(folder.rglob("*")) if one.is_file())


def _any(needles: Iterable[bytes], content: bytes) -> bool:
    return any(needle in content for needle in needles)
