"""Where submissions on their way use a picture: a withdrawn consent finds it before it is published."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.passports.uses import WWW
from ratusz.publishing.website.registries import ImageUse

from .models import SubmissionPicture


def uses_in_submissions(image: PortalImage) -> Iterator[ImageUse]:
    """Submissions that are neither published nor closed and whose text shows the picture."""
    rows = SubmissionPicture.objects.filter(image=image).in_open_submissions().select_related("submission").order_by("pk")
    for row in rows:
        submission = row.submission
        if row.pk in submission.picture_numbers:
            where = _("Submission: %(title)s") % {"title": submission}
            url = reverse("editing_submission", args=[submission.pk])
            yield ImageUse(where, url, WWW, key=f"submission:{submission.pk}")
