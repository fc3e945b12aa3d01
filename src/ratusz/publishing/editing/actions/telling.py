"""Letters about a submission to whoever wrote it; they carry no words of the text, only its title and where it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.notifications.actions import send
from ratusz.publishing.editing.models import Submission, SubmissionNote

PURPOSE = "editing.submission"


def tell_author(submission: Submission, note: SubmissionNote, template: str) -> None:
    """Writes to the author, unless they made the step themselves; when their account is gone, to the unit."""
    author = submission.author
    if note.noted_by_id == author.pk:
        return
    to: Any = author if author.is_active else submission.unit.email
    if not to:
        return
    url = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("editing_submission", args=[submission.pk])
    send(
        to=to, purpose=PURPOSE, template=f"editing/mail/{template}", context={"submission": submission, "words": note.words},
        button=(_("Open the submission"), url), dedup_key=f"editing-note:{note.pk}",
    )  # fmt: skip
