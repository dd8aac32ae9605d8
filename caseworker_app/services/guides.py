"""The guides a coach can talk with: those that ship, and those the organisation wrote itself.

Its own are kept in the store as they were brought in, each version for ever. Should a guide that
ships later claim the same name and version, the kept one goes on being meant.
"""

from __future__ import annotations

from datetime import datetime

from caseworker_app.content import guides as shipped
from caseworker_app.domain.guide import Guide, GuideFile
from caseworker_app.errors import GuideInvalid, GuideMissing, GuideTaken
from caseworker_app.store.store import Store
from caseworker_app.store.transactions import Reading

Kept = list[tuple[GuideFile, Guide | GuideInvalid]]


def offered(store: Store) -> tuple[Guide, ...]:
    """Of every guide the newest version without a mistake, shipped or own, sorted by id."""
    with store.reading() as reading:
        return offered_in(reading)


def offered_in(reading: Reading) -> tuple[Guide, ...]:
    """The same, where the store is being read already."""
    newest = _newest(_kept(reading))
    return tuple(newest[guide_id] for guide_id in sorted(newest))


def broken(store: Store) -> tuple[GuideInvalid, ...]:
    """What is wrong with the versions that `offered` would otherwise have given."""
    with store.reading() as reading:
        kept = _kept(reading)
    newest = _newest(kept)
    return shipped.broken_guides() + tuple(
        mistake
        for file, mistake in kept
        if isinstance(mistake, GuideInvalid) and _version(newest, file.guide) < file.version
    )


def find(store: Store, guide_id: str, version: int) -> Guide:
    """This version of this guide, as a conversation names it. GuideMissing, GuideInvalid."""
    with store.reading() as reading:
        return find_in(reading, guide_id, version)


def find_in(reading: Reading, guide_id: str, version: int) -> Guide:
    """The same, where the store is being read already. GuideMissing, GuideInvalid."""
    file = _file(reading, guide_id, version)
    return _guide(file) if file else shipped.guide(guide_id, version)


def keep(store: Store, source: str, now: datetime, name: str = "guide.toml") -> Guide:
    """Bring in a guide that somebody wrote; `name` is what a mistake in it calls the file.

    GuideInvalid, and GuideTaken where another guide has this id and version already. The same one
    again changes nothing.
    """
    guide = shipped.read_text(name, source)
    with store.changing(now) as changing:
        if _is_taken(changing, guide):
            return guide
        changing.put(
            GuideFile(
                id=store.new_id(),
                case=store.id,
                guide=guide.id,
                version=guide.version,
                content=source,
                added=now,
            )
        )
    return guide


def source(store: Store, guide_id: str, version: int) -> str:
    """The text of this version, to be given on or to be changed into the next. GuideMissing."""
    with store.reading() as reading:
        file = _file(reading, guide_id, version)
    if file:
        return file.content
    return shipped.guide_path(guide_id, version).read_text("utf-8-sig")


def _is_taken(reading: Reading, guide: Guide) -> bool:
    """Whether this very guide is here. GuideTaken when it is another one."""
    try:
        there = find_in(reading, guide.id, guide.version)
    except GuideMissing:
        return False
    except GuideInvalid:
        raise GuideTaken(name=guide.id, version=guide.version) from None
    if there != guide:
        raise GuideTaken(name=guide.id, version=guide.version)
    return True


def _newest(kept: Kept) -> dict[str, Guide]:
    newest = {guide.id: guide for guide in shipped.all_guides()}
    for _file, guide in kept:
        if isinstance(guide, Guide) and _version(newest, guide.id) <= guide.version:
            newest[guide.id] = guide
    return newest


def _kept(reading: Reading) -> Kept:
    found: Kept = []
    for file in reading.all(GuideFile, case=reading.place.store):
        try:
            found.append((file, _guide(file)))
        except GuideInvalid as mistake:
            found.append((file, mistake))
    return found


def _file(reading: Reading, guide_id: str, version: int) -> GuideFile | None:
    files = reading.all(GuideFile, case=reading.place.store, guide=guide_id, version=version)
    return files[0] if files else None


def _guide(file: GuideFile) -> Guide:
    return shipped.read_text(f"{file.guide}/{file.version}.toml", file.content)


def _version(newest: dict[str, Guide], guide_id: str) -> int:
    return newest[guide_id].version if guide_id in newest else 0
