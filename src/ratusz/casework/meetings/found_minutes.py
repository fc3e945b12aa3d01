"""What the portal's search and the case of a meeting hold of its minutes: public words, and files of each version."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratusz.casework.documents.registries import Paper
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import queries_minutes
from ratusz.casework.meetings.minutes.addresses import path_of, slug_of
from ratusz.casework.meetings.minutes.checking import public_content, whole_content
from ratusz.casework.meetings.minutes.document import document_of
from ratusz.casework.meetings.minutes.rendition import public_words
from ratusz.casework.meetings.models import Meeting, Minutes
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.registries import SearchEntry

KIND = "minutes"


def search_entries() -> Iterator[SearchEntry]:
    """All published minutes, of each the newest version, in public words alone."""
    for minutes in queries_minutes.published():
        if (entry := search_entry(minutes.key)) is not None:
            yield entry


def search_entry(key: str) -> SearchEntry | None:
    """One of them by its key; None when nothing of it is out."""
    number = key.rpartition(":")[2]
    minutes = queries_minutes.published().filter(pk=int(number)).first() if number.isdecimal() else None
    if minutes is None:
        return None
    content = public_content(queries_minutes.published_versions(minutes.number)[0])
    return SearchEntry(
        key=minutes.key, url=path_of(minutes), title=content["title"], summary=minutes.number,
        body="\n".join(public_words(content)), kind=KIND, day=local_day(minutes.meeting.starts_at),
    )  # fmt: skip


def papers(meeting: Meeting) -> Iterator[Paper]:
    """Each approved version: the whole for the Office; of published ones the very files that everybody has."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        return
    for version in minutes.versions.select_related("publication").order_by("number"):
        name = f"protokol-{slug_of(minutes.number)}-wersja-{version.number}"
        whole = document_of(whole_content(version), mark=version.sha256, note=_("Whole text, for the Office only."))
        title = _("Minutes %(number)s, version %(version)s, whole text") % {"number": minutes.number, "version": version.number}
        yield Paper(f"{name}-calosc.pdf", title, "application/pdf", pdf_of_document(whole), version.approved_at)
        publication = getattr(version, "publication", None)
        if publication is not None:
            title = _("Minutes %(number)s, version %(version)s, published") % {"number": minutes.number, "version": version.number}
            yield Paper(f"{name}.pdf", title, "application/pdf", bytes(publication.pdf), publication.published_at, is_public=True)
