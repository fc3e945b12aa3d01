"""The draft of an edition (calendar, settings, pools), its opening, and changes after it: one proposes, another one settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import set_due, start_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.budget import calendars, rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.edition_rules import (
    EditionRules,
    content_of,
    drafted,
    level_rules,
    rules_of,
    sha256_of,
)
from ratusz.participation.budget.engine import preset, to_plain
from ratusz.participation.budget.models import Edition, EditionChange, RulesVersion, Stage
from ratusz.participation.budget.registries import change_followers
from ratusz.participation.budget.rules_of_editions import check_settings
from ratusz.publishing.website.actions import bump_content_version

Kind = EditionChange.Kind
CLOCKED = {"formal": "budget.formal_list", "substantive": "budget.substantive_list", "results": "budget.results"}
"""Stages whose end is a term of the Office: stage -> rule of its clock (packs/clocks)."""
MOST_MINUTES = 60 * 24 * 60
"""Two months: whoever needs more sets other days of the stage."""


def period(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first midnight to the midnight after the last day, in the city's time zone."""
    zone = timezone.get_current_timezone()
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)


@transaction.atomic
def set_calendar(*, edition: Edition, days: calendars.Days, person: Any = None) -> list[str]:
    """Writes all stages of a draft at once; gives the warnings. Raises NotAllowed, NotPossible."""
    edition = _draft(edition, person, "prepare_edition")
    if faults := calendars.faults(days):
        raise rules.NotPossible(" ".join(faults))
    edition.stages.all().delete()
    for code, (first, last) in days.items():
        starts, ends = period(first, last)
        Stage.objects.create(edition=edition, code=code, starts_at=starts, ends_at=ends)
    edition.voting_starts, edition.voting_ends = days["voting"]
    edition.save(update_fields=["voting_starts", "voting_ends"])
    after = {code: [str(first), str(last)] for code, (first, last) in days.items()}
    record(deed="budget.set_calendar", subject=edition, after=after, actor=person)
    return calendars.warnings(days)


@transaction.atomic
def set_rules(*, edition: Edition, values: Mapping[str, Any], person: Any = None) -> EditionRules:
    """Changes settings of a draft. A signature number above 0.1 % of the residents is refused. Raises NotAllowed, NotPossible."""
    edition = _draft(edition, person, "prepare_edition")
    check_settings(edition, rules_of(edition), values)
    plain = drafted(edition.city, edition.rules_preset, {})
    merged = edition.draft_rules | values
    edition.draft_rules = {name: value for name, value in merged.items() if value != plain.value(name)}
    edition.save(update_fields=["draft_rules"])
    _bind_pools(edition, rules_of(edition))
    record(deed="budget.set_rules", subject=edition, after=edition.draft_rules, actor=person)
    return rules_of(edition)


@transaction.atomic
def open_edition(*, edition: Edition, person: Any = None) -> RulesVersion:
    """Freezes rules, calendar and pools as version 1 and publishes its SHA-256; starts the legal clocks. Raises NotPossible."""
    edition = _draft(edition, person, "open_edition")
    stages = {stage.code for stage in edition.stages.all()}
    if missing := [calendars.name_of(code) for code in calendars.NEEDED if code not in stages]:
        raise rules.NotPossible(_("The calendar is not complete: {stages}.").format(stages=", ".join(missing)))
    if not edition.pools.exists():
        raise rules.NotPossible(_("There are no pools yet. Compute them first."))
    settings = rules_of(edition)
    check_settings(edition, settings, {})
    _bind_pools(edition, settings)
    at = database_now()
    version = _write_version(edition, settings, at)
    edition.state, edition.opened_at, edition.rules_hash = Edition.State.OPEN, at, version.sha256
    edition.save(update_fields=["state", "opened_at", "rules_hash"])
    for stage in edition.stages.filter(code__in=CLOCKED, ends_at__gt=at):
        start_clock(
            rule=CLOCKED[stage.code], subject=f"budget.stage:{stage.pk}", label=f"{edition}: {stage.get_code_display()}",
            url=f"/admin/budget/editions/{edition.pk}/rules/", started_at=at, due_at=stage.ends_at,
        )  # fmt: skip
    record(deed="budget.open_edition", subject=edition, after={"sha256": version.sha256}, actor=person)
    bump_content_version()
    return version


@transaction.atomic
def propose_rules(*, edition: Edition, values: Mapping[str, Any], reason: str, person: Any) -> EditionChange:
    """Proposes other settings of an opened edition. Raises NotAllowed, NotPossible."""
    edition = _opened(edition, person)
    settings = rules_of(edition)
    check_settings(edition, settings, values)
    changed = {name: value for name, value in values.items() if settings.value(name) != value}
    before = {name: settings.value(name) for name in changed}
    return _propose(edition, Kind.RULES, before, changed, reason, person)


@transaction.atomic
def propose_stage(*, edition: Edition, code: str, first: date, last: date, reason: str, person: Any) -> EditionChange:
    """Proposes other days of one stage of an opened edition. Raises NotAllowed, NotPossible."""
    edition = _opened(edition, person)
    days = {one.code: (local_day(one.starts_at), local_day(one.ends_at - timedelta(seconds=1))) for one in edition.stages.all()}
    before = days.get(code)
    if faults := calendars.faults(days | {code: (first, last)}):
        raise rules.NotPossible(" ".join(faults))
    if before == (first, last):
        raise rules.NotPossible(_("Nothing changes. Give another value or another day."))
    shown = {"code": code, "first": str(before[0]), "last": str(before[1])} if before else {"code": code}
    return _propose(edition, Kind.STAGE, shown, {"code": code, "first": str(first), "last": str(last)}, reason, person)


@transaction.atomic
def propose_extension(*, edition: Edition, code: str, outage: int, minutes: int, reason: str, person: Any) -> EditionChange:
    """Proposes to extend a stage by at least the minutes of an outage. Needs the clause in the rules. Raises NotPossible."""
    edition = _opened(edition, person)
    settings = rules_of(edition)
    if not settings.value("extension.after_outage"):
        text = _("The rules of this edition do not allow an extension: {clause}.")
        raise rules.NotPossible(text.format(clause=settings.needs_clause("extension.after_outage")))
    stage = edition.stages.filter(code=code).first()
    if stage is None:
        raise rules.NotPossible(_("The calendar has no such stage."))
    if outage < 1 or not outage <= minutes <= MOST_MINUTES:
        words = _("Extend by at least as many minutes as the outage took, and by no more than {most}.")
        raise rules.NotPossible(words.format(most=MOST_MINUTES))
    until = stage.closes_at + timedelta(minutes=minutes)
    after = {"code": code, "outage_minutes": outage, "minutes": minutes, "until": until.isoformat()}
    return _propose(edition, Kind.OUTAGE, {"code": code, "until": stage.closes_at.isoformat()}, after, reason, person)


@transaction.atomic
def settle_change(*, change: EditionChange, approve: bool, person: Any) -> EditionChange:
    """Another person approves a proposed change, which makes a new version, or anybody in charge rejects it. Raises NotPossible."""
    edition = Edition.objects.select_for_update().get(pk=change.edition_id)
    change = EditionChange.objects.select_for_update().get(pk=change.pk)
    at = database_now()
    require(person, "settle_change", edition, at)
    if change.settled_at:
        raise rules.NotPossible(_("Somebody has settled this change already. Look at the log of changes."))
    if change.kind == Kind.BALLOT:
        raise rules.NotPossible(_("A ballot is frozen on its own page, by the second person."))
    if approve:
        rules.check_second_person(change, person)
    change.settled_by, change.settled_at, change.is_approved = person, at, approve
    change.save()
    if approve:
        _carry_out(edition, change, at)
        for follow in change_followers:
            follow(change)
    deed = "budget.approve_change" if approve else "budget.reject_change"
    record(deed=deed, subject=change, before=change.before, after=change.after, actor=person)
    bump_content_version()
    return change


def _carry_out(edition: Edition, change: EditionChange, at: datetime) -> None:
    """Does what an approved change says and writes the version it makes."""
    settings = rules_of(edition)
    if change.kind == Kind.RULES:
        check_settings(edition, settings, change.after)
        changed = {name: replace(settings.entries[name], value=value, certainty="verify") for name, value in change.after.items()}
        settings = EditionRules({**settings.entries, **changed})
        _bind_pools(edition, settings)
    else:
        _move_stage(edition, change)
    version = _write_version(edition, settings, at, change)
    edition.rules_hash = version.sha256
    edition.save(update_fields=["rules_hash", "voting_starts", "voting_ends"])


def _move_stage(edition: Edition, change: EditionChange) -> None:
    stage = edition.stages.filter(code=change.after["code"]).first() or Stage(edition=edition, code=change.after["code"])
    if change.kind == Kind.OUTAGE:
        stage.extended_until = stage.closes_at + timedelta(minutes=change.after["minutes"])
    else:
        first, last = date.fromisoformat(change.after["first"]), date.fromisoformat(change.after["last"])
        (stage.starts_at, stage.ends_at), stage.extended_until = period(first, last), None
        if stage.code == "voting":
            edition.voting_starts, edition.voting_ends = first, last
    stage.change = change
    stage.save()
    subject = f"budget.stage:{stage.pk}"
    if stage.code in CLOCKED and Clock.objects.running().filter(subject=subject).exists():
        set_due(rule=CLOCKED[stage.code], subject=subject, due_at=stage.closes_at)


def _write_version(edition: Edition, settings: EditionRules, at: datetime, change: EditionChange | None = None) -> RulesVersion:
    content = content_of(edition, settings)
    number = edition.rules_versions.count() + 1
    return RulesVersion.objects.create(
        edition=edition, number=number, content=content, sha256=sha256_of(content), made_at=at, change=change
    )


def _bind_pools(edition: Edition, settings: EditionRules) -> None:
    """The rules of the count of every pool, from the preset and the edition's settings."""
    known = preset(edition.rules_preset)
    for pool in edition.pools.all():
        level = known.level_of(pool.place, pool.name)
        bound = level_rules(edition, level, settings)
        pool.rules = to_plain(bound)
        pool.threshold = int(bound.threshold.value) if bound.threshold.kind in ("points", "votes") else None
        pool.most_points = bound.ballot.points if bound.ballot.type == "cumulative" else None
        pool.save(update_fields=["rules", "threshold", "most_points"])


def _draft(edition: Edition, person: Any, deed: str) -> Edition:
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require(person, deed, edition, database_now())
    if edition.state != Edition.State.DRAFT:
        raise rules.NotPossible(_("This edition is open. Propose a change: another person approves it."))
    return edition


def _opened(edition: Edition, person: Any) -> Edition:
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require(person, "propose_change", edition, database_now())
    if edition.state != Edition.State.OPEN:
        raise rules.NotPossible(_("Only an open edition is changed this way."))
    return edition


def _propose(edition: Edition, kind: str, before: dict, after: dict, reason: str, person: Any) -> EditionChange:
    if not after:
        raise rules.NotPossible(_("Nothing changes. Give another value or another day."))
    if not reason.strip():
        raise rules.NotPossible(_("Write the reason: it stands in the public log of changes."))
    if edition.changes.filter(kind=kind, settled_at=None).exists():
        raise rules.NotPossible(_("A change of this kind waits already. Settle it first."))
    change = EditionChange.objects.create(
        edition=edition, kind=kind, before=before, after=after, reason=reason.strip()[:1000], proposed_by=person,
        proposed_at=database_now(),
    )  # fmt: skip
    record(deed="budget.propose_change", subject=change, before=before, after=after, actor=person)
    return change
