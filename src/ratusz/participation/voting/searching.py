"""The search for odd ballots among stored envelopes: facts for anomalies.py, the limits that hold, what no case has yet."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.voting import envelopes
from ratusz.participation.voting.anomalies import CastFact, Flag, Limits, flags
from ratusz.participation.voting.models import AnomalyLimits, FlaggedBallot, SealedBallot, Vote

PACK = Path(__file__).parent / "packs" / "anomaly_limits.toml"
NAMES = ("per_line", "per_line_quick", "quick_minutes", "per_phone", "deviations")


@lru_cache
def _pack() -> list[dict[str, Any]]:
    return tomllib.loads(PACK.read_text(encoding="utf-8"))["limits"]


def first_limits(at: datetime) -> Mapping[str, Any]:
    """The limits of the pack that hold on a day, with their source."""
    return [one for one in _pack() if one["valid_from"] <= local_day(at)][-1]


def limit_values(vote: Vote, at: datetime) -> dict[str, Any]:
    """The limits that hold in a vote: the committee's newest, else the pack's."""
    own = AnomalyLimits.objects.filter(vote=vote).first()
    pack = first_limits(at)
    return {name: getattr(own, name) if own else pack[name] for name in NAMES}


def limits_of(vote: Vote, at: datetime) -> Limits:
    """The same for the search, with the lines of the city's points."""
    values = limit_values(vote, at)
    return Limits(
        per_line=values["per_line"], per_line_quick=values["per_line_quick"], per_phone=values["per_phone"],
        quick=timedelta(minutes=values["quick_minutes"]), deviations=float(values["deviations"]),
        known_lines=frozenset(bytes(line) for line in vote.known_lines.values_list("line_digest", flat=True)),
    )  # fmt: skip


def facts_of(vote: Vote) -> list[CastFact]:
    """One fact for each ballot that may still count."""
    rows = vote.sealed_ballots.filter(state=SealedBallot.State.ACCEPTED).values_list(
        "code", "line_digest", "contact_digest", "cast_at", "age_band", "district", "officer_number"
    )
    places: dict[str, int] = {}
    return [
        CastFact(code, bytes(line), bytes(phone), at, band, places.setdefault(district, len(places)), officer)
        for code, line, phone, at, band, district, officer in rows.iterator(chunk_size=5000)
    ]


def unseen(vote: Vote, facts: Sequence[CastFact]) -> dict[bytes, list[Flag]]:
    """New flags by what their ballots have in common: the line, else the officer, else the hour and district."""
    known = set(FlaggedBallot.objects.filter(case__vote=vote).values_list("ballot_code", flat=True))
    groups: dict[bytes, list[Flag]] = defaultdict(list)
    by_code = {fact.code: fact for fact in facts}
    for flag in flags(facts, limits_of(vote, database_now())):
        if flag.code not in known:
            groups[_together(vote, by_code[flag.code])].append(flag)
    return groups


def _together(vote: Vote, fact: CastFact) -> bytes:
    if fact.line:
        return fact.line
    return envelopes.line_digest(vote.pk, f"officer {fact.officer}" if fact.officer else f"hour {fact.at:%Y%m%d%H} {fact.district}")


def unseen_count(vote: Vote) -> int:
    """How many ballots a search would bring into cases now."""
    return sum(map(len, unseen(vote, facts_of(vote)).values()))
