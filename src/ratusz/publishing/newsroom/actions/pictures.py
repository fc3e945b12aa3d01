"""Brings many pictures into the bank at once: each file is checked by itself, one passport serves them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import LARGEST, FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.newsroom.models import OrderState, PhotoOrder
from ratusz.publishing.newsroom.rules import check_delivery, may
from ratusz.publishing.website.models import ImagePassport, PortalImage
from ratusz.publishing.website.passports import actions as passports
from ratusz.publishing.website.passports import rules as passport_rules
from ratusz.publishing.website.passports.incoming import clean_picture, proposal_of

MOST_AT_ONCE = 60
SHOWN_NAME = 60


@dataclass(frozen=True)
class Outcome:
    """What became of one file: its picture, or why there is none (`image` is then the same one, if it is here already)."""

    name: str
    image: PortalImage | None = None
    refusal: str = ""

    @property
    def is_kept(self) -> bool:
        return not self.refusal


def add_pictures(
    *, uploads: Iterable[Any], passport: dict[str, Any], person: Any, author: str = "", licence: str = "",
    order: PhotoOrder | None = None, consent: Any = None, who_signed: str = "",
) -> list[Outcome]:  # fmt: skip
    """Every file by itself: a refused one takes nothing with it. `passport` holds the facts for all, `consent` one document.

    Author and caption that stand in a file fill what was left empty. Raises PermissionDenied, OrderRefused, FileRefused (consent).
    """
    if not passport_rules.may(person, "write_passport", None, database_now()):
        raise PermissionDenied
    if order is not None:
        _check_order(order, person)
    outcomes: list[Outcome] = []
    document: StoredFile | None = None
    for upload in list(uploads)[:MOST_AT_ONCE]:
        outcome = _take(upload, passport, person, author, licence)
        if outcome.is_kept and consent is not None and outcome.image is not None:
            document = _add_consent(outcome.image, consent, who_signed, person, document)
        outcomes.append(outcome)
    if order is not None:
        _deliver(order, [outcome.image for outcome in outcomes if outcome.is_kept and outcome.image], person)
    return outcomes


def _check_order(order: PhotoOrder, person: Any) -> None:
    if not may(person, "take_order", order, database_now()):
        raise PermissionDenied
    check_delivery(order)


def _take(upload: Any, passport: dict[str, Any], person: Any, author: str, licence: str) -> Outcome:
    """One file in a transaction of its own."""
    name = _shown(upload.name)
    upload.seek(0)
    data = upload.read(LARGEST + 1)
    try:
        picture = clean_picture(data, upload.name)
    except FileRefused as refused:
        return Outcome(name, refusal=" ".join(refused.messages))
    known = PortalImage.objects.filter(file_hash=_hash_of(picture)).order_by("pk").first()
    if known is not None:
        return Outcome(name, known, _("This picture is here already: “%(title)s”.") % {"title": known.title})
    written = proposal_of(data)
    stem = str(picture.name).rpartition(".")[0]
    with transaction.atomic():
        image = PortalImage(
            title=(written.caption or stem)[:255], description=written.caption, uploaded_by_user=person, file=picture,
            credit=(author or written.author)[:160], licence=licence[:160],
        )  # fmt: skip
        image.save()
        passports.write_passport(image=image, person=person, **passport)
        record(deed="newsroom.add_picture", subject=f"picture {image.pk}", after={"size": image.file.size}, actor=person)
    return Outcome(name, image)


def _hash_of(picture: Any) -> str:
    """As Wagtail reckons it."""
    picture.seek(0)
    digest = hashlib.sha1(picture.read(), usedforsecurity=False).hexdigest()
    picture.seek(0)
    return digest


def _shown(name: str) -> str:
    """The end of a name without folders: 300 signs help nobody."""
    plain = name.replace("\\", "/").rsplit("/", 1)[-1]
    return plain if len(plain) <= SHOWN_NAME else f"{plain[: SHOWN_NAME - 12]}…{plain[-11:]}"


def _add_consent(image: PortalImage, consent: Any, who_signed: str, person: Any, document: StoredFile | None) -> StoredFile:
    passport = ImagePassport.objects.select_related("image").get(image=image)
    facts = {"file": document} if document is not None else {"upload": consent}
    return passports.add_consent(passport=passport, who_signed=who_signed, person=person, **facts).file


@transaction.atomic
def _deliver(order: PhotoOrder, images: list[PortalImage], person: Any) -> None:
    """The pictures stand in the order; the first of them make it delivered."""
    if not images:
        return
    order = PhotoOrder.objects.select_for_update().get(pk=order.pk)
    check_delivery(order)
    order.pictures.add(*images)
    if order.state != OrderState.DELIVERED:
        order.state, order.changed_at = OrderState.DELIVERED, database_now()
        order.save()
    record(deed="newsroom.deliver_order", subject=order, after={"pictures": len(images)}, actor=person)
