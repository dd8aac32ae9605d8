"""One case in one round: what is new about it is fetched, and what is due is done."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from caseworker_app.domain.changes import Header
from caseworker_app.services.exchange import (
    case_keys,
    fetching,
    handing_over,
    joining,
    keeping_members,
    leaving,
    noticed,
    records,
    seen,
    withheld,
)
from caseworker_app.services.exchange.noticed import Brought
from caseworker_app.store import members, streams
from caseworker_app.store.store import Store
from caseworker_app.store.streams import State, Stream
from caseworker_app.store.transactions import Reading
from caseworker_app.sync.link import Link
from caseworker_app.sync.refusals import NotBelieved, Refused
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.membership import SignedMembership, is_named

_WEIGHT, _MOST = 1_000_003, 1 << 62


class OneCase:
    """A case that has, had, or shall have a stream. `brought` is what came in from others."""

    def __init__(self, store: Store, link: Link, heads: m.Heads, case: UUID) -> None:
        self.id = case
        self._store, self._link, self._epoch = store, link, heads.epoch
        self._head = next((head for head in heads.streams if head.case == case), None)
        self._is_gone = self._head is None and case in heads.gone
        self._said: m.Members | None = None
        self._new: list[Header] = []

    @property
    def is_here(self) -> bool:
        """Whether this laptop works with the case."""
        with self._store.reading() as reading:
            stream = streams.stream(reading, self.id)
        return stream is not None and stream.state is not State.TAKEN

    @property
    def brought(self) -> Brought | None:
        """What of others was new in this round."""
        if not self._new:
            return None
        devices = tuple(sorted({header.device for header in self._new}))
        return Brought(self.id, len(self._new), devices)

    # --- fetching ------------------------------------------------------------------------------

    def ask_ahead(self) -> None:
        """Put the questions that `fetch` begins with, where something is new."""
        head = self._head
        if head is None:
            return
        with self._store.reading() as reading:
            stream, known = streams.stream(reading, self.id), members.latest(reading, self.id)
        if known is None or _goes_on(head, known):
            self._link.ask_ahead(m.Members, "members", records.question(self.id, known))
        if stream is None or (stream.epoch == self._epoch and stream.cursor < head.seq):
            after = stream.cursor if stream else 0
            self._link.ask_ahead(m.Page, "pull", m.Pull(self.id, after))

    def fetch(self, now: datetime) -> None:
        """Get what is new; give the case a stream, or the central store what it lost."""
        with self._store.reading() as reading:
            known = members.latest(reading, self.id)
            is_here = bool(known or reading.wrapped_key(self.id)[0])
            named = self._head is None and self._is_named(reading)
        if named and keeping_members.take_over(self._store, self._link, self.id, now):
            return
        if self._head is None and not is_here:
            return
        if self._is_gone or (self._head is None and known and self._was_left_before(now)):
            self._leave(now)
            return
        if self._head is None and known is None:
            keeping_members.begin(self._store, self._link, self.id, self._epoch, now)
        elif self._head is None and self._gives_itself_out(0, now):
            return
        self._pull(self._stream(now), now)
        if self._head is not None:
            withheld.ask_again(self._store, self._link, self.id, now)

    def _is_named(self, reading: Reading) -> bool:
        """Whether the organisation has named this laptop's user, who does not lead the case yet.

        Where nothing of the case is here, only the central store can say whether it still holds.
        """
        me = keeping_members.me_of(reading)
        who = (me.org, me.user)
        chain = members.records(reading, self.id)
        until = members.leads_until(reading, self._link.org, self.id, who)
        return is_named(chain, who, until) and not (chain and chain[-1].record.leads(*who))

    def again(self, now: datetime) -> None:
        """A push was not taken: the central store may have another stream than was thought."""
        self._fetch_records(now)
        with self._store.changing(now) as changing:
            stream = streams.stream(changing, self.id)
            assert stream is not None
            streams.begin_again(changing, stream, stream.epoch)
        self._new += fetching.fetch(self._store, self._link, self.id, now)
        handing_over.hand_over(self._store, self._link, [self.id], now)

    def _stream(self, now: datetime) -> Stream:
        """The stream as it is here; begun where it is new, and anew where it was put back."""
        with self._store.reading() as reading:
            stream = streams.stream(reading, self.id)
            known = members.latest(reading, self.id)
        if stream is None or known is None:
            stream = streams.begin(self.id, self._link.org, self._epoch)
            self._fetch_records(now, stream)
        if stream.epoch == self._epoch and self._holds(stream, now):
            return stream
        with self._store.changing(now) as changing:
            noticed.gone_back(changing, now)
            return streams.begin_again(changing, stream, self._epoch)

    def _holds(self, stream: Stream, now: datetime) -> bool:
        """Whether the central store still has all that it gave a receipt for."""
        with self._store.reading() as reading:
            ahead = streams.ahead(reading, self.id)
        if self._head is not None and self._head.seq < max(stream.cursor, ahead):
            return False
        if 0 < ahead <= stream.cursor:
            with self._store.changing(now) as changing:
                streams.seen_to_hold(changing, stream)
                return streams.receipts_hold(changing, stream)
        return True

    def _begun(self, now: datetime) -> Stream:
        """The stream as it is here, or a new one of which nothing is here yet."""
        with self._store.changing(now) as changing:
            stream = streams.stream(changing, self.id)
            if stream is None:
                stream = streams.begin(self.id, self._link.org, self._epoch)
                streams.keep(changing, stream)
        return stream

    def _pull(self, stream: Stream, now: datetime) -> None:
        """Records that are new, then pages."""
        head = self._head
        if head is None:
            return
        with self._store.reading() as reading:
            latest = members.latest(reading, self.id)
        known = latest.record.version if latest else 0
        if head.membership < known:
            if self._gives_itself_out(head.membership, now):
                return
        elif stream.state is State.PAUSED or latest is None or head.record != latest.hash:
            self._fetch_records(now)
        there = (head.seq, head.digest)
        if (stream.cursor, stream.digest) != there or stream.state is not State.OPEN:
            self._new += fetching.fetch(self._store, self._link, self.id, now)

    def _fetch_records(self, now: datetime, new: Stream | None = None) -> None:
        self._said = joining.fetch(self._store, self._link, self.id, now, new)

    def _gives_itself_out(self, after: int, now: datetime) -> bool:
        """Give lost records back; whether they say that the user of this laptop has left."""
        taken = self._give_back(after, now)
        with self._store.reading() as reading:
            is_out = leaving.is_taken(reading, self.id)
        if taken and is_out:
            self._leave(now)
        return taken and is_out

    def _give_back(self, after: int, now: datetime) -> bool:
        """Give a central store that was put back the records it has lost; whether it took them."""
        with self._store.reading() as reading:
            lost = members.records(reading, self.id, after)
        taken = True
        try:
            self._put(lost)
        except Refused as refused:  # somebody else was faster, or went on in another way
            taken = False
            if refused.error == "moved-on":
                self._said = joining.go_on(self._store, self._link, self.id, now)
            elif refused.error == "not-here":
                with suppress(Refused):  # it tells nothing either: they are out by what is there
                    said = self._asked(after) if after else m.Members((), (), (), (), ())
                    taken = keeping_members.give_back(self._store, self._link, lost, said, now)
        with self._store.changing(now) as changing:
            noticed.gone_back(changing, now)
            stream = streams.stream(changing, self.id)
            if stream is not None and after:
                streams.keep(changing, streams.checked(stream, 0))
            elif stream is not None:
                streams.begin_again(changing, stream, self._epoch)
        return taken

    def _asked(self, after: int) -> m.Members:
        return self._link.ask(m.Members, "members", m.AskMembers(self.id, after))

    def _put(self, lost: Sequence[SignedMembership]) -> None:
        """Put these, with all keys: they are lost, too, and members may not be seen any more."""
        with self._store.reading() as reading:
            keys = case_keys.for_all(reading, lost[-1].record)
            guests = case_keys.guests(reading, lost[-1].record)
        self._link.put_members(m.PutMembers(self.id, tuple(lost), keys, guests))

    def _was_left_before(self, now: datetime) -> bool:
        """Whether the user left a case that the central store no longer names as one to erase.

        So it is on a laptop that was put back from before it had erased the case. A central store
        that was put back itself knows nothing of it, and tells nobody to erase anything.
        """
        try:
            joining.fetch(self._store, self._link, self.id, now)
        except Refused as refused:
            if refused.error != "not-here":
                raise
            return False
        with self._store.reading() as reading:
            return leaving.is_taken(reading, self.id)

    def _leave(self, now: datetime) -> None:
        """The user of this laptop is out of the case, if the records really say so.

        A laptop may have the case and not know of its records: it was put back from before them.
        """
        said = joining.fetch(self._store, self._link, self.id, now)
        with self._store.reading() as reading:
            taken = leaving.is_taken(reading, self.id)
        if not taken:
            raise NotBelieved(rule="who left the case")
        self._begun(now)
        leaving.lock(self._store, self.id, now)
        leaving.leave(self._store, self._link, said, self.id, now)

    def hand_over(self, now: datetime) -> None:
        """Hand over what waits in this case alone."""
        if handing_over.hand_over(self._store, self._link, [self.id], now):
            self.again(now)

    # --- looking after -------------------------------------------------------------------------

    def look_after(self, now: datetime) -> None:
        """What only waits, keys, lost devices and wishes, as far as something is new about them."""
        handing_over.hand_in(self._store, self._link, self.id, now)
        with self._store.reading() as reading:
            stream = streams.stream(reading, self.id)
            wishes = members.wishes(reading, self.id) or seen.to_let_in(reading, self.id)
            state = self._state(reading)
        if stream is None or stream.state is State.TAKEN:
            return
        if stream.checked == state and not wishes:
            return
        if self._said is None or wishes:  # a wish needs the ends of chains as they are now
            self._fetch_records(now)
        assert self._said is not None
        if keeping_members.look_after(self._store, self._link, self._said, self.id, now):
            with self._store.changing(now) as changing:
                stream = streams.stream(changing, self.id)
                if stream is not None:
                    streams.keep(changing, streams.checked(stream, self._state(changing)))

    def _state(self, reading: Reading) -> int:
        """Another number when there is something to look after.

        News weigh more than versions: what is let in by a new directory lies aside no more, and
        one more and one less must not be as if nothing had happened.
        """
        news = self._head.news if self._head else 0
        return (members.state(reading, self.id) + news * _WEIGHT) % _MOST


def _goes_on(head: m.Head, known: SignedMembership) -> bool:
    """Whether the central store has a record on top of the latest one here, or another one."""
    return head.membership >= known.record.version and head.record != known.hash
