"""Rules of an edition, values with legal basis and certainty: from the city's pack and the draft, then from the frozen version."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.words import slug
from ratusz.participation.budget.engine import Rules, preset, rules_from, to_plain
from ratusz.participation.budget.engine.pool_formula import PoolFormula
from ratusz.participation.budget.models import Edition, RulesVersion

FOLDER = Path(__file__).parent / "packs" / "settings"
CITY_LEVEL = "city"
ZLOTY = 100


@dataclass(frozen=True)
class RuleValue:
    """One setting of an edition. `needs_clause`: the article without which it stays off, "" when none is needed."""

    name: str
    title: str
    group: str
    value: Any
    unit: str
    legal_basis: str
    certainty: str
    needs_clause: str = ""
    note: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def is_confirmed(self) -> bool:
        return self.certainty == "confirmed"


@dataclass(frozen=True)
class EditionRules:
    """All settings of an edition and, once opened, the version they stand in. Unknown names raise KeyError."""

    entries: Mapping[str, RuleValue]
    version: int = 0
    sha256: str = ""

    def __iter__(self) -> Iterator[RuleValue]:
        return iter(self.entries.values())

    def value(self, name: str) -> Any:
        return self.entries[name].value

    def basis(self, name: str) -> str:
        return self.entries[name].legal_basis

    def certainty(self, name: str) -> str:
        """confirmed, or verify: not read in a primary text."""
        return self.entries[name].certainty

    def needs_clause(self, name: str) -> str:
        """The article the city's resolution must have for this; "" when none is needed."""
        return self.entries[name].needs_clause


def rules_of(edition: Edition) -> EditionRules:
    """What holds in an edition: the newest approved version; before the opening, the city's settings with the draft's changes."""
    newest = RulesVersion.objects.filter(edition=edition).order_by("-number").first()
    if newest is None:
        return drafted(edition.city, edition.rules_preset, edition.draft_rules)
    return EditionRules(_from_plain(newest.content["values"]), newest.number, newest.sha256)


def drafted(city: str, preset_code: str, changed: Mapping[str, Any]) -> EditionRules:
    """The city's settings over the defaults, with values changed by hand on top; a value changed by hand is to be confirmed."""
    entries = dict(city_settings(city, preset_code))
    for name, value in changed.items():
        entries[name] = replace(entries[name], value=value, certainty="verify")
    return EditionRules(entries)


@lru_cache
def city_settings(city: str, preset_code: str) -> Mapping[str, RuleValue]:
    """Defaults, then what the preset of the count says, then the city's own file."""
    entries = {one["name"]: _entry(one) for one in _rows("default")}
    for name, value in _from_preset(preset_code).items():
        entries[name] = replace(entries[name], value=value)
    for one in _rows(slug(city)):
        facts = {key: one[key] for key in ("value", "legal_basis", "certainty")}
        entries[one["name"]] = replace(entries[one["name"]], **facts)
    return entries


def _rows(name: str) -> list[dict[str, Any]]:
    path = FOLDER / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["value"] if path.exists() else []


def _entry(one: Mapping[str, Any]) -> RuleValue:
    facts = {key: value for key, value in one.items() if key != "valid_from"}
    return RuleValue(**facts | {"choices": tuple(tuple(choice) for choice in one.get("choices", ()))})


def _from_plain(values: list[dict[str, Any]]) -> dict[str, RuleValue]:
    return {one["name"]: _entry(one) for one in values}


def _from_preset(code: str) -> dict[str, Any]:
    if not code:
        return {}
    rules, formula = preset(code).rules, preset(code).pool_formula
    found: dict[str, Any] = {"double_vote": rules.double_vote}
    if formula is not None:
        found |= {
            "pool.base": formula.base // ZLOTY, "pool.city_base": formula.city_base // ZLOTY,
            "pool.equal_percent": int(formula.equal_percent), "pool.kept_percent": int(formula.kept_percent),
            "pool.bonus": ", ".join(str(int(share)) for share in formula.bonus_split),
        }  # fmt: skip
    for level in rules.levels:
        part = "city" if level.code == CITY_LEVEL else "local"
        found[f"threshold.{part}"] = int(level.rules.threshold.value)
        if level.rules.cost.cap_percent is not None:
            found[f"cost.{part}_percent"] = int(level.rules.cost.cap_percent)
        found["tie"] = ", ".join(level.rules.tie_chain)
    return found


def pool_formula_of(settings: EditionRules) -> PoolFormula | None:
    """The formula of pools with the edition's own numbers; None where the city has none (a base of 0)."""
    if not settings.value("pool.base"):
        return None
    return PoolFormula(
        settings.value("pool.base") * ZLOTY, settings.value("pool.city_base") * ZLOTY,
        Fraction(settings.value("pool.equal_percent")), Fraction(settings.value("pool.kept_percent")),
        bonus_shares(settings.value("pool.bonus")),
    )  # fmt: skip


def bonus_shares(text: str) -> tuple[Fraction, ...]:
    """Shares of the reward for turnout, best district first: "50, 30, 20". Raises ValueError unless they make 100 %."""
    shares = tuple(Fraction(int(part)) for part in text.split(","))
    if sum(shares) != 100 or min(shares) <= 0:
        raise ValueError(text)
    return shares


OF_THE_COUNT = ("threshold.local", "threshold.city", "cost.local_percent", "cost.city_percent", "tie")
"""Settings that the rules of the count are made of."""


def level_rules(edition: Edition, level: str, settings: EditionRules) -> Rules:
    """The rules of the count for a level of the preset with the edition's threshold, cost cap and chain of ties."""
    base = preset(edition.rules_preset).rules.level(level).rules
    part = "city" if level == CITY_LEVEL else "local"
    plain = to_plain(base)
    kind, number = base.threshold.kind, settings.value(f"threshold.{part}")
    if kind == "none" and number:
        kind = "points" if base.rank_key == "points" else "votes"
    if kind in ("points", "votes"):
        plain["threshold"] = {"kind": kind, "value": number} if number else {"kind": "none"}
    plain["cost"] = plain.get("cost", {}) | {"cap_percent": settings.value(f"cost.{part}_percent")}
    plain["tie_chain"] = [step.strip() for step in settings.value("tie").split(",")]
    return rules_from(plain)


def content_of(edition: Edition, settings: EditionRules) -> dict[str, Any]:
    """Everything an edition is bound by, as plain data: settings, rules of the count, calendar, pools with their terms."""
    pools = edition.pools.prefetch_related("terms").order_by("position")
    return {
        "city": edition.city,
        "edition": edition.number,
        "year": edition.year,
        "preset": edition.rules_preset,
        "values": [asdict(one) for one in settings],
        "stages": [
            {"code": stage.code, "starts_at": _moment(stage.starts_at), "ends_at": _moment(stage.ends_at),
             "extended_until": _moment(stage.extended_until)}
            for stage in edition.stages.order_by("starts_at", "pk")
        ],
        "pools": [
            {"code": pool.code, "name": pool.name, "grosze": pool.budget_grosze, "registered": pool.registered, "rules": pool.rules,
             "terms": [{"kind": term.kind, "grosze": term.grosze, "reason": term.reason} for term in pool.terms.all()]}
            for pool in pools
        ],
    }  # fmt: skip


def _moment(moment: Any) -> str:
    return moment.isoformat() if moment else ""


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed and offered for download: JSON with sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(content)).hexdigest()


def signature_limit(residents: int) -> int:
    """The most signatures the law lets a city ask for in an area: 0.1 % of its residents, and never less than one."""
    return max(1, residents // 1000)


def signatures_needed(settings: EditionRules, pool: Any) -> int:
    """Signatures under a project of a pool: the city's number, or the share of the pool's registered people, never above 0.1 %."""
    if pool.is_city_wide:
        return settings.value("signatures.city")
    share = settings.value("signatures.local_permyriad")
    return max(1, (pool.registered or 0) * share // 10_000)
