"""Photos of the work: kept as pictures of the portal, shown once their image-rights passport lets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.rules import LARGEST
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.actions.delivery.steps import begin
from ratusz.participation.projects.delivery import rules
from ratusz.participation.projects.delivery.pack import number
from ratusz.participation.projects.models import Delivery, DeliveryPhoto, DeliveryState
from ratusz.publishing.website.actions import bump_content_version
from ratusz.publishing.website.models import Basis, ImagePassport, PortalImage
from ratusz.publishing.website.passports import actions as passports
from ratusz.publishing.website.passports import rules as passport_rules
from ratusz.publishing.website.passports.incoming import clean_picture

PhotoFacts = Mapping[str, Any]
"""upload, alt, taken_on, nobody (nobody can be recognised in it)."""


def take_photos(
    delivery: Delivery, photos: Sequence[PhotoFacts], at: datetime, person: Any, by_unit: Unit | None
) -> list[DeliveryPhoto]:
    """Keeps the photos of a report, in its transaction. Raises DeliveryRefused, files' FileRefused.

    Whoever may write passports and says that nobody can be recognised lets it show at once; else it waits for the department.
    """
    if len(photos) > number("photos_at_once"):
        raise rules.DeliveryRefused(_("Send at most %(most)s photos at once.") % {"most": number("photos_at_once")})
    return [_take(delivery, facts, at, person, by_unit) for facts in photos]


def _take(delivery: Delivery, facts: PhotoFacts, at: datetime, person: Any, by_unit: Unit | None) -> DeliveryPhoto:
    alt = rules.check_words(str(facts.get("alt", "")), at)[:300]
    taken_on = rules.check_reached(facts.get("taken_on") or local_day(at), at)
    upload, unit = facts["upload"], by_unit or delivery.unit
    upload.seek(0)
    picture = clean_picture(upload.read(LARGEST + 1), f"{delivery.project.slug}.jpg")
    credit = unit.name if unit else ""
    image = PortalImage(
        title=f"{delivery.project.number}, {taken_on.isoformat()}", description=alt, file=picture, credit=credit[:160],
        uploaded_by_user=person,
    )  # fmt: skip
    image.save()
    photo = DeliveryPhoto.objects.create(
        delivery=delivery, image=image, alt=alt, stage=delivery.stage, taken_on=taken_on, added_at=at, added_by=person, unit=unit
    )
    record(deed="projects.add_delivery_photo", subject=delivery, after={"picture": image.pk}, actor=person)
    if facts.get("nobody") and person is not None and passport_rules.may(person, "write_passport", image, at):
        _write_passport(photo, person)
    return photo


def _write_passport(photo: DeliveryPhoto, person: Any) -> None:
    unit = photo.unit.name if photo.unit else ""
    passports.write_passport(
        image=photo.image, person=person, basis=Basis.NOBODY, is_for_all_outlets=True, outlets=[],
        source=_("the unit that builds it: %(unit)s") % {"unit": unit}, credit_line=unit[:200],
    )  # fmt: skip


@transaction.atomic
def add_photos(*, delivery: Delivery, photos: Sequence[PhotoFacts], person: Any) -> list[DeliveryPhoto]:
    """More photos of what is done: the bench a year later. Raises NotYours, DeliveryRefused, files' FileRefused."""
    delivery, at = begin(delivery, "report", person)
    rules.check_state(delivery, DeliveryState.DONE)
    if not photos:
        raise rules.DeliveryRefused(_("Add a photo of what is done: people want to see it."))
    made = take_photos(delivery, photos, at, person, None)
    bump_content_version()
    return made


@transaction.atomic
def let_photo_show(*, photo: DeliveryPhoto, person: Any) -> DeliveryPhoto:
    """The department says that nobody can be recognised: the passport is written. A picture of people gets its passport in the
    bank of pictures. Raises NotYours, DeliveryRefused, ConsentWithdrawn."""
    _delivery, _at = begin(photo.delivery, "photo_gate", person)
    if ImagePassport.objects.filter(image=photo.image_id).exists():
        # Written meanwhile by somebody who saw people in it: nobody's word overrules theirs from here.
        raise rules.DeliveryRefused(_("This picture has its image-rights passport already. Change it there."))
    _write_passport(photo, person)
    bump_content_version()
    return photo


@transaction.atomic
def remove_photo(*, photo: DeliveryPhoto, reason: str, person: Any) -> None:
    """Takes a photo off the page; the picture itself stays in the bank. Raises NotYours, DeliveryRefused."""
    delivery, _at = begin(photo.delivery, "photo_gate", person)
    if not reason.strip():
        raise rules.DeliveryRefused(_("Write why the photo goes."))
    before, after = {"picture": photo.image_id}, {"reason": reason.strip()}
    record(deed="projects.remove_delivery_photo", subject=delivery, before=before, after=after, actor=person)
    DeliveryPhoto.objects.filter(pk=photo.pk).delete()
    bump_content_version()
