"""The Merkle tree of the log after RFC 9162 (and 6962): root, proofs that an entry is in it and that a later log only added. Pure.

Leaf SHA-256(0x00 ‖ entry), node SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the size.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Hash of one entry."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of a node over its two halves."""
    return sha256(b"\x01" + left + right).digest()


def chain_link(previous: bytes, leaf: bytes) -> bytes:
    """The next link of the plain chain that stands beside the tree: it can be followed with a pencil."""
    return sha256(previous + leaf).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root over hashes of leaves, level by level: a lone last one rises as it is."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[-1:] if len(level) % 2 else paired
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from the leaf at `index` to the root, from below. IndexError outside the log."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    proof, level, place = [], list(leaves), index
    while len(level) > 1:
        beside = place ^ 1
        if beside < len(level):
            proof.append(level[beside])
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[-1:] if len(level) % 2 else paired
        place //= 2
    return proof


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], known_root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2, as written there."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == known_root


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """That the log of the first `earlier` leaves is the beginning of this one. ValueError outside 1…size."""
    if not 0 < earlier <= len(leaves):
        raise ValueError(f"no log of {earlier} entries before one of {len(leaves)}")
    return [] if earlier == len(leaves) else _subproof(leaves, earlier, is_whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, is_whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if is_whole else [root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if earlier <= split:
        return [*_subproof(leaves[:split], earlier, is_whole=is_whole), root(leaves[split:])]
    return [*_subproof(leaves[split:], earlier - split, is_whole=False), root(leaves[:split])]


def is_consistent(earlier: int, size: int, earlier_root: bytes, later_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2, as written there."""
    if not 0 < earlier <= size:
        return False
    if earlier == size:
        return not proof and earlier_root == later_root
    path = list(proof) if earlier & (earlier - 1) else [earlier_root, *proof]
    if not path:
        return False
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, step)
        place, last = place >> 1, last >> 1
    return last == 0 and first == earlier_root and second == later_root
