"""What a guess at a passphrase costs, and what this process leaves lying about."""

from __future__ import annotations

import subprocess
import sys

import pytest

from caseworker_app.sync.wire.passphrases import (
    CEILING,
    FLOOR,
    MIB,
    USUAL,
    Cost,
    normalised,
    stretch,
)
from caseworker_app.vault.machine import memory_bytes
from caseworker_app.vault.stretching import measured_cost

GIB = 1 << 30

HARDENED = """
import os, resource, tempfile
from caseworker_app.vault.machine import harden_process
harden_process()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "file")
    open(path, "w").close()
    assert os.stat(path).st_mode & 0o777 == 0o600
"""
DUMPABLE = """
import ctypes
from caseworker_app.vault.machine import harden_process
harden_process()
assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0
"""


def machine(seconds_per_gib: float):
    """A machine of this speed: the time of one guess grows with memory and passes."""
    return lambda cost: seconds_per_gib * cost.passes * cost.memory_kib / (1024 * MIB)


def test_the_stretching_is_argon2id_as_another_implementation_computes_it():
    """Known answer from the reference implementation: 64 MiB, three passes, four lanes."""
    known = "7e29fb324a67d6c202851b24694a2db0d25996bd6c6554925fcd1f042c533e30"
    assert stretch("Grüße aan de fiets", bytes(range(16)), FLOOR).hex() == known


def test_the_usual_cost_is_within_the_limits():
    assert FLOOR.memory_kib < USUAL.memory_kib < CEILING.memory_kib
    assert Cost(64 * MIB, 3, 4) == FLOOR
    assert Cost(256 * MIB, 3, 4) == USUAL


@pytest.mark.parametrize(
    "outside",
    [
        (64 * MIB - 1, 3, 4),
        (1024 * MIB + 1, 3, 4),
        (64 * MIB, 2, 4),
        (64 * MIB, 33, 4),
        (64 * MIB, 3, 3),
        (64 * MIB, 3, 17),
        (64 * MIB, 3.0, 4),
        (64 * MIB, True, 4),
    ],
)
def test_a_cost_outside_the_limits_does_not_exist(outside):
    with pytest.raises(ValueError, match="limits"):
        Cost(*outside)


@pytest.mark.parametrize("seconds_per_gib", [0.01, 0.05, 0.2, 0.6, 1.2, 2.5, 5.0])
@pytest.mark.parametrize("memory", [1 * GIB, 2 * GIB, 8 * GIB, 64 * GIB, 0])
def test_unlocking_takes_about_half_a_second_to_one_second_on_any_laptop(seconds_per_gib, memory):
    laptop = machine(seconds_per_gib)
    cost = measured_cost(laptop, memory)
    slowest = cost.passes == FLOOR.passes and cost.memory_kib == FLOOR.memory_kib
    fastest = cost.passes == CEILING.passes
    assert 0.5 <= laptop(cost) <= 1.0 or slowest or fastest
    assert laptop(cost) <= 1.0 or slowest


def test_a_small_machine_gives_a_sixteenth_of_its_memory_but_not_less_than_the_floor():
    assert measured_cost(machine(1), 2 * GIB).memory_kib == 128 * MIB
    assert measured_cost(machine(1), GIB // 2).memory_kib == 64 * MIB
    assert measured_cost(machine(0.8), 64 * GIB).memory_kib == 256 * MIB


def test_the_machine_tells_its_memory():
    assert memory_bytes() > GIB // 4


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  a  b ", "a b"),
        ("a\u00a0b", "a b"),
        ("a\u0308", "ä"),
        ("ĳs", "ijs"),
        ("ﬁets", "fiets"),
        ("Ａ", "A"),
        ("Straße", "Straße"),
        ("A", "A"),
    ],
)
def test_a_passphrase_is_what_was_meant_not_how_it_was_encoded(typed, meant):
    assert normalised(typed) == meant
    assert normalised(meant) == meant


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_a_hardened_process_writes_no_memory_and_no_file_for_others():
    assert subprocess.run([sys.executable, "-c", HARDENED], check=False).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="Linux")
def test_no_other_program_of_the_same_person_reads_a_hardened_process():
    assert subprocess.run([sys.executable, "-c", DUMPABLE], check=False).returncode == 0
