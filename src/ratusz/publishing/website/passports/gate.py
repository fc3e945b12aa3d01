"""Gate W04: pictures are used as their passports allow, on every outlet that asks the gates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.publishing.gates.findings import WARN, Gate, Missing
from ratusz.publishing.gates.reading import Picture, Reading
from ratusz.publishing.gates.targets import Targets
from ratusz.publishing.website.models import PicturePurpose
from ratusz.publishing.website.passports.message_pictures import image_of_file
from ratusz.publishing.website.passports.queries import PictureTrouble, occasion_of_page, troubles_of_pictures
from ratusz.publishing.website.passports.rules import Occasion

CODE = "W04"
OUTLETS = {"web": "www", "newsletter": "newsletter", "bulletin": "bulletin", "social": "social", "etr": "www"}
"""Target of a text -> outlet of a passport, where the text's own facts name no outlet."""


def check_passports(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """Refused pictures block; a picture of an event under a text of something else warns.

    The text's facts may name its "outlet", its "purpose", and its "page" or the "days" it speaks of.
    """
    known = [(picture.image or image_of_file(picture.came_as), picture) for picture in reading.pictures]
    used = {image.pk: picture for image, picture in known if image is not None}
    if not used:
        return
    outlet = reading.facts.get("outlet", OUTLETS.get(reading.target, ""))
    page = reading.facts.get("page")
    days = occasion_of_page(page).days if page is not None else tuple(reading.facts.get("days", ()))
    occasion = Occasion(f"{reading.title} {reading.prose}", days)
    purpose = reading.facts.get("purpose", PicturePurpose.INFORMATION)
    for trouble in troubles_of_pictures(set(used), outlet=outlet, occasion=occasion, at=at, purpose=purpose):
        yield _missing(trouble, used[trouble.image.pk])


def _missing(trouble: PictureTrouble, picture: Picture) -> Missing:
    words = _("Picture “%(title)s”: %(words)s") % {"title": trouble.image.title, "words": trouble.words}
    return Missing(words, picture.url, "" if trouble.blocks else WARN)


PASSPORT_GATE = Gate(name=gettext_lazy("Rights to pictures"), check=check_passports)
"""Nobody lets a picture through: whoever has a new basis writes it into the passport."""
