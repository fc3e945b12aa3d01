"""What was consulted, on what basis, where and when, and how people were told: from the plan of the consultation."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Facts, Table, Text
from ratusz.foundation.kit.dates import polish_date, polish_range
from ratusz.participation.consultations.models import Area, Consultation
from ratusz.participation.consultations.modes.content import rules_from
from ratusz.participation.consultations.scope.queries import reach_of
from ratusz.participation.consultations.standing import campaign_of
from ratusz.participation.consultations.wording import campaign_lines, mode_names
from ratusz.participation.remarks.models import Intake
from ratusz.participation.reports.gathering.told import extensions, notices
from ratusz.participation.reports.models import Report


def basis(consultation: Consultation) -> list[Block]:
    """Legal basis, modes with the version of their rules, ordinance."""
    versions = rules_from(consultation.rules).versions
    rows = [
        (_("Modes"), "; ".join(mode_names(consultation.modes or []))),
        (_("Legal basis"), "; ".join(dict.fromkeys(each.basis for each in versions))),
        (_("Version of the rules"), "; ".join(f"{each.id}, {each.day} ({each.digest})" for each in versions)),
        (_("Ordinance of the President"), _ordinance(consultation)),
    ]
    return _facts(rows)


def _ordinance(consultation: Consultation) -> str:
    number, day = consultation.order_number, consultation.ordered_on
    if number and day:
        return _("no. %(number)s of %(day)s") % {"number": number, "day": polish_date(day)}
    return number


def _facts(rows: list[tuple[str, str]]) -> list[Block]:
    kept = [(label, value) for label, value in rows if value]
    return [Facts(kept)] if kept else []


def frame(consultation: Consultation) -> list[Block]:
    """Subject, aim, scope, whom it concerned, days, and that it was cancelled with its reason."""
    areas = ", ".join(area.name for area in consultation.areas.all())
    days = polish_range(consultation.starts_on, consultation.ends_on) if consultation.starts_on and consultation.ends_on else ""
    rows = [
        (_("Subject of the consultation"), consultation.subject), (_("Why we asked"), consultation.purpose),
        (_("What could change"), consultation.open_questions), (_("Who decides"), consultation.decided_by),
        (_("Area"), areas), (_("Districts it reaches"), _reached(consultation)),
        (_("Whom it concerned"), consultation.target_group), (_("Days"), days),
        (_("Unit that answers in substance"), str(consultation.owner_unit or "")),
        (_("Follows the consultation"), consultation.follows.title if consultation.follows else ""),
    ]  # fmt: skip
    if consultation.cancelled_at:
        words = _("on %(day)s: %(reason)s")
        facts = {"day": polish_date(consultation.cancelled_at), "reason": consultation.cancel_reason}
        rows.append((_("Cancelled"), words % facts))
    return [*_facts(rows), *extensions(consultation)]


def _reached(consultation: Consultation) -> str:
    """Districts that drawn areas reach, wholly or in part; whole districts and the city are named as areas already."""
    areas = [each for each in consultation.areas.all() if each.kind == Area.Kind.DRAWN]
    found = reach_of(areas).districts if areas else []
    return ", ".join(
        each.district.name if each.is_whole else _("%(name)s in part") % {"name": each.district.name} for each in found
    )


def campaign(report: Report, consultation: Consultation) -> list[Block]:
    """How people were told: the card of the campaign, what staff wrote of it, every notice with its evidence, how people heard."""
    notes = report.campaign_notes.strip()
    card = _facts(campaign_lines(campaign_of(consultation)))
    return [*card, *([Text(notes)] if notes else []), *notices(consultation), *_heard(consultation)]


def _heard(consultation: Consultation) -> list[Block]:
    """How those who wrote came to know of it, where any said so."""
    said = (
        consultation.intakes.exclude(heard_from="").values_list("heard_from").annotate(of=Count("pk")).order_by("-of", "heard_from")
    )
    rows = [[str(Intake.Heard(code).label), str(count)] for code, count in said]
    return [Table([_("How people heard of it"), _("Intakes")], rows, _("How people heard of the consultation"))] if rows else []
