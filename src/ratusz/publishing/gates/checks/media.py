"""Pictures, files and recordings: everybody can get at what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.publishing.gates.findings import WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets

_NAME_OF_FILE = re.compile(r"(?:\S+\.(?:jpe?g|png|gif|webp|svg|heic)|(?:img|dsc|dscn|p|scan|zdj|foto)[-_ ]?\d+)", re.IGNORECASE)


def alternative_texts(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W03: a picture says in words what it shows, or is marked as decoration; the name of a file is no description."""
    for picture in reading.pictures:
        if picture.is_decorative:
            continue
        alt, name = picture.alt.strip(), picture.title or _("without a name")
        if not alt:
            words = _("Describe the picture “%(name)s” for people who don't see it, or mark it as decoration.")
            yield Missing(words % {"name": name}, picture.url)
        elif _NAME_OF_FILE.fullmatch(alt):
            yield Missing(_("Say what the picture shows: “%(alt)s” is the name of a file.") % {"alt": alt}, picture.url)


def files(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W06: what a PDF says also stands on a page; the PDF itself carries its structure."""
    for file in reading.files:
        if file.is_pdf and not file.has_page_twin:
            words = _("Choose the page that says the same as the file “%(title)s”: a PDF alone is hard to read on a phone.")
            yield Missing(words % {"title": file.title}, file.url)
        if file.is_pdf and file.is_tagged is False:
            words = _("The file “%(title)s” has no structure for screen readers. Save it anew as an accessible PDF.")
            yield Missing(words % {"title": file.title}, file.url, WARN)


def recordings(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W12: what is heard can be read."""
    for video in reading.videos:
        if not (video.has_captions or video.has_transcript or video.captions_are_due):
            yield Missing(_("Add captions or the same in words to the recording “%(title)s”.") % {"title": video.title}, video.url)
