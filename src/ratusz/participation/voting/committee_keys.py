"""The key of a vote: its private half exists only as shares of the committee. k of n of them open the ballots, fewer tell nothing.

Shares are words after SLIP-0039 (the library is its reference implementation): they can be read aloud, written by hand and typed
again, and a wrong word shows. Nothing here writes to a disk or a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from shamir_mnemonic import MnemonicError, Share, combine_mnemonics, generate_mnemonics

MOST_HOLDERS = 16
"""What SLIP-0039 can split a secret into."""
TEST_WORDS = b"ratusz: test envelope of the key ceremony"


class SharesRefused(ValueError):
    """The shares do not open the key; the message says which one is wrong and what to do."""


@dataclass(frozen=True)
class NewKey:
    """What a ceremony makes: the public half, and one share for each holder, shown once and kept nowhere."""

    public: bytes
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Committee:
    """How many holders there are and how many of them are needed."""

    needed: int
    holders: int
    LEAST_NEEDED: ClassVar[int] = 2

    def fault(self) -> str:
        """Why such a committee cannot hold a key; "" when it can: one person alone never opens, one lost share stops nothing."""
        if self.needed < self.LEAST_NEEDED:
            return _("At least two people have to open the ballots together: one alone never does.")
        if self.needed >= self.holders:
            return _("There must be more holders than are needed: a lost share would make the ballots unreadable for ever.")
        if self.holders > MOST_HOLDERS:
            return _("There can be at most {most} holders of shares.").format(most=MOST_HOLDERS)
        return ""


def new_key(committee: Committee) -> NewKey:
    """A fresh X25519 key, split at once; the private half lives for the length of this call. ValueError for a faulty committee."""
    if words := committee.fault():
        raise ValueError(words)
    private = PrivateKey.generate()
    (shares,) = generate_mnemonics(1, [(committee.needed, committee.holders)], bytes(private))
    return NewKey(bytes(private.public_key), tuple(shares))


def fingerprint(share: str) -> str:
    """Eight signs by which a holder and the protocol know a share without showing it."""
    return hashlib.sha256(plain(share).encode()).hexdigest()[:8]


def plain(typed: str) -> str:
    """A share as it is compared: lower case, single spaces."""
    return " ".join(typed.lower().split())


def joined(typed: Sequence[str], public: bytes) -> PrivateKey:
    """The private key from enough shares of this vote; raises SharesRefused with the number of the share that is wrong."""
    shares = [_read(number, words) for number, words in enumerate(typed, 1) if words.strip()]
    if not shares:
        raise SharesRefused(_("Type the shares of the holders who are present."))
    first = shares[0]
    for number, share in enumerate(shares, 1):
        if share.common_parameters() != first.common_parameters():
            raise SharesRefused(_("Share {number} comes from another ceremony than the first one.").format(number=number))
    if len({share.index for share in shares}) < len(shares):
        raise SharesRefused(_("One share is typed twice. Each holder types their own."))
    if len(shares) < first.member_threshold:
        text = _("{needed} shares are needed and there are {given}.")
        raise SharesRefused(text.format(needed=first.member_threshold, given=len(shares)))
    return _checked(shares[: first.member_threshold], public)


def _read(number: int, words: str) -> Share:
    try:
        return Share.from_mnemonic(plain(words))
    except MnemonicError as problem:
        text = _("Share {number} is not right: a word is missing, misspelt or in the wrong place. Read it again from the sheet.")
        raise SharesRefused(text.format(number=number)) from problem


def _checked(shares: Sequence[Share], public: bytes) -> PrivateKey:
    try:
        private = PrivateKey(combine_mnemonics([share.mnemonic() for share in shares]))
    except MnemonicError as problem:
        raise SharesRefused(_("These shares do not fit together. Check that all are of this vote.")) from problem
    if bytes(private.public_key) != public:
        raise SharesRefused(_("These shares are of another vote: they do not open this one."))
    return private


def seal_test(public: bytes) -> bytes:
    """The envelope that the committee opens in a drill before the vote."""
    return SealedBox(PublicKey(public)).encrypt(TEST_WORDS)


def opens_test(private: PrivateKey, envelope: bytes) -> bool:
    """Whether this key opens the envelope of the drill."""
    try:
        return SealedBox(private).decrypt(envelope) == TEST_WORDS
    except CryptoError:
        return False
