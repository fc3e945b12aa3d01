"""How a consultation of the past is made: planned, announced on a day long ago with its evidence, reported with four signatures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_default_timezone

from ratusz.demo.accounts import DOMAIN
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations import actions
from ratusz.participation.consultations.actions.notices import put_up_own_notice
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.modes.pack import rules_for
from ratusz.participation.remarks.actions.signing_off import sign_off
from ratusz.participation.reports import actions as reporting
from ratusz.participation.reports import gate
from ratusz.participation.reports.models import Report, SignOff, Version

AGAIN = "(odtworzenie z publicznych liczb)"
MADE_UP = "Przykład z publicznych liczb; jego raport powstał dopiero w tym programie. Zmyślone jest to, czego nikt nie ogłosił:"


def person(code: str) -> User:
    """The demo account of a role."""
    return User.objects.get(email=f"{code.replace('_', '-')}@{DOMAIN}")


def district(name: str) -> District:
    """A district by its name."""
    return District.objects.get(name=name)


def moment(day: date, hour: int) -> datetime:
    """An hour of a day in Katowice."""
    return datetime.combine(day, time(hour), tzinfo=get_default_timezone())


def planned(title: str, *, areas: list[District], starts_on: date, ends_on: date, made_up: str, **facts: Any) -> Consultation:
    """A plan with the public order and days; `made_up` names what is not public in it."""
    common = {
        "label": "formal", "modes": ["art5a"], "owner_unit": Unit.objects.get(short_name="KS"), "owner_person": person("head"),
        "decided_by": "Prezydent Miasta", "contact": "Wydział Komunikacji Społecznej", "target_group": "mieszkańcy dzielnicy",
        "alternative": "Zostawić wszystko tak, jak jest.", "what_next": "Raport w 30 dni od ostatniego dnia, potem decyzja.",
    }  # fmt: skip
    facts["summary"] = f"{facts['summary']} {MADE_UP} {made_up}"
    days = {"title": f"{title} {AGAIN}", "starts_on": starts_on, "ends_on": ends_on}
    return actions.begin_consultation(person=person("editor"), areas=areas, facts=common | facts | days)


def announced(consultation: Consultation) -> None:
    """No deed announces something in the past: the day, the rules of that day and the evidence of the portal are written here."""
    day = consultation.ordered_on or consultation.starts_on
    assert day is not None and consultation.starts_on is not None
    at = moment(day, 12)
    frozen = rules_for(consultation.modes, consultation.starts_on).content
    Consultation.objects.filter(pk=consultation.pk).update(announced_at=at, rules=frozen, created_at=at - timedelta(days=14))
    consultation.refresh_from_db()
    put_up_own_notice(consultation, at, person("editor"))


def reported(consultation: Consultation, *, in_short: str, what_next: str, campaign: str = "") -> Version:
    """Its report, signed and published now. Raises RuntimeError with what it lacks."""
    editor, head = person("editor"), person("head")
    report = reporting.begin_report(consultation=consultation, person=editor)
    # The text of the ordinance is in the BIP alone, so it is no annex here; its number stands under the legal basis.
    report.annexes.filter(kind="ordinance", file=None).delete()
    reporting.renumber(report=report, person=editor)
    reporting.write_texts(
        report=report, person=editor, in_short=in_short, what_next=what_next, contact="Wydział Komunikacji Społecznej",
        campaign_notes=campaign,
    )  # fmt: skip
    report.refresh_from_db()
    _sign(report)
    version = reporting.begin_publication(report=report, person=head)
    reporting.make_version(version_id=version.pk)
    version.refresh_from_db()
    if version.published_at is None:
        raise RuntimeError(version.refused)
    laid_out(version)
    return version


def laid_out(version: Version) -> None:
    """The report lies in the unit, too."""
    where = "Wydział Komunikacji Społecznej, ul. Młyńska 4 (wpis zmyślony)"
    day = local_day(database_now())
    reporting.note_evidence(version=version, place="unit", done_on=day, words=where, person=person("editor"))


def _sign(report: Report) -> None:
    editor, head, office = person("editor"), person("head"), person("presidents_secretariat")
    if report.consultation.remarks.exists():
        sign_off(consultation=report.consultation, person=editor)
    digest = gate.look(report, database_now()).draft.digest
    people = {"personal_data": editor, "unit": head, "department": head, "president": office}
    for step in SignOff.Step.values:
        note = "pismo zmyślone na potrzeby demo" if step == "president" else ""
        reporting.sign(report=report, step=step, person=people[step], digest=digest, note=note)
