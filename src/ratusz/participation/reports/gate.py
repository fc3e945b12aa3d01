"""The gate: everything a report lacks, from its own content, its forms and whoever registered more, all named at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.plain_language import measure
from ratusz.foundation.kit.words import decimal_comma
from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.registries import Count, Gap, report_gaps
from ratusz.participation.consultations.standing import notice_gaps
from ratusz.participation.remarks.models import Intake
from ratusz.participation.remarks.terms import late_ones_are_considered
from ratusz.participation.reports import checks, rules
from ratusz.participation.reports.gathering import Draft, gather
from ratusz.participation.reports.gathering.results import channel_words, forms_of, is_held, kind_of
from ratusz.participation.reports.links import remarks_url
from ratusz.participation.reports.models import Report, SignOff, Version
from ratusz.participation.reports.numbers import number
from ratusz.participation.reports.personal import gaps_of_names
from ratusz.participation.reports.reading import Register
from ratusz.participation.reports.signers import nobody_signs

OF_ROWS = "remarks"
"""What is lacking in rows is said here, with all the numbers and in one pass; the register's own list of it is not asked for."""
MAIN_FILES = ("raport.html", "raport.pdf")
"""The HTML main version and the tagged PDF."""


@dataclass(frozen=True)
class Looked:
    """The draft with everything it lacks; `gaps` first what refuses, then what only warns."""

    draft: Draft
    gaps: list[Gap]

    @property
    def refusing(self) -> list[Gap]:
        return [gap for gap in self.gaps if not gap.is_warning]

    @property
    def warnings(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.is_warning]


def look(report: Report, at: datetime, *, kept: bool = False) -> Looked:
    """Gathers the report and asks for everything it lacks. Files are asked for apart, by `missing_files`.

    `kept`: a register whose rows did not change since is not read again; for screens, never for a signature or publishing.
    """
    day = local_day(at)
    late = not late_ones_are_considered(report.consultation, at)
    register = Register(
        report.consultation, least_signs=number("reasons_least_signs", day), day=day, late_unconsidered=late, kept=kept
    )
    draft = gather(report, at, register.reading.totals)
    gaps = [*_own(report, draft, register, at), *_notices(report), *_of_forms(report, at), *_of_others(report, at)]
    return Looked(draft, sorted(_once(gaps), key=lambda gap: gap.is_warning))


def _once(gaps: list[Gap]) -> list[Gap]:
    return list({(gap.code, gap.words): gap for gap in gaps}.values())


def _own(report: Report, draft: Draft, register: Register, at: datetime) -> Iterator[Gap]:
    page, remarks = reverse("reports_report", args=[report.pk]), remarks_url(report.consultation)
    reading = register.reading
    yield from checks.gaps_of_rows(reading.found, url=remarks)
    yield from _texts(report, at, page)
    yield from _annexes(draft, page)
    yield from gaps_of_names(reading.named, reading.looks, register.named_sections(draft), remarks)
    yield from _signatures(report, draft, page, at)
    waiting = Q(state__in=checks.UNSETTLED, remarks=None) | Q(state=Intake.State.COMPLETION_ASKED)
    unlisted = report.consultation.intakes.filter(waiting).distinct().count()
    if unlisted:
        words = _("Intakes that are not settled: %(number)s.") % {"number": unlisted}
        yield Gap("intakes", words, remarks)


def _texts(report: Report, at: datetime, page: str) -> Iterator[Gap]:
    if not report.in_short.strip():
        yield Gap("in_short", _("There is no summary in plain language."), f"{page}#teksty")
    if not report.what_next.strip():
        yield Gap("next", _("It is not said what happens next."), f"{page}#teksty")
    grade, highest = measure(report.in_short).fog, number("fog_highest", local_day(at))
    if grade > highest:
        words = _("The summary is hard to read: FOG-PL %(grade)s, more than %(highest)s.")
        facts = {"grade": decimal_comma(grade, 1), "highest": highest}
        yield Gap("fog", words % facts, f"{page}#teksty", is_warning=True)


def _annexes(draft: Draft, page: str) -> Iterator[Gap]:
    places = [(each.number.rpartition(".")[0], each.annex.number) for each in draft.annexes]
    for place in checks.broken_numbers(places):
        where = _("under %(number)s") % {"number": place} if place else _("at the top")
        yield Gap(
            "annex.numbers", _("Annexes %(where)s are not numbered 1, 2, 3 … in a row.") % {"where": where}, f"{page}#zalaczniki"
        )
    for each in draft.annexes:
        if each.lacks_file:
            words = _("Annex %(number)s “%(title)s” has no checked file.") % {"number": each.number, "title": each.title}
            yield Gap("annex.file", words, f"{page}#zalaczniki")
    if draft.remarks and not any(each.source == "register" for each in draft.annexes):
        yield Gap("annex.register", _("The register of remarks is not among the annexes."), f"{page}#zalaczniki")


def _signatures(report: Report, draft: Draft, page: str, at: datetime) -> Iterator[Gap]:
    signed = rules.signed_steps(report.signoffs.all(), draft.digest)
    for step in SignOff.Step:
        if step in signed:
            continue
        is_old = any(each.step == step for each in report.signoffs.all())
        again = _("The content changed since the signature, so it is needed again: %(step)s.")
        words = (again if is_old else _("Not signed: %(step)s.")) % {"step": step.label}
        nobody = nobody_signs(report.consultation, at) if step == SignOff.Step.UNIT else ""
        words = " ".join(filter(None, [words, nobody]))
        yield Gap(f"sign.{step.value}", words, f"{page}#podpisy")


def _notices(report: Report) -> Iterator[Gap]:
    """Mandatory notices without evidence, of the launch and of each extension."""
    url = reverse("consultations_consultation", args=[report.consultation_id])
    for _limit, extension, names in notice_gaps(report.consultation):
        facts = {"channel": names, "day": polish_date(extension.ends_on) if extension else ""}
        words = (
            _("The notice of the extension until %(day)s lacks its evidence: %(channel)s.")
            if extension
            else _("The notice of the consultation lacks its evidence: %(channel)s.")
        )
        yield Gap("notice", words % facts, url)


def _of_forms(report: Report, at: datetime) -> Iterator[Gap]:
    consultation = report.consultation
    for form in forms_of(consultation):
        kind = kind_of(form)
        url = kind.staff_url(form)
        if form.cancelled_at is None and not is_held(form, at) and consultation.cancelled_at is None:
            words = _("“%(form)s” is neither held nor cancelled.") % {"form": form.title}
            yield Gap("form.state", words, url)
        yield from checks.reconcile([(form.title, _in_words(form, count)) for count in kind.counts(form)], {form.title: url})
        if form.cancelled_at is None:
            yield from kind.gaps(form, at)


def _in_words(form: Form, count: Count) -> Count:
    return replace(count, channel=channel_words(form, count.channel))


def _of_others(report: Report, at: datetime) -> Iterator[Gap]:
    for name, ask in report_gaps.items():
        if name != OF_ROWS:
            yield from ask(report.consultation, at)


def missing_files(version: Version) -> list[Gap]:
    """The main version and the tagged PDF, before anything is published."""
    made = set(version.files.values_list("name", flat=True))
    return [Gap("file", _("The file %(name)s is not made.") % {"name": name}) for name in MAIN_FILES if name not in made]
