"""Notices with their evidence: entered by hand with a file, made by Ratusz for its own page, taken back with a reason."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations import papers, rules
from ratusz.participation.consultations.actions.steps import begin, noted, show
from ratusz.participation.consultations.models import Consultation, Extension, Notice
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.standing import OWN_CHANNEL

PURPOSE = "consultations.notice"


@transaction.atomic
def add_notice(
    *, consultation: Consultation, channel: str, published_on: date, evidence: Any, person: Any, place: str = "", url: str = "",
    occasion: str = Notice.Occasion.LAUNCH, extension: Extension | None = None,
) -> Notice:  # fmt: skip
    """A notice that went out: day, place, address and the file that proves it (an upload; None: still without evidence).

    Raises NotYours, ConsultationRefused, files' FileRefused.
    """
    fresh, at = begin(consultation, "launch", person)
    rules.check_notice(fresh, published_on, local_day(at))
    if channel not in terms.channels_on(published_on):
        raise rules.ConsultationRefused(_("Choose a channel from the list."))
    if extension is not None and extension.consultation_id != fresh.pk:
        raise rules.ConsultationRefused(_("This extension belongs to another consultation."))
    made = Notice(consultation=fresh, channel=channel, published_on=published_on, place=place, url=url, occasion=occasion)
    made.extension, made.entered_at, made.entered_by = extension, at, person
    if evidence is not None:
        _keep(made, evidence, getattr(evidence, "name", "dowod"), person)
    made.save(force_insert=True)
    noted("add_notice", made, person, channel=channel, published_on=published_on, sha256=made.sha256)
    show(fresh, at)
    return made


def _keep(notice: Notice, upload: Any, name: str, person: Any) -> None:
    notice.file = accept_upload(
        upload=upload, name=name, purpose=PURPOSE, uploaded_by=person, subject=notice.consultation.key
    )  # fmt: skip
    notice.sha256 = notice.file.sha256


def put_up_own_notice(
    consultation: Consultation,
    at: datetime,
    person: Any,
    occasion: str = Notice.Occasion.LAUNCH,
    extension: Extension | None = None,
) -> Notice:
    """The notice on the portal itself; what its page says is kept as a PDF with its digest. Within the caller's transaction."""
    made = Notice(
        consultation=consultation, channel=OWN_CHANNEL, published_on=local_day(at), url=papers.address_of(consultation),
        occasion=occasion, extension=extension, is_made=True, entered_at=at, entered_by=person,
    )  # fmt: skip
    content = pdf_of_document(papers.notice(consultation, occasion, at, extension))
    _keep(made, io.BytesIO(content), f"ogloszenie-{consultation.slug}.pdf", person)
    made.save(force_insert=True)
    return made


@transaction.atomic
def withdraw_notice(*, notice: Notice, reason: str, person: Any) -> Notice:
    """Takes a wrong entry back; it stays in the history with its reason. Raises NotYours, ConsultationRefused."""
    consultation, at = begin(notice.consultation, "launch", person)
    fresh = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    rules.check_withdrawing(fresh, reason)
    fresh.withdrawn_at, fresh.withdraw_reason = at, reason.strip()
    fresh.save(update_fields=["withdrawn_at", "withdraw_reason"])
    noted("withdraw_notice", fresh, person, reason=fresh.withdraw_reason)
    show(consultation, at)
    return fresh
