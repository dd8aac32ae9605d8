"""Guides that an organisation wrote: kept in the store for ever, offered beside those that ship."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.content import guides as shipped
from caseworker_app.domain.guide import GuideFile
from caseworker_app.errors import GuideInvalid, GuideMissing, GuideTaken
from caseworker_app.services import beginnings, guides, people, stores, talks
from caseworker_app.store.store import Store
from tests.builders import NOW, PASSPHRASE, a_case, a_person, a_store
from tests.guide_texts import TINY, changed, line_of

SECOND = changed(("version = 1", "version = 2"), ("Wie geht es?", "Wie geht es heute?"))
BROKEN = changed(("version = 1", "version = 3"), ('kind = "choice"', 'kind = "chioce"'))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = a_store(tmp_path / "store")
    yield store
    store.close()


def kept_as(store: Store, guide: str, version: int, content: str) -> None:
    """As another laptop, with another version of the program, may have kept it."""
    with store.changing(NOW) as changing:
        changing.put(
            GuideFile(
                id=store.new_id(),
                case=store.id,
                guide=guide,
                version=version,
                content=content,
                added=NOW,
            )
        )


def own(store: Store) -> list[tuple[str, int]]:
    """The guides that are offered and do not ship with the program."""
    ships = {guide.id for guide in shipped.all_guides()}
    return [(one.id, one.version) for one in guides.offered(store) if one.id not in ships]


def test_without_guides_of_ones_own_those_that_ship_are_offered(store):
    assert guides.offered(store) == shipped.all_guides()
    assert guides.broken(store) == ()


def test_a_guide_that_was_brought_in_is_offered_and_found_again(store):
    guide = guides.keep(store, TINY, NOW)
    assert guide in guides.offered(store)
    assert guides.find(store, "tiny", 1) == guide
    assert guides.source(store, "tiny", 1) == TINY


def test_it_is_still_there_when_the_store_is_opened_again(store):
    guide = guides.keep(store, TINY, NOW)
    store.close()
    again = stores.unlock(store.folder, PASSPHRASE)
    assert guides.find(again, "tiny", 1) == guide
    again.close()


def test_the_newest_version_is_offered_and_every_version_is_found(store):
    guides.keep(store, SECOND, NOW)
    guides.keep(store, TINY, NOW)
    assert own(store) == [("tiny", 2)]
    assert guides.find(store, "tiny", 1).sections[0].questions[0].text.to("de") == "Wie geht es?"


def test_a_version_never_changes(store):
    guides.keep(store, TINY, NOW)
    with pytest.raises(GuideTaken) as raised:
        guides.keep(store, changed(("Wie geht es?", "Was gibt es?")), NOW)
    assert raised.value.details == {"name": "tiny", "version": 1}
    assert "already another guide “tiny” with the version 1" in str(raised.value)
    assert guides.source(store, "tiny", 1) == TINY


def test_the_same_guide_again_changes_nothing(store):
    guides.keep(store, TINY, NOW)
    assert guides.keep(store, f"# with a remark\n{TINY}", NOW) == guides.find(store, "tiny", 1)
    with store.reading() as reading:
        assert len(reading.all(GuideFile)) == 1


def test_a_guide_that_ships_cannot_be_written_over(store):
    source = guides.source(store, "meedoen", 1)
    assert guides.keep(store, source, NOW) == shipped.guide("meedoen", 1)
    with pytest.raises(GuideTaken):
        guides.keep(store, source.replace("Meedoen", "Mitmachen"), NOW)
    with store.reading() as reading:
        assert reading.all(GuideFile) == []


def test_an_organisation_may_go_on_from_a_guide_that_ships(store):
    source = guides.source(store, "meedoen", 1).replace("version = 1\n", "version = 90\n")
    guides.keep(store, source, NOW)
    (offered,) = [guide for guide in guides.offered(store) if guide.id == "meedoen"]
    assert offered.version == 90


def test_the_kept_one_goes_on_being_meant_when_a_guide_of_its_name_ships_later(store):
    source = guides.source(store, "meedoen", 1).replace("Meedoen", "Mitmachen")
    kept_as(store, "meedoen", 1, source)
    assert guides.find(store, "meedoen", 1).title.to("de").startswith("Mitmachen")
    assert guides.source(store, "meedoen", 1) == source


def test_a_guide_with_a_mistake_is_not_brought_in(store):
    with pytest.raises(GuideInvalid) as raised:
        guides.keep(store, BROKEN, NOW, name="unser-leitfaden.toml")
    assert raised.value.details["name"] == "unser-leitfaden.toml"
    assert raised.value.details["line"] == line_of(BROKEN, "chioce")
    assert own(store) == []


def test_a_kept_guide_that_cannot_be_read_is_named_and_the_version_before_goes_on(store):
    guides.keep(store, SECOND, NOW)
    kept_as(store, "tiny", 3, BROKEN)
    assert own(store) == [("tiny", 2)]
    (mistake,) = guides.broken(store)
    assert mistake.details["name"] == "tiny/3.toml"
    assert mistake.details["line"] == line_of(BROKEN, "chioce")
    with pytest.raises(GuideInvalid):
        guides.find(store, "tiny", 3)
    with pytest.raises(GuideTaken):
        guides.keep(store, changed(("version = 1", "version = 3")), NOW)


def test_a_mistake_in_an_old_version_disturbs_nobody(store):
    kept_as(store, "tiny", 1, changed(source=BROKEN))
    guides.keep(store, SECOND, NOW)
    assert guides.broken(store) == ()


@pytest.mark.parametrize(("name", "version"), [("tiny", 2), ("other", 1), ("../tiny", 1), ("", 0)])
def test_what_is_not_here_is_missing(store, name, version):
    guides.keep(store, TINY, NOW)
    with pytest.raises(GuideMissing):
        guides.find(store, name, version)
    with pytest.raises(GuideMissing):
        guides.source(store, name, version)


def test_a_talk_is_held_with_a_guide_of_ones_own_and_opens_with_that_version_for_ever(store):
    guide = guides.keep(store, TINY, NOW)
    case = a_case(store)
    talk = talks.begin(store, case, guide, NOW)
    guides.keep(store, SECOND, NOW)
    opened = talks.open_talk(store, talk)
    assert opened.guide == guide
    assert (opened.section, opened.question) == ("first", "how")


def test_a_file_that_names_a_guide_of_ones_own_begins_with_it(store):
    guides.keep(store, TINY, NOW)
    case = people.open_file(store, a_person(), "tiny", NOW)
    talk = beginnings.begin_talk(store, case, NOW)
    assert talks.open_talk(store, talk).guide.id == "tiny"


def test_a_file_that_names_a_guide_with_a_mistake_says_so(store):
    kept_as(store, "tiny", 3, BROKEN)
    case = people.open_file(store, a_person(), "tiny", NOW)
    with pytest.raises(GuideInvalid):
        beginnings.begin_talk(store, case, NOW)


def test_an_opened_guide_is_not_built_anew(store):
    guides.keep(store, TINY, NOW)
    assert guides.find(store, "tiny", 1) is guides.find(store, "tiny", 1)
