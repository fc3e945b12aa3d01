"""Reads about rights to pictures that span models: whether a picture may be used, which pictures of a page may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from ratusz.publishing.website.models import ImagePassport, NewsPage, PageDate, PicturePurpose, PortalImage
from ratusz.publishing.website.passports import rules


@dataclass(frozen=True)
class PictureTrouble:
    """What speaks against a picture in a text; `blocks` False: it only warns."""

    image: PortalImage
    words: str
    blocks: bool = True


def passport_of(image: PortalImage) -> ImagePassport | None:
    """The picture's passport, None when there is none."""
    return ImagePassport.objects.select_related("image").filter(image=image).first()


def passport_refuses(image: PortalImage, outlet: str, at: datetime, *, purpose: str = PicturePurpose.INFORMATION) -> str | None:
    """Why the picture may not be used in that outlet at that moment, in words; None when it may. Every outlet asks this."""
    return rules.refusal(passport_of(image), outlet, at, purpose=purpose)


def used_past_their_day(today: date) -> QuerySet[ImagePassport]:
    """Passports whose last day is over while a public page still names the picture, the longest over first."""
    return _named_by_pages().filter(withdrawn_at=None, valid_until__lt=today).order_by("valid_until", "pk")


def used_with_another_file(today: date) -> QuerySet[ImagePassport]:
    """Passports in force that were written for another file of a picture which a public page names: readers do not see it."""
    of_another = ~Q(file_hash="") & ~Q(image__file_hash="") & ~Q(file_hash=F("image__file_hash"))
    in_force = Q(valid_until=None) | Q(valid_until__gte=today)
    return _named_by_pages().filter(of_another, in_force, withdrawn_at=None).order_by("pk")


def _named_by_pages() -> QuerySet[ImagePassport]:
    """Asked of Wagtail's index of references: a desk cannot read the texts of all pages, and seconds do not matter here."""
    types = ContentType.objects.get_for_models(PortalImage, Page)
    live = Page.objects.live().annotate(key=Cast("pk", CharField())).values("key")
    uses = ReferenceIndex.objects.filter(
        to_content_type=types[PortalImage], to_object_id=Cast(OuterRef("image_id"), CharField()),
        base_content_type=types[Page], object_id__in=live,
    )  # fmt: skip
    return ImagePassport.objects.filter(Exists(uses)).select_related("image")


def passport_warns(image: PortalImage, occasion: rules.Occasion) -> str | None:
    """A picture of an event under a text of something else, in words; None when it fits or has no passport."""
    passport = passport_of(image)
    return rules.warning(passport, occasion) if passport else None


def troubles_of_pictures(
    image_ids: set[int], *, outlet: str, occasion: rules.Occasion, at: datetime, purpose: str = PicturePurpose.INFORMATION
) -> list[PictureTrouble]:
    """What speaks against these pictures in that outlet under a text that speaks of the occasion; refusals first."""
    found = []
    for image in PortalImage.objects.filter(pk__in=image_ids).select_related("passport").order_by("pk"):
        passport = getattr(image, "passport", None)
        if words := rules.refusal(passport, outlet, at, purpose=purpose):
            found.append(PictureTrouble(image, words))
        elif passport and (words := rules.warning(passport, occasion)):
            found.append(PictureTrouble(image, words, blocks=False))
    return sorted(found, key=lambda trouble: not trouble.blocks)


def occasion_of_page(page: Any) -> rules.Occasion:
    """What a page speaks of: its words, its day and its dates."""
    body = getattr(page, "body", None)
    words = [page.title, getattr(page, "lead", ""), *(str(block) for block in body or ())]
    dates: list[PageDate] = list(page.dates.all()) if hasattr(page, "dates") else []
    days = [page.day] if isinstance(page, NewsPage) else []
    return rules.Occasion(" ".join(words), (*days, *(date.first_day for date in dates)))
