"""Submission: in time by the database's clock, complete, with a number nobody had before and nobody gets again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents.actions import take_number
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.notifications.actions import send
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import calendar, rules
from ratusz.participation.projects.actions.drafts import PURPOSE, empty_draft, locked, write_content
from ratusz.participation.projects.actions.supporting import check_pool_stays, check_supporters, follow
from ratusz.participation.projects.form_pack import form_pack
from ratusz.participation.projects.models import Application, Course, Party, State
from ratusz.participation.projects.models.applications import Through
from ratusz.participation.projects.settings import setting
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.own_sites import full_address


@transaction.atomic
def submit(*, application: Application, facts: dict[str, Any], lines: list[dict[str, Any]], version: int) -> Application:
    """Takes an application in: from its author's link, while the stage of submission is open. A second sending changes nothing.

    Raises ApplicationRefused: late, early, incomplete (then `fields` says what), or saved by somebody else meanwhile.
    """
    application = locked(application)
    if application.number:
        return application
    if application.version != version:
        raise rules.ApplicationRefused(_("Somebody saved this draft a moment ago. Open it again and add what is missing."))
    # Read after the lock: whoever waited for it past the last second is late.
    _check_open(application.edition, database_now())
    check_complete(application.edition, facts, lines)
    check_pool_stays(application, facts)
    write_content(application, facts, lines, by="author")
    check_supporters(application)
    _take_in(application, database_now(), Through.FORM, None)
    return application


@transaction.atomic
def enter_paper(
    *,
    edition: Edition,
    facts: dict[str, Any],
    lines: list[dict[str, Any]],
    through: str,
    received_at: datetime,
    proxy: str,
    person: Any,
) -> Application:
    """Enters a form that came on paper, through a proxy or by another way: the moment it reached the Office is what counts.

    Raises NotYours, ApplicationRefused.
    """
    now = database_now()
    rules.check_may(person, "enter", edition, now)
    if received_at > now:
        raise rules.ApplicationRefused(_("This moment is still ahead. Write when the form reached the Office."))
    _check_open(edition, received_at)
    check_complete(edition, facts, lines)
    application, _token = empty_draft(edition)
    write_content(application, facts, lines, by="office")
    if proxy:
        Party.objects.create(application=application, role=Party.Role.PROXY, name=proxy)
    _take_in(application, received_at, through, person)
    return application


def _check_open(edition: Edition, at: datetime) -> None:
    if not calendar.is_open(edition, "submission", at):
        end = calendar.ends_at(edition, "submission")
        if end is not None and at >= end:
            words = _("Submission ended on %(end)s. The draft stays at your link: copy from it in the next edition.")
            raise rules.ApplicationRefused(words % {"end": polish_moment(end)})
        raise rules.ApplicationRefused(_("Submission is not open. You may save the draft and submit it when it opens."))


def check_complete(edition: Edition, facts: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    """Raises ApplicationRefused with `fields` when something that is needed is missing, or the costs are above the pool's most."""
    pool = facts.get("pool")
    if pool is not None and pool.edition_id != edition.pk:
        raise rules.ApplicationRefused(_("Choose a district of this edition."))
    most = pool and rules.most_cost(pool, setting(edition, "local_cost_share_percent"), setting(edition, "city_cost_share_percent"))
    if found := rules.missing(form_pack(), facts, lines, most):
        raise rules.ApplicationRefused(_("Something is still missing. Each field says what."), found)


def _take_in(application: Application, at: datetime, through: str, person: Any) -> None:
    pool = application.contest
    taken = take_number(
        series=f"projects:{application.edition_id}:{pool.code}", subject=application.key,
        at=datetime(application.edition.year, 7, 1, tzinfo=at.tzinfo), pattern=rules.number_pattern(pool),
    )  # fmt: skip
    application.number, application.order, application.slug = taken.text, taken.number, taken.text.replace("/", "-")
    application.state, application.submitted_at, application.through, application.entered_by = State.SUBMITTED, at, through, person
    application.save()
    Course.objects.create(application=application, state=State.SUBMITTED, happened_at=at)
    follow(application)
    record(
        deed="projects.submit", subject=application, actor=person,
        after={"number": application.number, "through": through, "cost_grosze": application.cost_grosze},
    )  # fmt: skip
    _send_receipt(application)
    bump_content_version()


def _send_receipt(application: Application) -> None:
    author = application.parties.get(role=Party.Role.AUTHOR)
    if not author.email:
        return
    address = full_address(application.get_absolute_url())
    context = {"application": application, "moment": polish_moment(application.arrived)}
    send(
        to=author.email, purpose=PURPOSE, template="projects/mail/receipt", context=context,
        button=(_("See the project"), address), dedup_key=f"{application.key}:receipt",
    )  # fmt: skip
