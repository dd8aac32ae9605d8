"""One laptop's way through the server: connect, sign in, push, pull."""

from caseworker_app.domain.sharing import Role
from caseworker_app.sync.wire import messages as m
from caseworker_app.sync.wire.changes import NOTHING, added
from caseworker_app.sync.wire.directory import SignedDirectory, believed
from tests.central.laptop import Laptop


def test_from_a_code_to_a_change_on_another_laptop(client, office, laptop):
    user = office.user()
    new = Laptop(client, office, user)
    answer = new.get(m.Enrolled, "POST", "enrol", new.enrolment(office.code(user)))
    assert (answer.user, answer.root) == (user, office.directory.root)
    new.sign_in()
    assert new.ask("POST", "heads").status_code == 404
    assert new.ask("GET", "directory").status_code == 404

    office.add(user, new.device.public)
    office.publish()
    signed = new.get(SignedDirectory, "GET", "directory")
    assert believed(signed, office.directory.root) == office.directory

    other = laptop()
    case, first = new.start(other.member(Role.WRITES))
    assert new.push(new.write(case, 3))[0].seqs == (1, 2, 3)
    assert other.push(other.write(case, 2))[0].seqs == (4, 5)
    batch, page = other.pull(case)
    assert (len(batch.changes), page.seq) == (5, 5)
    assert {device for device, _ in batch.signatures} == {new.device.id, other.device.id}
    digest = NOTHING
    for change in batch.changes:
        digest = added(digest, change.hash)
    assert page.digest == digest
    heads = other.get(m.Heads, "POST", "heads")
    assert heads.streams == (m.Head(case, 5, digest, 1, Role.WRITES, record=first.hash),)
    members = other.members(case)
    assert [(one.device, one.sequence) for one in members.tails] == sorted(
        [(new.device.id, 3), (other.device.id, 2)]
    )
    assert [(one.device, one.seq) for one in members.seen] == [(other.device.id, 5)]


def test_a_repeated_push_gets_the_same_numbers_again(laptop):
    one = laptop()
    case, _ = one.start()
    first = one.write(case, 2)
    assert one.push(first)[0].seqs == (1, 2)
    assert one.push(first)[0].seqs == (1, 2)
    more = one.signed(case, [*first.changes, one.change(case)])
    assert one.push(more)[0].seqs == (1, 2, 3)
    assert one.pull(case)[1].seq == 3
