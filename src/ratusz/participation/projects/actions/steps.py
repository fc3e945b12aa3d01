"""A step of an application: its state, the course on its card, the record."""

from __future__ import annotations

from typing import Any

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.actions import send
from ratusz.participation.projects.actions.drafts import PURPOSE
from ratusz.participation.projects.models import Application, Course, Party
from ratusz.publishing.website.actions import bump_content_version


def take_step(application: Application, state: str, *, deed: str, reason: str = "", person: Any = None) -> None:
    """Within the caller's transaction and lock."""
    before, application.state = application.state, state
    application.save(update_fields=["state", "checked_grosze", "checked_running_grosze"])
    Course.objects.create(application=application, state=state, happened_at=database_now(), reason=reason)
    record(deed=deed, subject=application, before={"state": before}, after={"state": state}, actor=person)
    bump_content_version()


def write_to_author(
    application: Application, template: str, context: dict[str, Any], *, dedup: str, button: tuple[str, str] | None = None
) -> bool:
    """An e-mail to the author; False where they gave none, and the letter is printed instead."""
    author = application.parties.filter(role=Party.Role.AUTHOR).first()
    if author is None or not author.email:
        return False
    send(
        to=author.email, purpose=PURPOSE, template=f"projects/mail/{template}", context={"application": application} | context,
        dedup_key=f"{application.key}:{dedup}", button=button,
    )  # fmt: skip
    return True
