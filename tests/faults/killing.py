"""kill -9 at random moments while answers are typed, and what is there afterwards."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from caseworker_app import i18n, paths
from caseworker_app.domain.talk import Statement
from caseworker_app.services import checking, stores
from tests.builders import PASSPHRASE, a_case, a_store, a_talk

LONGEST_LIFE = 6.0


@dataclass(slots=True)
class Outcome:
    """What came of many kills."""

    kills: int = 0
    acknowledged: int = 0
    missing: list[str] = field(default_factory=list)
    not_clean: list[str] = field(default_factory=list)

    @property
    def failures(self) -> int:
        """How often something acknowledged was gone or the store was not clean."""
        return len(self.missing) + len(self.not_clean)


def kill_many(kills: int, seed: int, *planted: str) -> Outcome:
    """Kill a typing coach so many times, on one store that lives through all of it.

    `planted` names a bug that the coach's program is to have.
    """
    i18n.use("en")
    outcome, chance = Outcome(), random.Random(seed)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "store"
        store = a_store(folder)
        talk = a_talk(store, a_case(store))
        store.close()
        promised: dict[str, list[dict[str, object]]] = {}
        for number in range(kills):
            life = chance.uniform(0.05, LONGEST_LIFE)
            for acknowledged in _typed_until_killed(
                folder, talk.id, (str(seed + number), *planted), life
            ):
                outcome.acknowledged += 1
                promised.setdefault(str(acknowledged["question"]), []).append(acknowledged)
            outcome.kills += 1
            _compare(folder, talk.id, promised, outcome)
    return outcome


def _typed_until_killed(
    folder: Path, conversation: UUID, words: tuple[str, ...], life: float
) -> Iterator[dict[str, object]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(paths.bundle())}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typing_until_killed", str(folder),
         str(conversation), *words],
        stdout=subprocess.PIPE, env=environment, cwd=paths.bundle(),
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    assert json.loads(first) == {"ready": True}
    try:
        process.wait(timeout=life)
    except subprocess.TimeoutExpired:
        process.kill()
    else:
        raise AssertionError("the typing coach stopped by itself")
    said = process.stdout.read().split(b"\n")
    process.wait()
    process.stdout.close()
    yield from (json.loads(line) for line in said[:-1])


def _compare(
    folder: Path,
    conversation: UUID,
    promised: dict[str, list[dict[str, object]]],
    outcome: Outcome,
) -> None:
    """Everything acknowledged has to be there: added, or still in its composer."""
    store = stores.unlock(folder, PASSPHRASE)
    with store.reading() as reading:
        statements = reading.all(Statement, conversation=conversation)
    for question, promises in promised.items():
        here = [s for s in statements if s.question == question]
        added = [p for p in promises if p["added"]]
        for promise in added:
            if not any(str(promise["words"]).strip() == s.words.strip() for s in here):
                outcome.missing.append(f"added to {question}: {promise['words']}")
        last = promises[-1]
        if not any(s.words.startswith(str(last["words"]).strip()) for s in here):
            outcome.missing.append(f"typed to {question}: {last['words']}")
    report = checking.check_open(store)
    outcome.not_clean += report.findings
    store.close()
