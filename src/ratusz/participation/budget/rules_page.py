"""What the page of an edition's rules shows, to residents and staff alike: settings by group, calendar, pools, log of changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.dates import local_day, polish_moment, polish_range
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget.calendars import name_of
from ratusz.participation.budget.edition_rules import EditionRules, RuleValue, rules_of, signatures_needed
from ratusz.participation.budget.models import Edition, EditionChange

TEXTS_OF_IDENTITY = {
    "address": (
        "imię, nazwisko i adres oraz kod wysłany na telefon albo e-mail",
        "Adres i kontakt służą tylko sprawdzeniu prawa głosu.",
    ),
    "login_gov_pl": (
        "potwierdzenie z login.gov.pl (od 13 lat; młodsze dzieci z opiekunem)",
        "Zostaje tylko skrót numeru PESEL, nie sam numer. Obowiązek przyłączenia do węzła (art. 60 ust. 5): do potwierdzenia.",
    ),
    "oidc": ("zalogowanie kontem miasta", "Zostaje tylko skrót numeru PESEL, nie sam numer."),
    "pesel": (
        "PESEL i kod na telefon albo e-mail, który podaje głosujący",
        "Słabe zabezpieczenie: kto zna cudzy PESEL, wejdzie. Wymaga opinii prawnej miasta. Po sprawdzeniu zostaje tylko skrót.",
    ),
    "code_letter": ("kod z listu na adres", "Adres służy wysłaniu listu."),
    "officer_desk": ("dokument pokazany urzędnikowi", "Dokumentu nie kopiujemy."),
}
"""Preset of identity: what a person shows, and the clause on personal data. Data of the page, in Polish as the packs are."""
PRIVACY_BASIS = "art. 6 ust. 1 lit. c i e RODO (obowiązek prawny i zadanie publiczne), nie zgoda"


def shown(entry: RuleValue) -> str:
    """The value in words."""
    if isinstance(entry.value, bool):
        if entry.unit == "asked":
            return _("asked") if entry.value else _("not asked")
        return _("yes") if entry.value else _("no")
    if isinstance(entry.value, int):
        return _counted(entry.value, entry.unit)
    return dict(entry.choices).get(entry.value, str(entry.value))


def _counted(number: int, unit: str) -> str:
    """A number with the word of its unit; bare where the title says what is counted."""
    if unit == "zł":
        return zlotys(number * 100)
    words = {
        "percent": lambda: "{number}%",
        "percent of the pool": lambda: _("{number}% of the pool"),
        "0,01 %": lambda: f"{number / 100:g}%".replace(".", ","),
        "cal_day": lambda: ngettext("{number} day", "{number} days", number),
        "work_day": lambda: ngettext("{number} working day", "{number} working days", number),
        "months": lambda: ngettext("{number} month", "{number} months", number),
        "people": lambda: ngettext("{number} person", "{number} people", number),
        "years": lambda: ngettext("{number} year", "{number} years", number),
    }
    return words.get(unit, lambda: "{number}")().format(number=number)


def context_of(edition: Edition) -> dict[str, Any]:
    """All parts of the page; five queries whatever the number of rows."""
    settings = rules_of(edition)
    groups = [
        {"name": name, "rows": [_row(entry) for entry in entries]}
        for name, entries in groupby(settings, key=lambda entry: entry.group)
    ]
    preset = settings.value("identity.preset")
    show, clause = TEXTS_OF_IDENTITY[preset]
    return {
        "edition": edition,
        "groups": groups,
        "stages": [_stage(stage) for stage in edition.stages.all()],
        "pools": [_pool(settings, pool) for pool in edition.pools.prefetch_related("terms").order_by("position")],
        "changes": [_change(settings, one) for one in edition.changes.select_related("version").order_by("-proposed_at")],
        "identity": {"show": show, "clause": clause, "basis": PRIVACY_BASIS, "months": settings.value("retention.months")},
        "version": settings.version,
        "sha256": settings.sha256,
    }


def _row(entry: RuleValue) -> dict[str, Any]:
    is_off = bool(entry.needs_clause) and entry.value is False
    return {"entry": entry, "shown": _("off") if is_off else shown(entry)}


def _stage(stage: Any) -> dict[str, str]:
    extended = _("extended until {moment}").format(moment=polish_moment(stage.extended_until)) if stage.extended_until else ""
    days = polish_range(local_day(stage.starts_at), local_day(stage.ends_at - timedelta(seconds=1)))
    return {"name": stage.get_code_display(), "days": days, "extended": extended}


def _pool(settings: EditionRules, pool: Any) -> dict[str, Any]:
    cap = settings.value("cost.city_percent" if pool.is_city_wide else "cost.local_percent")
    terms = [{"name": term.get_kind_display(), "money": zlotys(term.grosze), "reason": term.reason} for term in pool.terms.all()]
    return {
        "pool": pool, "money": zlotys(pool.budget_grosze), "terms": terms, "signatures": signatures_needed(settings, pool),
        "most": zlotys(pool.budget_grosze * cap // 100 // 100 * 100),
    }  # fmt: skip


def _change(settings: EditionRules, change: EditionChange) -> dict[str, Any]:
    if change.settled_at is None:
        state = _("waits for the second person")
    else:
        state = _("approved") if change.is_approved else _("rejected")
    return {"change": change, "state": state, "lines": list(_lines(settings, change)), "at": polish_moment(change.proposed_at)}


def _lines(settings: EditionRules, change: EditionChange) -> Any:
    if change.kind == EditionChange.Kind.RULES:
        for name, value in change.after.items():
            entry = settings.entries[name]
            before = shown(_with(entry, change.before[name]))
            yield f"{entry.title}: {before} → {shown(_with(entry, value))}"
    elif change.kind != EditionChange.Kind.BALLOT:
        was = change.before.get("until") or f"{change.before.get('first', '')} – {change.before.get('last', '')}"
        now = change.after.get("until") or f"{change.after['first']} – {change.after['last']}"
        yield f"{name_of(change.after['code'])}: {was} → {now}"


def _with(entry: RuleValue, value: Any) -> RuleValue:
    return replace(entry, value=value)
