"""Documents in whole rounds: nobody hears of one before it is there; a film stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from caseworker_app.domain.people import Document
from caseworker_app.domain.pieces import PIECE, Whereabouts
from caseworker_app.domain.plan import TextSize
from caseworker_app.domain.sharing import Role
from caseworker_app.services import cases, checking, goals, papers, plans, stores
from caseworker_app.services.exchange import sharing
from caseworker_app.services.exchange import view as exchange_view
from caseworker_app.store.store import Store
from caseworker_app.sync.link import Answer
from caseworker_app.sync.refusals import Unreachable
from tests.builders import NOW, PASSPHRASE, a_case
from tests.central.cut_lines import Line
from tests.store.large_papers import MARKER, a_large_file
from tests.store.test_papers import an_old_paper, rows
from tests.sync.office_and_laptops import Laptop, Team
from tests.sync.test_going_back import forget
from tests.sync.test_rounds import shared, words

LARGE = 7 * PIECE


def a_paper(laptop: Laptop, case: UUID, folder: Path, size: int = 5000) -> Document:
    a_large_file(folder / "in.bin", size)
    document = papers.add_file(laptop.store, case, folder / "in.bin", NOW)
    assert document is not None
    return document


def known(laptop: Laptop, case: UUID) -> list[Document]:
    return list(cases.view(laptop.store, case).documents)


def where(laptop: Laptop, document: Document) -> Whereabouts:
    return papers.lying(laptop.store, document.case)[document.id].where


def test_a_paper_comes_with_the_change_that_names_it(team: Team, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    document = a_paper(ine, case, tmp_path)
    assert exchange_view.view(ine.store).moving == 1
    ine.exchange()
    assert exchange_view.view(ine.store).moving == 0
    assert exchange_view.view(ine.store).changes_waiting == 0
    tom.exchange()
    assert known(tom, case) == [document]
    assert papers.content(tom.store, document) == (tmp_path / "in.bin").read_bytes()
    for one in (ine, tom):
        assert checking.check_open(one.store).findings == []
        assert where(one, document) is Whereabouts.HANDED_OVER


def test_a_large_paper_comes_when_it_is_asked_for(team: Team, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    document = a_paper(ine, case, tmp_path, LARGE)
    ine.exchange()
    tom.exchange()
    assert where(tom, document) is Whereabouts.AWAY
    papers.fetch(tom.store, document, NOW)
    tom.exchange()
    assert papers.content(tom.store, document) == (tmp_path / "in.bin").read_bytes()


class AfterAPart(Line):
    """Does something when the first part of a document has passed, and is cut there if asked."""

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        if self.is_cut and "/blobs/" in path and self.sent >= PIECE:
            raise Unreachable
        return super().send(method, path, body, headers)

    is_cut = False


def test_nobody_hears_of_a_paper_that_is_not_wholly_there(team: Team, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    goals.add_goal(ine.store, case, "before", "", NOW)
    document = a_paper(ine, case, tmp_path, LARGE)
    goals.add_goal(ine.store, case, "behind", "", NOW)
    line = AfterAPart(team.client)
    line.is_cut = True
    cut = replace(ine, way=replace(ine.way, transport=line))
    with pytest.raises(Unreachable):
        cut.exchange()
    tom.exchange()
    assert (known(tom, case), words(tom, case)) == ([], ["before"])
    assert exchange_view.view(ine.store).changes_waiting == 2
    assert where(ine, document) is Whereabouts.ONLY_HERE
    line.is_cut = False
    cut.exchange()
    assert line.sent <= LARGE * 1.04 + 2 * PIECE
    tom.exchange()
    assert (known(tom, case), words(tom, case)) == ([document], ["before", "behind"])
    assert exchange_view.view(ine.store).changes_waiting == 0


class BetweenParts(Line):
    """Calls what shall happen once each time so many parts of a document have passed."""

    def __init__(self, client: TestClient, every: int, happens: Callable[[], object]) -> None:
        super().__init__(client)
        self._every, self._happens = every, happens

    def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = super().send(method, path, body, headers)
        if method == "PATCH" and self.requests.count("PATCH") % self._every == 0:
            self._happens()
        return answer


def test_other_notes_come_and_go_while_a_film_is_on_its_way(team: Team, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    other = a_case(ine.store, "Ayşe Yılmaz")
    sharing.invite(ine.store, other, tom.colleague, Role.WRITES, NOW)
    ine.exchange()
    a_paper(ine, case, tmp_path, 40 * PIECE)
    seen: list[list[str]] = []

    def write_and_look() -> None:
        goals.add_goal(ine.store, other, f"note {len(seen)}", "", NOW)
        tom.exchange()
        seen.append(words(tom, other))

    line = BetweenParts(team.client, 10, write_and_look)
    replace(ine, way=replace(ine.way, transport=line)).exchange()
    assert line.requests.count("PATCH") == 40
    assert seen[0] == []
    assert seen[-1] == ["note 0", "note 1", "note 2"][: len(seen[-1])]
    assert len(seen[-1]) >= 2
    tom.exchange()
    assert len(known(tom, case)) == 1


def test_a_plan_and_an_old_letter_come_too(team: Team) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    old = an_old_paper(ine.store, case, b"an old letter")
    draft = plans.draft(ine.store, case, "de", TextSize.NORMAL, NOW)
    plan = plans.freeze(ine.store, case, draft, NOW)
    ine.exchange()
    second = team.laptop(ine.colleague, 2)
    ine.exchange()
    second.exchange()
    assert plans.version_pdf(second.store, plan) == plans.version_pdf(ine.store, plan)
    letter = next(one for one in known(second, case) if one.id == old.id)
    assert papers.content(second.store, letter) == b"an old letter"
    assert checking.check_open(second.store).findings == []


def test_who_only_reads_gets_papers_and_is_never_asked_for_them(
    team: Team, owner: Engine, tmp_path: Path
) -> None:
    ine, tom, case = shared(team)
    sharing.invite(ine.store, case, tom.colleague, Role.READS, NOW)
    document = a_paper(ine, case, tmp_path)
    ine.exchange()
    ine.exchange()
    tom.exchange()
    assert where(tom, document) is Whereabouts.HANDED_OVER
    forget(owner, team.ours.org, 0, new_epoch=True)
    for _ in range(3):
        ine.exchange()
        tom.exchange()
    assert exchange_view.view(tom.store).problem is None
    fresh = team.laptop(ine.colleague, 2)
    ine.exchange()
    fresh.exchange()
    assert papers.content(fresh.store, document) == (tmp_path / "in.bin").read_bytes()


def test_a_paper_that_is_lost_unnoticed_is_handed_over_again(
    team: Team, owner: Engine, tmp_path: Path
) -> None:
    """Put back without saying so, and given the change again by somebody without the bytes."""
    ine, tom, case = shared(team)
    document = a_paper(ine, case, tmp_path, LARGE)
    ine.exchange()
    tom.exchange()
    with owner.begin() as db:
        db.exec_driver_sql("SELECT set_config('caseworker.org', %s, true)", (str(team.ours.org),))
        db.exec_driver_sql("DELETE FROM blob")
    papers.fetch(tom.store, document, NOW)
    tom.exchange()
    assert where(tom, document) is Whereabouts.COMING
    ine.exchange()
    assert where(ine, document) is Whereabouts.HANDED_OVER
    tom.exchange()
    assert papers.content(tom.store, document) == (tmp_path / "in.bin").read_bytes()


def test_a_laptop_that_was_put_back_fetches_its_own_papers_again(
    team: Team, tmp_path: Path
) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    ine.exchange()
    ine.store.close()
    before = {file.name: file.read_bytes() for file in ine.store.folder.iterdir()}
    folder = ine.store.folder
    ine = replace(ine, store=stores.unlock(folder, PASSPHRASE))
    document = a_paper(ine, case, tmp_path)
    ine.exchange()
    ine.store.close()
    for file in folder.iterdir():
        file.unlink()
    for name, content in before.items():
        (folder / name).write_bytes(content)
    ine = replace(ine, store=stores.unlock(folder, PASSPHRASE))
    ine.exchange()
    ine.exchange()
    assert papers.content(ine.store, document) == (tmp_path / "in.bin").read_bytes()
    assert checking.check_open(ine.store).findings == []


def test_a_case_that_is_taken_away_takes_its_papers_along(team: Team, tmp_path: Path) -> None:
    ine, tom, case = shared(team)
    document = a_paper(ine, case, tmp_path)
    ine.exchange()
    tom.exchange()
    assert rows(tom.store, "blob_piece") == 1
    sharing.take_out(ine.store, case, tom.colleague, NOW)
    ine.exchange()
    tom.exchange()
    assert (rows(tom.store, "blob_piece"), rows(tom.store, "blob_state")) == (0, 0)
    assert papers.content(ine.store, document)


def test_neither_files_nor_the_central_store_can_be_read(
    team: Team, owner: Engine, tmp_path: Path
) -> None:
    ine, tom, case = shared(team)
    document = a_paper(ine, case, tmp_path)
    ine.exchange()
    tom.exchange()
    for store in (ine.store, tom.store):
        assert not any(marked(file, document) for file in store.folder.iterdir())
    answer = everything_at(owner, team)
    assert answer
    assert MARKER not in answer
    assert document.key not in answer
    assert document.name.encode() not in answer


def marked(file: Path, document: Document) -> bool:
    content = file.read_bytes()
    return MARKER in content or document.key in content or document.cipher in content


def everything_at(owner: Engine, team: Team) -> bytes:
    """All bytes of documents and changes that the central store has of an organisation."""
    with owner.begin() as db:
        db.exec_driver_sql("SELECT set_config('caseworker.org', %s, true)", (str(team.ours.org),))
        parts = [
            bytes(row[0])
            for query in ("SELECT data FROM blob_part", "SELECT body FROM change")
            for row in db.exec_driver_sql(query)
            if row[0] is not None
        ]
    return b"|".join(parts)


def test_receipts_are_kept_over_a_restart(team: Team, tmp_path: Path) -> None:
    ine = team.coach("Ine Voorbeeld")
    case = a_case(ine.store)
    document = a_paper(ine, case, tmp_path)
    ine.exchange()
    store: Store = ine.store
    store.close()
    again = replace(ine, store=stores.unlock(store.folder, PASSPHRASE))
    line = Line(team.client)
    replace(again, way=replace(again.way, transport=line)).exchange()
    assert line.requests == []
    assert where(again, document) is Whereabouts.HANDED_OVER
