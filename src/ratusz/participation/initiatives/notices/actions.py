"""What is done with notices of committees: sent, admitted, not admitted, forgotten."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, delete_file
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.participation.initiatives import rules, terms
from ratusz.participation.initiatives.actions import PURPOSE, register_initiative
from ratusz.participation.initiatives.models import CommitteeNotice, Initiative, NoticeState
from ratusz.publishing.website.own_sites import full_address
from ratusz.ui import chrome

STATEMENT = "initiatives.statement"
CODE_LENGTH = 12
N = NoticeState


@transaction.atomic
def send_notice(
    *, title: str, draft: str, justification: str, members: str, email: str, form_key: uuid.UUID, upload: Any = None
) -> CommitteeNotice:
    """A committee writes from the website; nobody but the Office sees it until a clerk admits it. Sent twice it is one.

    `members`: one in a line, "name surname; address". Raises InitiativeRefused, files' FileRefused.
    """
    now = database_now()
    if found := CommitteeNotice.objects.filter(form_key=form_key).first():
        return found
    people = rules.read_members(members)
    rules.check_committee(people, terms.term("committee_least", now))
    made = CommitteeNotice(
        title=title, draft=draft, justification=justification, form_key=form_key, received_at=now, code=random_code(CODE_LENGTH),
        members="\n".join(f"{name}; {home}" for name, home in people), contact=add_address(channel="email", value=email),
    )  # fmt: skip
    if upload is not None:
        made.statement = accept_upload(
            upload=upload, name=upload.name, purpose=STATEMENT, subject="ratusz_initiatives.CommitteeNotice"
        )
    made.save()
    record(deed="initiatives.send_notice", subject=made)
    _tell(made, "sent", _("We have the notice of your committee. Number on the receipt: %(code)s.") % {"code": made.receipt})
    return made


def _tell(notice: CommitteeNotice, event: str, text: str) -> None:
    if notice.contact is not None:
        key, where = f"initiatives.notice:{notice.pk}:{event}", chrome.of(None).check_number_url
        button = (_("Check by number"), full_address(where)) if where else None
        subject, text = _("The notice of your committee"), f"{notice.title}\n\n{text}"
        send(to=notice.contact, purpose=PURPOSE, subject=subject, text=text, button=button, dedup_key=key)


def _locked(notice: CommitteeNotice, person: Any) -> CommitteeNotice:
    rules.check_may(person, "handle", None, database_now())
    mine = CommitteeNotice.objects.select_for_update(of=("self",)).select_related("contact").get(pk=notice.pk)
    if mine.state != N.WAITING:
        raise rules.InitiativeRefused(_("This notice has been answered a moment ago."))
    return mine


@transaction.atomic
def admit_notice(*, notice: CommitteeNotice, person: Any) -> Initiative:
    """The statement is signed by all: it becomes an initiative with its number and lists. Raises NotYours, InitiativeRefused."""
    mine = _locked(notice, person)
    made = register_initiative(
        title=mine.title, draft=mine.draft, justification=mine.justification, members=mine.members, form_key=mine.form_key,
        email=mine.contact.value if mine.contact else "", person=person,
    )  # fmt: skip
    mine.state, mine.initiative, mine.judged_at, mine.person = N.ADMITTED, made, database_now(), person
    mine.members, mine.contact = "", None
    mine.save()
    record(deed="initiatives.judge_notice", subject=mine, after={"state": mine.state, "number": made.number}, actor=person)
    return made


@transaction.atomic
def decline_notice(*, notice: CommitteeNotice, words: str, person: Any) -> CommitteeNotice:
    """It cannot be admitted so; the committee reads why and may write again. Raises NotYours, InitiativeRefused."""
    mine = _locked(notice, person)
    if not words.strip():
        raise rules.InitiativeRefused(_("Write what is missing: the committee reads it and writes again."))
    mine.state, mine.words, mine.judged_at, mine.person = N.DECLINED, words.strip(), database_now(), person
    mine.save()
    record(deed="initiatives.judge_notice", subject=mine, after={"state": mine.state}, actor=person)
    _tell(mine, "declined", _("We cannot admit the notice of your committee: %(words)s") % {"words": mine.words})
    return mine


@transaction.atomic
def erase_notices(*, notices: Iterable[CommitteeNotice]) -> int:
    """Notices go whole: nobody saw them but the Office, and what was admitted lives on as an initiative."""
    count = 0
    rows = CommitteeNotice.objects.filter(pk__in=[each.pk for each in notices]).select_related("statement")
    for mine in rows.select_for_update(of=("self",)):
        if mine.statement is not None:
            delete_file(file=mine.statement, reason="retention")
        record(deed="initiatives.erase_notice", subject=mine)
        mine.delete()
        count += 1
    return count


def forget_notices(*, at: datetime | None = None) -> int:
    """Every night: notices answered longer ago than the pack keeps them."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("notice_kept_days", now))
    return erase_notices(notices=CommitteeNotice.objects.filter(judged_at__lt=old))
