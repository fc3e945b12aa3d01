"""E12: proofs of the Merkle tree against a second, naive implementation; anything removed, changed or moved fails."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.participation.voting import merkle

ENTRIES = st.lists(st.binary(max_size=12), min_size=1, max_size=70)


def naive_root(entries):
    """The definition of RFC 9162 section 2.1.1, word for word."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    split = 1
    while split * 2 < len(entries):
        split *= 2
    return sha256(b"\x01" + naive_root(entries[:split]) + naive_root(entries[split:])).digest()


def naive_path(index, entries):
    """PATH of section 2.1.3.1."""
    if len(entries) == 1:
        return []
    split = 1
    while split * 2 < len(entries):
        split *= 2
    if index < split:
        return [*naive_path(index, entries[:split]), naive_root(entries[split:])]
    return [*naive_path(index - split, entries[split:]), naive_root(entries[:split])]


def hashes(entries):
    return [merkle.leaf_hash(entry) for entry in entries]


@given(ENTRIES)
def test_the_root_is_that_of_the_definition(entries):
    assert merkle.root(hashes(entries)) == naive_root(entries)


def test_published_vectors():
    """Roots of the test vectors of certificate-transparency logs."""
    entries = [
        bytes.fromhex(each)
        for each in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
    ]
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(hashes(entries[:1])).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.root(hashes(entries)).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@given(ENTRIES, st.data())
def test_inclusion(entries, data):
    index = data.draw(st.integers(0, len(entries) - 1))
    leaves = hashes(entries)
    proof, root = merkle.inclusion_proof(leaves, index), merkle.root(leaves)
    assert proof == naive_path(index, entries)
    assert merkle.is_included(leaves[index], index, len(leaves), proof, root)
    assert not merkle.is_included(merkle.leaf_hash(entries[index] + b"!"), index, len(leaves), proof, root)
    assert not merkle.is_included(leaves[index], index, len(leaves), proof, merkle.root([*leaves, leaves[0]]))
    for broken in ([*proof, root], proof[:-1]):
        assert broken == proof or not merkle.is_included(leaves[index], index, len(leaves), broken, root)


@given(ENTRIES, st.data())
def test_consistency(entries, data):
    earlier = data.draw(st.integers(1, len(entries)))
    leaves = hashes(entries)
    proof, first, second = merkle.consistency_proof(leaves, earlier), merkle.root(leaves[:earlier]), merkle.root(leaves)
    assert merkle.is_consistent(earlier, len(leaves), first, second, proof)
    changed = [merkle.leaf_hash(entries[0] + b"!"), *leaves[1:]]
    assert not merkle.is_consistent(earlier, len(leaves), first, merkle.root(changed), merkle.consistency_proof(changed, earlier))


@pytest.mark.slow
def test_ten_thousand_pairs():
    import random

    chance, entries = random.Random(12), [str(number).encode() for number in range(1_000)]
    leaves = hashes(entries)
    for _ in range(10_000):
        size = chance.randrange(1, 1_000)
        index, earlier = chance.randrange(size), chance.randrange(1, size + 1)
        now, root = leaves[:size], merkle.root(leaves[:size])
        assert merkle.is_included(now[index], index, size, merkle.inclusion_proof(now, index), root)
        assert merkle.is_consistent(earlier, size, merkle.root(now[:earlier]), root, merkle.consistency_proof(now, earlier))


def test_outside_the_log():
    leaves = hashes([b"a", b"b", b"c"])
    for index in (-1, 3):
        with pytest.raises(IndexError):
            merkle.inclusion_proof(leaves, index)
        assert not merkle.is_included(leaves[0], index, 3, [], merkle.root(leaves))
    for earlier in (0, 4):
        with pytest.raises(ValueError, match="no log of"):
            merkle.consistency_proof(leaves, earlier)
        assert not merkle.is_consistent(earlier, 3, leaves[0], merkle.root(leaves), [])
    assert not merkle.is_included(leaves[0], 0, 1, [leaves[1]], leaves[0])
    assert not merkle.is_consistent(2, 3, leaves[0], merkle.root(leaves), [])
    assert not merkle.is_consistent(1, 2, leaves[0], merkle.root(leaves[:2]), [leaves[1], leaves[2]])
    assert not merkle.is_consistent(4, 5, leaves[0], leaves[0], [])
