"""Four eyes for pages of Wagtail's editor: what goes out was read by somebody who wrote none of it, or alone for a reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Revision

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.findings import BLOCK, Finding
from ratusz.publishing.website.page_writers import writers_of

from . import rules
from .models import LonePublication

SECOND_PAIR = "editing.second_pair"


def unread_by_others(revision: Revision, approved_by: int | None) -> Finding | None:
    """What stops this version when whoever lets it out wrote a part of it; None for the program and for a second pair of eyes.

    A version that somebody let out alone for a reason goes out; one changed after that asks again.
    """
    page = int(revision.object_id)
    if approved_by is None or rules.reads_as_second(approved_by, writers_of({page: revision.pk})[page]):
        return None
    if LonePublication.objects.filter(submission=None, version=revision.pk, published_at__gte=revision.created_at).exists():
        return None
    person = get_user_model().objects.filter(pk=approved_by).first()
    return Finding(SECOND_PAIR, BLOCK, _words(person), reverse("editing_second_pair", args=[page]))


def _words(person: Any) -> str:
    if rules.may_publish_alone(person, database_now()):
        return _(
            "You wrote this yourself, and nobody else of the department has read it. Somebody who did not write it publishes it; "
            "you may publish it alone for a reason, and somebody else reads it the next working day."
        )
    return _(
        "You wrote this yourself, and nobody else of the department has read it. Somebody of the department who did not write it "
        "publishes it. Alone, for a reason, only the head, the deputy or whoever is on duty publishes."
    )


def names_of(numbers: Collection[int]) -> list[str]:
    """The people behind these numbers, as they are called."""
    people = get_user_model().objects.filter(pk__in=numbers).order_by("pk")
    return [person.display_name for person in people]
