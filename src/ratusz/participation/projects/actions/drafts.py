"""An application before it has a number: begun by anybody, kept by a link, written together with co-authors."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.lemmas import long_lemmas
from ratusz.foundation.notifications.actions import send
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import calendar, rules
from ratusz.participation.projects.actions.supporting import check_pool_stays, follow
from ratusz.participation.projects.form_pack import OF_PERSON
from ratusz.participation.projects.models import Application, Attachment, CostLine, Party, State, Version
from ratusz.participation.projects.settings import setting
from ratusz.publishing.website.own_sites import full_address

PURPOSE = "projects.application"
MOST_FILES = 20


@transaction.atomic
def start_draft(*, edition: Edition) -> tuple[Application, str]:
    """A draft for an edition that may still be submitted to, and the token of its link. Raises ApplicationRefused."""
    end = calendar.ends_at(edition, "submission")
    if end is not None and database_now() >= end:
        raise rules.ApplicationRefused(_("Submission to this edition is over. Begin a draft in the next edition."))
    return empty_draft(edition)


def empty_draft(edition: Edition) -> tuple[Application, str]:
    """An empty draft and the token of its link, which is nowhere kept: whoever has the link writes the draft."""
    token, digest = rules.new_link()
    now = database_now()
    application = Application.objects.create(edition=edition, link_digest=digest, made_at=now, changed_at=now)
    Party.objects.create(application=application, role=Party.Role.AUTHOR)
    record(deed="projects.start_draft", subject=application, after={"edition": str(edition)})
    return application, token


@transaction.atomic
def save_draft(
    *, application: Application, facts: dict[str, Any], lines: list[dict[str, Any]], version: int, by: str = "author"
) -> Application:
    """Keeps what was typed, as a new version. Raises ApplicationRefused when somebody else saved since, or it was submitted."""
    application = locked(application)
    rules.check_state(application, State.DRAFT)
    if application.version != version:
        raise rules.ApplicationRefused(_("Somebody saved this draft a moment ago. Open it again and add what is missing."))
    check_pool_stays(application, facts)
    write_content(application, facts, lines, by=by)
    follow(application)
    record(deed="projects.save_draft", subject=application, after={"version": application.version})
    return application


def write_content(application: Application, facts: dict[str, Any], lines: list[dict[str, Any]], *, by: str) -> None:
    """Writes the fields, cost lines and a version; within the caller's transaction and lock."""
    about = {code: value for code, value in facts.items() if code not in OF_PERSON}
    point = about.pop("point", None) or (None, None)
    for code, value in about.items():
        setattr(application, code, value)
    application.longitude, application.latitude = point
    application.cost_grosze = sum(line["grosze"] for line in lines)
    application.lemmas = long_lemmas(application.title)
    application.version += 1
    application.changed_at = database_now()
    application.save()
    _write_people_and_lines(application, facts, lines)
    content = {code: _plain(value) for code, value in about.items()} | {
        "point": list(point),
        "costs": [_plain_line(line) for line in lines],
    }
    Version.objects.create(
        application=application, number=application.version, made_at=application.changed_at, content=content, by=by
    )


def _write_people_and_lines(application: Application, facts: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    person = {code: facts[code] for code in OF_PERSON if code in facts}
    Party.objects.filter(application=application, role=Party.Role.AUTHOR).update(**person)
    application.cost_lines.all().delete()
    CostLine.objects.bulk_create(
        CostLine(
            application=application, position=position, name=line["name"], unit=line["unit"], quantity=line["quantity"],
            price_grosze=line["price_grosze"],
        )
        for position, line in enumerate(lines, 1)
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _plain_line(line: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in line.items()}


@transaction.atomic
def add_attachment(*, application: Application, upload: BinaryIO, name: str, what: str) -> Attachment:
    """Takes a file of a draft or of an answer to a call, while its term runs. Raises FileRefused, ApplicationRefused."""
    application = locked(application)
    rules.check_state(application, State.DRAFT, State.COMPLETING)
    waiting = application.calls.filter(answered_at=None, closed_at=None, due_at__gt=database_now())
    if application.state == State.COMPLETING and not waiting.exists():
        raise rules.ApplicationRefused(_("The term is over. Call us if something kept you."))
    if application.attachments.count() >= MOST_FILES:
        raise rules.ApplicationRefused(
            _("There are %(most)s files already. Put what is left into one file.") % {"most": MOST_FILES}
        )
    file = accept_upload(upload=upload, name=name, purpose=PURPOSE, subject=f"ratusz_projects.Application:{application.pk}")
    made = Attachment.objects.create(application=application, file=file, what=what, added_at=database_now())
    record(deed="projects.add_attachment", subject=application, after={"what": what})
    return made


@transaction.atomic
def invite_co_author(*, application: Application, email: str) -> Party:
    """Writes to a co-author; they count from the moment they accept. Raises ApplicationRefused over the limit, NotDeliverable."""
    application = locked(application)
    rules.check_state(application, State.DRAFT)
    most = setting(application.edition, "most_co_authors")
    if application.parties.filter(role=Party.Role.CO_AUTHOR).count() >= most:
        raise rules.ApplicationRefused(_("There are %(most)s co-authors already.") % {"most": most})
    token, digest = rules.new_link()
    party = Party.objects.create(
        application=application, role=Party.Role.CO_AUTHOR, email=email, link_digest=digest, invited_at=database_now()
    )
    address = full_address(reverse("projects:invitation", args=[application.edition.slug, token]))
    context = {"title": application.title, "edition": application.edition}
    send(
        to=email, purpose=PURPOSE, template="projects/mail/invitation", context=context, button=(_("See the invitation"), address),
        dedup_key=f"{application.key}:invitation:{party.pk}",
    )  # fmt: skip
    record(deed="projects.invite_co_author", subject=application, after={"party": party.pk})
    return party


@transaction.atomic
def accept_invitation(*, party: Party, name: str, address: str, at: datetime | None = None) -> Party:
    """The co-author says yes under their own name; a second yes changes nothing."""
    party = Party.objects.select_for_update().get(pk=party.pk)
    if party.accepted_at is None:
        party.name, party.address, party.accepted_at = name, address, at or database_now()
        party.save(update_fields=["name", "address", "accepted_at"])
        record(deed="projects.accept_invitation", subject=party, after={"accepted": True})
    return party


def locked(application: Application) -> Application:
    """The application with its row locked until the end of the transaction."""
    return Application.objects.select_for_update(of=("self",)).select_related("edition", "pool").get(pk=application.pk)
