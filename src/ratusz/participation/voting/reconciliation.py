"""The sums that must agree before ballots are counted: for each way and district, the roll holds as many as there are envelopes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.voting.envelopes import is_bound
from ratusz.participation.voting.models import SealedBallot, Vote

Place = tuple[str, str]
"""Channel and code of the district's pool."""


@dataclass(frozen=True)
class Sums:
    """People on the roll and voters with an envelope per place; `live`: accepted or annulled; `loose`: not bound to their voter."""

    roll: Mapping[Place, int]
    envelopes: Mapping[Place, int]
    live: int
    annulled: int
    superseded: int
    loose: int
    annulled_at: Mapping[Place, int] = field(default_factory=dict)

    def faults(self) -> list[str]:
        """What does not agree, in words; nothing when all is well."""
        said = []
        for channel, district in sorted(self.roll.keys() | self.envelopes.keys()):
            people, sealed = self.roll.get((channel, district), 0), self.envelopes.get((channel, district), 0)
            if people != sealed:
                words = _("{channel} {district}: {people} people, {sealed} envelopes")
                said.append(words.format(channel=channel, district=district or "–", people=people, sealed=sealed))
        if self.live != sum(self.envelopes.values()):
            said.append(
                _("{live} live envelopes, {voters} voters with an envelope").format(
                    live=self.live, voters=sum(self.envelopes.values())
                )
            )
        if self.loose:
            said.append(_("{count} envelopes are not bound to their voter").format(count=self.loose))
        return said

    def rows(self) -> list[dict[str, Any]]:
        """One line for each way and district: people, envelopes, what is to be counted, what was annulled, whether it agrees."""
        lines = []
        for place in sorted(self.roll.keys() | self.envelopes.keys()):
            people, sealed, gone = (counts.get(place, 0) for counts in (self.roll, self.envelopes, self.annulled_at))
            lines.append(
                {"channel": place[0], "district": place[1], "roll": people, "envelopes": sealed, "annulled": gone,
                 "to_count": sealed - gone, "agrees": people == sealed}
            )  # fmt: skip
        return lines

    def totals(self) -> dict[str, int]:
        """Numbers for the log and the protocol."""
        return {
            "roll": sum(self.roll.values()), "envelopes": self.live, "to_count": self.live - self.annulled,
            "annulled": self.annulled, "superseded": self.superseded,
        }  # fmt: skip


def sums_of(vote: Vote) -> Sums:
    """Counts the roll and the envelopes and checks each outer MAC; reads every envelope once.

    Where the last ballot counts, a later one may come in another way; the roll stands under the voter's first one.
    """
    live = vote.sealed_ballots.exclude(state=SealedBallot.State.SUPERSEDED)
    first = vote.sealed_ballots.order_by("voter_key", "cast_at").distinct("voter_key").values_list("channel", "district")
    rows = live.values_list("voter_key", "inner", "outer_mac").iterator(chunk_size=2000)
    loose = sum(not is_bound(vote.pk, bytes(key), bytes(inner), bytes(mac)) for key, inner, mac in rows)
    annulled = live.filter(state=SealedBallot.State.ANNULLED).values("voter_key")
    return Sums(
        roll=Counter(vote.roll.values_list("channel", "district")), envelopes=Counter(first), live=live.count(), loose=loose,
        annulled=annulled.count(), annulled_at=Counter(first.filter(voter_key__in=annulled)),
        superseded=vote.sealed_ballots.filter(state=SealedBallot.State.SUPERSEDED).count(),
    )  # fmt: skip
