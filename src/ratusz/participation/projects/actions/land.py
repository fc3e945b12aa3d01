"""The land of a project is checked: what the register says is written down with its source, and never rewritten."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects import rules
from ratusz.participation.projects.actions.drafts import locked
from ratusz.participation.projects.models import Application, Attachment, LandCheck
from ratusz.publishing.website.actions import bump_content_version


def may_check_land(person: Any, application: Application, at: Any) -> bool:
    """The department, and the unit that is asked about this project (or who stands in for it)."""
    if rules.may(person, "check", None, at):
        return True
    return any(rules.may_give_opinion(person, each, at) for each in application.opinions.select_related("unit"))


@transaction.atomic
def check_land(
    *, application: Application, plot: str, owner: str, result: str, source: str, note: str = "", person: Any
) -> LandCheck:
    """Writes one check down. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    now = database_now()
    if not may_check_land(person, application, now):
        raise rules.NotYours
    rules.check_state(application, *rules.MAY_BE_WITHDRAWN)
    _check_facts(application, plot.strip(), owner, result, source.strip(), note.strip())
    made = LandCheck.objects.create(
        application=application, plot=plot.strip(), owner=owner, result=result, source=source.strip(), note=note.strip(),
        checked_at=now, checked_by=person,
    )  # fmt: skip
    record(deed="projects.check_land", subject=made, after={"owner": owner, "result": result}, actor=person)
    bump_content_version()
    return made


def _check_facts(application: Application, plot: str, owner: str, result: str, source: str, note: str) -> None:
    if not plot or not source or owner not in LandCheck.Owner.values or result not in LandCheck.Result.values:
        raise rules.ApplicationRefused(_("Write the plot, whose it is, the result and the source with its day."))
    if result == LandCheck.Result.FIT and owner not in LandCheck.WITHOUT_STATEMENT:
        raise rules.ApplicationRefused(_("Only the city's land, or the State's in its usufruct, needs no written statement."))
    if result == LandCheck.Result.STATEMENT:
        if owner not in LandCheck.WITH_STATEMENT:
            raise rules.ApplicationRefused(_("A cooperative, a community or a TBS gives a statement; others do not."))
        if not application.attachments.filter(what=Attachment.What.LAND).exists():
            raise rules.ApplicationRefused(_("No statement is attached. Call the author to complete it."))
    if result == LandCheck.Result.UNFIT and not note:
        raise rules.ApplicationRefused(_("Write in the note why the project may not stand there."))


def check_land_is_fit(application: Application) -> None:
    """Raises ApplicationRefused when the newest check says that the project may not stand there."""
    newest = application.land_checks.order_by("-pk").first()
    if newest is not None and newest.result == LandCheck.Result.UNFIT:
        words = _("The check of the land says that the project may not stand there (%(plot)s). Check it again, or refuse it.")
        raise rules.ApplicationRefused(words % {"plot": newest.plot})
