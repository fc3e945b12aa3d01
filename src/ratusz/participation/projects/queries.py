"""What is read of projects: by a link, for lists, by number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from ratusz.foundation.kit.registries import Receipt
from ratusz.foundation.kit.words import search_key
from ratusz.participation.budget.numbers import meant
from ratusz.participation.projects import rules
from ratusz.participation.projects.models import Application, ApplicationQuerySet, Party
from ratusz.participation.projects.wording import state_words


def by_link(edition_slug: str, token: str) -> Application | None:
    """The application of an author's link."""
    found = Application.objects.filter(edition__slug=edition_slug, link_digest=rules.digest_of(token))
    return found.select_related("edition", "pool").first()


def by_invitation(edition_slug: str, token: str) -> Party | None:
    """The co-author an invitation is for."""
    found = Party.objects.filter(application__edition__slug=edition_slug, link_digest=rules.digest_of(token))
    return found.select_related("application__edition").first()


def listed(edition: Any, *, pool: str = "", state: str = "", words: str = "") -> ApplicationQuerySet:
    """Submitted applications of an edition, narrowed."""
    found = Application.objects.submitted().filter(edition=edition).select_related("pool", "edition").by_number()
    if pool:
        found = found.filter(pool__code=pool)
    if state:
        found = found.filter(state=state)
    if words:
        key = search_key(words)
        found = found.filter(Q(number__icontains=words) | Q(title__icontains=words) | Q(lemmas__contains=[key]))
    return found


def find_receipt(number: str, at: datetime) -> Receipt | None:
    """Where a submitted project stands, however its number is written; of equal numbers the newest edition's."""
    numbers = list(Application.objects.submitted().values_list("number", flat=True).distinct())
    found = meant(number, numbers)
    made = found and Application.objects.filter(number=found).select_related("edition").order_by("-edition__year").first()
    return Receipt(title=str(made), status=state_words(made), url=made.get_absolute_url()) if made else None
