"""Trying an installation out: a store made, locked, opened, filled, checked, and papers made.

For whoever installs the program, and for the frozen build. Needs no network and no tests.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from caseworker_app import i18n
from caseworker_app.content.sample import sample
from caseworker_app.domain.plan import TextSize
from caseworker_app.services import checking, guide_files, guides, people, plans, stores
from caseworker_app.services.sample import fill, profile_of
from caseworker_app.sync.wire.passphrases import FLOOR


def run(out: Path) -> Iterator[str]:
    """Do one thing after the other in `out`, and say what worked. Raises what did not."""
    now = datetime.now(UTC)
    folder, passphrase = out / "store", secrets.token_urlsafe(24)
    language = i18n.LANGUAGES[0]
    fictional = sample(language)
    made, _key = stores.create(folder, profile_of(fictional), passphrase, now, cost=FLOOR)
    made.close()
    yield "made and locked a store"
    store = stores.unlock(folder, passphrase)
    yield "opened it with its passphrase"
    fill(store, fictional, now)
    lines = people.lines(store, now)
    yield f"opened the files of {len(lines)} fictional people"
    report = checking.check_open(store)
    if not report.clean:
        raise RuntimeError("\n".join(report.lines()))
    yield "checked every change"
    content = plans.draft(store, lines[0].case, language, TextSize.NORMAL, now)
    (out / "plan.pdf").write_bytes(plans.pdf(content))
    yield "printed a plan"
    guide, sheets = guides.offered(store)[0], out / "guide.xlsx"
    guide_files.take_out(store, guide, sheets)
    if guide_files.read(sheets, language).guide != guide:
        raise RuntimeError("the guide in the spreadsheet is another one")
    store.close()
    yield "wrote a guide as a spreadsheet and read it again"
