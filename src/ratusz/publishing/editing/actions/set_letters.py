"""Letters to whoever put a release set together: what a check found, why it did not go out."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.notifications.actions import send
from ratusz.publishing.editing.models import ReleaseSet

from .telling import PURPOSE


def tell_maker(release: ReleaseSet, occasion: str) -> None:
    """`occasion` is day, hour or stopped; a letter for each, once for one moment."""
    url = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("editing_set", args=[release.pk])
    moment = release.stopped_at if occasion == "stopped" else release.goes_out_at
    send(
        to=release.made_by, purpose=PURPOSE, template="editing/mail/set_troubles",
        context={"release": release, "troubles": [words for words, _address in release.troubles], "occasion": occasion},
        button=(_("Open the set"), url), dedup_key=f"editing-set:{release.pk}:{occasion}:{moment:%Y%m%d%H%M%S}",
    )  # fmt: skip
