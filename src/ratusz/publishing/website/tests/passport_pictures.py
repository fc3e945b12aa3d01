"""Pictures, people and passports for tests of rights to pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.website.models import Basis, ImagePassport, PortalImage
from ratusz.publishing.website.passports import actions


def jpeg(size: tuple[int, int] = (60, 40), colour: str = "#0b4ea2", **options: Any) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", **options)
    return kept.getvalue()


def make_picture(title: str = "Park", colour: str = "#0b4ea2", **fields: Any) -> PortalImage:
    upload = SimpleUploadedFile(f"{title}.jpg", jpeg(colour=colour))
    return PortalImage.objects.create(title=title, file=upload, description="Szpaler lip", **fields)


def keeper(role_code: str = "editor", **appointment: Any) -> Any:
    return AppointmentFactory(role_code=role_code, **appointment).person


def passport_for(image: PortalImage, person: Any = None, **facts: Any) -> ImagePassport:
    outlets = facts.setdefault("outlets", [])
    given = {"basis": Basis.NOBODY, "is_for_all_outlets": not outlets} | facts
    return actions.write_passport(image=image, person=person or keeper(), **given)


def consent_document(name: str = "zgoda.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_pdf())


def close(answer: Any) -> None:
    """Closes the file of an answer; answer.close() would close the test's connection to the database too."""
    for each in answer._resource_closers:
        each()
