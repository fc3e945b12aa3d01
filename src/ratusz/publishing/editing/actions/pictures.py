"""Pictures people send: kept by foundation/files, and once the scanner has said yes, pictures of the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction

from ratusz.foundation.files.actions import accept_upload, read_allowed_file
from ratusz.foundation.files.inspection.apart import open_apart
from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import rules
from ratusz.publishing.editing.models import Submission, SubmissionPicture
from ratusz.publishing.website.models import Basis, ImagePassport, PortalImage
from ratusz.publishing.website.passports.actions import write_passport
from ratusz.publishing.website.passports.incoming import CleanPicture
from ratusz.publishing.website.passports.rules import is_refused_for_minors
from ratusz.publishing.website.passports.rules import may as may_about_pictures

from .naming import name_pictures, stem_of

PURPOSE = "editing.picture"
SCALED = "ratusz.publishing.editing.word.pictures:scaled_down"


def keep_picture(*, submission: Submission, upload: BinaryIO, name: str, person: Any) -> SubmissionPicture:
    """Takes one picture in. Raises files' FileRefused with words for the person; then nothing is kept.

    The kind is told by the content: an SVG, a program or a broken picture is refused whatever its name says.
    """
    rules.check(person, "edit", submission, database_now())
    subject = f"ratusz_editing.Submission:{submission.pk}"
    file = accept_upload(upload=upload, name=name, purpose=PURPOSE, uploaded_by=person, subject=subject)
    picture = SubmissionPicture.objects.create(submission=submission, file=file, name=file.name)
    settle_pictures(submission=submission)
    picture.refresh_from_db()
    return picture


@transaction.atomic
def settle_pictures(*, submission: Submission) -> int:
    """Makes portal pictures of what left quarantine since; gives back how many."""
    waiting = SubmissionPicture.objects.select_for_update(of=("self",)).select_related("file")
    waiting = waiting.filter(submission=submission, image=None, file__state=FileState.CLEAN)
    count = 0
    for picture in waiting:
        picture.image = _portal_image(picture)
        picture.save(update_fields=["image"])
        count += 1
    if count:
        name_pictures(submission=submission)
    return count


def _portal_image(picture: SubmissionPicture) -> PortalImage:
    assert picture.file is not None
    with read_allowed_file(file=picture.file) as kept:
        content = open_apart(SCALED, kept.read())
    image = PortalImage(
        title=stem_of(picture.name), file=CleanPicture(content, name=picture.name), uploaded_by_user=picture.file.uploaded_by
    )
    image.file_size = len(content)
    image.save()
    return image


SIMPLE_BASES = (Basis.NOBODY, Basis.DETAIL, Basis.PUBLIC_ROLE)
"""What one sentence is enough for; a consent or a payment needs its document, which stands in the passport itself."""


def bases_to_say(*, image: PortalImage, passport: ImagePassport | None, person: Any, at: datetime) -> list[Basis]:
    """What this person may say of the people in a picture by one sentence; nothing of a picture that is not theirs or whose
    passport knows more or was withdrawn."""
    if not may_about_pictures(person, "write_passport", image, at):
        return []
    if passport is None:
        return list(SIMPLE_BASES)
    if passport.basis not in SIMPLE_BASES or passport.withdrawn_at is not None:
        return []
    return [basis for basis in SIMPLE_BASES if not is_refused_for_minors(basis, passport.minors)]


def say_basis(*, picture: SubmissionPicture, basis: str, person: Any) -> ImagePassport | None:
    """Begins the picture's passport with why its people may be shown; None when nothing is new, the passport knows more,
    or the picture is not theirs: then the department says it. The scope of a passport that is there stays as it is."""
    image = picture.image
    if image is None:
        return None
    known = ImagePassport.objects.filter(image=image).first()
    if basis not in bases_to_say(image=image, passport=known, person=person, at=database_now()):
        return None
    if known is not None and known.basis == basis:
        return None
    scope: dict[str, Any] = {} if known is not None else {"is_for_all_outlets": True}
    return write_passport(image=image, person=person, basis=basis, **scope)
