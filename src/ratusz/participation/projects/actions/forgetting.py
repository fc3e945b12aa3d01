"""What goes with time: drafts nobody touched, and the people of applications on their wish or at the end of the term."""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects.actions.supporting import drop_supporters
from ratusz.participation.projects.models import Application, Attachment, Party
from ratusz.participation.projects.settings import setting


@transaction.atomic
def forget_drafts() -> int:
    """Deletes drafts without a number that nobody changed for as long as the setting says; gives how many went."""
    gone = 0
    for draft in Application.objects.drafts().select_related("edition").select_for_update(of=("self",)):
        if draft.changed_at < database_now() - timedelta(days=setting(draft.edition, "draft_days")):
            for attachment in Attachment.objects.filter(application=draft).select_related("file"):
                file = attachment.file
                attachment.delete()
                delete_file(file=file, reason="szkic wygasł")
            record(deed="projects.forget_draft", subject=draft)
            drop_supporters(draft)
            draft.delete()
            gone += 1
    return gone


@transaction.atomic
def erase_parties(*, parties: models.QuerySet[Party]) -> int:
    """Takes names, addresses and contacts out; that there was an author stays."""
    gone = dict.fromkeys(("name", "address", "email", "phone", "guardian_name", "guardian_contact"), "")
    return Party.objects.filter(pk__in=list(parties.values_list("pk", flat=True))).update(**gone)
