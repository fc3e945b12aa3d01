"""How long a title and an introduction may be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.publishing.gates.findings import WARN, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets


def title_and_lead(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W15: both are there and short enough for their place; a target without lengths asks nothing."""
    shortest, longest, lead_longest = targets.get("title_shortest"), targets.get("title_longest"), targets.get("lead_longest")
    title = reading.title.strip()
    if shortest and len(title) < shortest:
        yield Missing(_("Write a title that says what the text is about."), reading.url_of("title"))
    if longest and len(title) > longest:
        yield Missing(_too_long(_("title"), len(title), longest), reading.url_of("title"), WARN)
    if reading.lead is None or not lead_longest:
        return
    lead = reading.lead.strip()
    if not lead:
        yield Missing(_("Write an introduction: one or two sentences on what one learns or does here."), reading.url_of("lead"))
    elif len(lead) > lead_longest:
        yield Missing(_too_long(_("introduction"), len(lead), lead_longest), reading.url_of("lead"), WARN)


def _too_long(what: str, length: int, longest: int) -> str:
    words = _("Shorten this: %(what)s. It has %(length)d characters, and %(longest)d fit.")
    return words % {"what": what, "length": length, "longest": longest}
