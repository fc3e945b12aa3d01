"""What a release set does with each of its things, inside the set's one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Revision

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.outgoing import Outgoing, hold_back
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.rules import NotNow
from ratusz.publishing.messages.actions import send_variant
from ratusz.publishing.messages.models import Variant
from ratusz.publishing.messages.models.variant import SENT

from .pictures import settle_pictures
from .publishing import let_out
from .steps import locked


def release_submission(key: str, person: Any, at: datetime) -> None:
    """Lets out an approved submission. Raises NotNow, NotComplete."""
    settle_pictures(submission=Submission(pk=int(key)))
    submission = locked(Submission(pk=int(key)))
    if submission.state != Submission.State.APPROVED:
        raise NotNow(submission.get_state_display())
    let_out(submission, person, at, by=person)


def release_revision(revision: Revision, outgoing: Outgoing, person: Any, at: datetime) -> None:
    """Publishes one revision of a page; the set's approval stands for the right to publish, and for its second pair of eyes."""
    hold_back(outgoing, at)
    revision.content_object.publish(revision, user=person, skip_permission_checks=True, is_asked=True)


def release_variant(variant: Variant, person: Any) -> None:
    """Sends an approved text of a message. Raises NotNow when it was held or its place did not take it: then nothing goes."""
    sent = send_variant(variant=variant, person=person, with_its_set=True)
    if sent.state not in SENT:
        raise NotNow(sent.trouble)


def release_redirect(old: str, new: str, person: Any) -> None:
    """From now on the old address leads to the new one."""
    redirect, _made = Redirect.objects.update_or_create(
        old_path=old, site=None, defaults={"redirect_link": new, "redirect_page": None, "is_permanent": True}
    )
    record(deed="editing.release_redirect", subject=redirect, after={"old": old, "new": new}, actor=person)
