"""Files of a version are made one after another, then all of it is published in one transaction."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.documents.actions import open_case, take_number
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import keep_content, queue
from ratusz.foundation.notifications.composing import template_content
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import tell
from ratusz.participation.remarks.models import Position
from ratusz.participation.reports import gate, register, rules
from ratusz.participation.reports.annexes import tree_of
from ratusz.participation.reports.files_made import formats_of, page_of
from ratusz.participation.reports.form_annexes import annex_pdf
from ratusz.participation.reports.models import Evidence, Report, Version, VersionFile
from ratusz.participation.reports.reading import stamp_of

SERIES = "reports.report"
AUTHORS = "reports.report"
ANALYSIS = "consultation.further_analysis"


def make_version(*, version_id: int) -> None:
    """Makes the files that are not there yet, each in a transaction of its own, then publishes. Safe to run again: a worker that
    died leaves what it made."""
    version = Version.objects.select_related("report__consultation").get(pk=version_id)
    if version.published_at or version.refused:
        return
    with translation.override("pl"):
        _make_files(version)
        _publish(version_id)


def _make_files(version: Version) -> None:
    there = set(version.files.values_list("name", flat=True))
    formats = formats_of(version)
    for done, (name, title, media_type, make) in enumerate(formats, 1):
        if name not in there:
            keep_file(version, name, title, media_type, make(version))
        Version.objects.filter(pk=version.pk, published_at=None).update(progress=90 * done // len(formats))


def keep_file(version: Version, name: str, title: str, media_type: str, content: bytes, *, is_annex: bool = False) -> VersionFile:
    """A file of a version that is not published yet, with its checksum."""
    return VersionFile.objects.create(
        version=version, name=name, title=title[:300], is_annex=is_annex, media_type=media_type, size=len(content),
        sha256=hashlib.sha256(content).hexdigest(), content=content,
    )  # fmt: skip


@transaction.atomic
def _publish(version_id: int) -> None:
    """All at once, or the version says why not: the content is compared once more with what was frozen."""
    now = database_now()
    found = Version.objects.select_related("report").get(pk=version_id)
    report = Report.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=found.report_id)
    version = Version.objects.select_for_update(of=("self",)).get(pk=version_id)
    version.report = report
    if version.published_at or version.refused:
        return
    before = stamp_of(report.consultation)
    looked = gate.look(report, now)
    gaps = [*looked.refusing, *gate.missing_files(version)]
    # From here nobody takes a remark back; what changed in the register while the gate looked through thousands of rows is seen.
    Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.consultation_id)
    if looked.draft.digest != version.digest or stamp_of(report.consultation) != before:
        version.refused = _("The content changed while the files were made. Sign and publish again.")
    elif gaps:
        version.refused = str(rules.GapsLeft(gaps))[:4000]
    if version.refused:
        version.save(update_fields=["refused"])
        record(deed="reports.refuse_version", subject=version, after={"why": version.refused[:500]})
        return
    _keep_annexes(version)
    _put_out(report, version, now)


def _keep_annexes(version: Version) -> None:
    """The annexes as they are now, with their bytes; a made one is drawn."""
    tree = {each.annex.pk: each for each in tree_of(version.report)}
    for kept in version.annexes:
        placed = tree[kept["id"]]
        name = f"zalacznik-{placed.number.replace('.', '-')}"
        if placed.annex.file:
            with read_allowed_file(file=placed.annex.file) as content:
                extension = placed.annex.file.name.rpartition(".")[2]
                file = keep_file(
                    version, f"{name}.{extension}", placed.title, placed.annex.file.media_type, content.read(), is_annex=True
                )
            kept["file"] = file.name
        elif placed.source == "register":
            kept["file"] = "wykaz-uwag.xlsx"
        elif placed.source:
            drawn = annex_pdf(version.report.consultation, placed, version.begun_at)
            kept["file"] = keep_file(version, f"{name}.pdf", placed.title, "application/pdf", drawn, is_annex=True).name


def _put_out(report: Report, version: Version, now: Any) -> None:
    consultation = Consultation.objects.select_for_update(of=("self",)).get(pk=report.consultation_id)
    if report.number is None:
        report.number = take_number(series=SERIES, subject=report.key, at=now).text
        report.save(update_fields=["number"])
    if consultation.reported_at is None:
        consultation.reported_at = now
        consultation.save(update_fields=["reported_at"])
    version.progress, version.published_at = 100, now
    version.save(update_fields=["annexes", "progress", "published_at"])
    Evidence.objects.create(
        version=version, place=Evidence.Place.SITE, done_on=local_day(now), words=page_of(version), noted_at=now,
        noted_by=version.begun_by,
    )  # fmt: skip
    if consultation.owner_unit:
        open_case(
            kind="reports.report", subject=report.key, title=version.title, unit=consultation.owner_unit,
            url=reverse("reports_report", args=[report.pk]), person=version.begun_by,
        )  # fmt: skip
    _watch_promises(consultation)
    _tell_authors(consultation, version)
    tell(consultation, "reported")
    record(
        deed="reports.publish",
        subject=version,
        after={"digest": version.digest, "remarks": version.remarks},
        actor=version.begun_by,
    )


def _watch_promises(consultation: Consultation) -> None:
    """Each "to be analysed further" gets a clock until its day; one that was answered meanwhile stops."""
    beginning = f"remarks.remark:{consultation.pk}/"
    running = Clock.objects.running().filter(rule_code=ANALYSIS, subject__startswith=beginning)
    answered = set(running.values_list("subject", flat=True))
    for row in register.rows_of(consultation):
        if row.verdict != Position.Verdict.FURTHER_ANALYSIS or row.due_on is None or row.is_withdrawn:
            continue
        subject, due = f"{beginning}{row.number}", end_of_day(row.due_on)
        label = _("Remark %(number)s: %(title)s") % {"number": row.number, "title": consultation.title}
        start_clock(rule=ANALYSIS, subject=subject, label=label[:200], unit=consultation.owner_unit, due_at=due)
        answered.discard(subject)
    for subject in answered:
        stop_clock(rule=ANALYSIS, subject=subject, event="answered")


def _tell_authors(consultation: Consultation, version: Version) -> None:
    """One row of the outbox for each address that an author left, whatever the number of their remarks."""
    addresses = consultation.intakes.exclude(contact=None).order_by("contact").values_list("contact", flat=True).distinct()
    if ids := list(addresses):
        context = {"consultation": consultation, "version": version}
        content = template_content(
            template="reports/mail/published", context=context, button=(_("Read the report"), page_of(version))
        )
        queue(address_ids=ids, purpose=AUTHORS, content=keep_content(content=content), dedup_suffix=f"report:{version.pk}")
