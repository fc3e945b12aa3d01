"""Reads of the press office that span models: the photo bank with its filters, who may open a layout's file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.newsroom.models import LayoutRequest
from ratusz.publishing.newsroom.rules import may
from ratusz.publishing.website.models import Basis, ImageConsent, Minors, PortalImage
from ratusz.publishing.website.passports.rules import EXPIRES_SOON

STATES = ("usable", "soon", "over", "incomplete", "none", "withdrawn")


def usable_pictures(outlet: str, at: datetime) -> QuerySet[PortalImage]:
    """Pictures whose passport lets them into that outlet ("" asks of no place) at that moment: the rule, asked of the database."""
    today = local_day(at)
    signed = ImageConsent.objects.kept().filter(passport=OuterRef("passport"))
    needs = Q(passport__basis__in=[Basis.CONSENT, Basis.PAYMENT])
    person = Exists(signed.filter(who_signed=ImageConsent.Who.PERSON))
    parents = Exists(signed.filter(who_signed=ImageConsent.Who.PARENTS))
    missing = (needs & ~Q(passport__minors=Minors.UNDER_13) & ~person) | (needs & ~Q(passport__minors=Minors.NONE) & ~parents)
    found = PortalImage.objects.filter(passport__isnull=False, passport__withdrawn_at=None).exclude(missing)
    found = found.filter(Q(passport__valid_from=None) | Q(passport__valid_from__lte=today))
    found = found.filter(Q(passport__valid_until=None) | Q(passport__valid_until__gte=today))
    found = found.filter(Q(passport__file_hash="") | Q(file_hash="") | Q(passport__file_hash=F("file_hash")))
    return found.filter(Q(passport__is_for_all_outlets=True) | Q(passport__outlets__contains=[outlet])) if outlet else found


def photo_bank(filters: dict[str, Any], at: datetime) -> QuerySet[PortalImage]:
    """The pictures that fit: words, event, basis, minors, outlet, state; newest first."""
    found = usable_pictures(filters["outlet"], at) if filters.get("outlet") else PortalImage.objects.all()
    for word in (filters.get("words") or "").split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(credit__icontains=word)
            | Q(passport__event_name__icontains=word)
        )
    if filters.get("event"):
        found = found.filter(passport__event_name__icontains=filters["event"])
    for name in ("basis", "minors"):
        if filters.get(name):
            found = found.filter(**{f"passport__{name}": filters[name]})
    return _of_state(found, filters.get("state") or "", at).order_by("-created_at", "-pk")


def _of_state(found: QuerySet[PortalImage], state: str, at: datetime) -> QuerySet[PortalImage]:
    today = local_day(at)
    if state == "usable":
        return found.filter(pk__in=usable_pictures("", at).values("pk"))
    if state == "soon":
        return found.filter(passport__withdrawn_at=None, passport__valid_until__range=(today, today + EXPIRES_SOON))
    if state == "over":
        return found.filter(passport__withdrawn_at=None, passport__valid_until__lt=today)
    if state == "incomplete":
        return found.filter(passport__withdrawn_at=None, passport__isnull=False).exclude(
            pk__in=usable_pictures("", at).values("pk")
        )
    if state == "none":
        return found.filter(passport=None)
    return found.filter(passport__withdrawn_at__isnull=False) if state == "withdrawn" else found


def may_read_layout(person: Any, file: Any, at: datetime) -> bool:
    """Whoever may see the request may open its files."""
    label, _colon, number = file.subject.partition(":")
    if label != LayoutRequest._meta.label or not number.isdecimal():
        return False
    request = LayoutRequest.objects.select_related("unit").filter(pk=number).first()
    return request is not None and may(person, "see_layout", request, at)
