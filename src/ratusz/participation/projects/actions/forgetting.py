"""What goes with time: drafts nobody touched, and the people of applications on their wish or at the end of the term."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models, transaction

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import delete_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.packs import packs_of
from ratusz.participation.projects.actions.supporting import drop_supporters
from ratusz.participation.projects.models import Appeal, Application, Attachment, Call, Party, Remark, State
from ratusz.participation.projects.settings import setting

GOES_ON = (State.SUBMITTED, State.COMPLETING, State.FORMAL_YES, State.REPLYING)
"""A check needs what the author said in it."""


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
    chosen = Party.objects.filter(pk__in=list(parties.values_list("pk", flat=True)))
    erase_statements(applications=Application.objects.filter(parties__in=chosen.exclude(role=Party.Role.CO_AUTHOR)))
    return chosen.update(**gone)


@transaction.atomic
def forget_statements() -> int:
    """Takes out answers, appeals and e-mails under remarks of applications nobody changed as long as the setting says.

    What an erased author said while a check went on goes as soon as the check is over.
    """
    days = packs_of("ratusz.participation.projects")["projects"].at(date.max)["kept_days"]
    old = Application.objects.filter(changed_at__lt=database_now() - timedelta(days=days))
    gone = Call.objects.filter(application__in=old).exclude(answer="").update(answer="")
    gone += Appeal.objects.filter(application__in=old).exclude(reasons="").update(reasons="")
    nobody = Party.objects.filter(role=Party.Role.AUTHOR, name="", email="", phone="")
    gone += erase_statements(applications=Application.objects.filter(parties__in=nobody))
    return gone + Remark.objects.filter(application__in=old).exclude(email="").update(email="")


@transaction.atomic
def erase_statements(*, applications: models.QuerySet[Application]) -> int:
    """Takes out what authors answered to letters and said in appeals, once the check they belong to is over."""
    ended = list(applications.exclude(state__in=GOES_ON).values_list("pk", flat=True))
    answers = Call.objects.filter(application__in=ended).exclude(answer="").update(answer="")
    appeals = Appeal.objects.filter(application__in=ended, decided_at__isnull=False).exclude(reasons="")
    return answers + appeals.update(reasons="")
