"""Reads of public hearings: the register, one by its address, speakers as numbers, opinions, what a receipt stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.meetings import queries as meetings
from ratusz.casework.meetings.models import Registration
from ratusz.casework.meetings.signing_up import list_closes_at
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.dates import last_day_of, local_day, polish_date
from ratusz.foundation.kit.registries import Receipt, SearchEntry
from ratusz.participation.initiatives.models import Hearing, HearingOpinion
from ratusz.publishing.website.registries import LiveProcess

SEARCH = "hearings"


def register(words: str = "", *, is_staff: bool = False) -> QuerySet[Hearing]:
    """Hearings with how many opinions each has, newest first; staff see those not announced yet."""
    found = Hearing.objects.all() if is_staff else Hearing.objects.public()
    if words := words.strip():
        found = found.filter(Q(title__icontains=words) | Q(number__iexact=words) | Q(author__icontains=words))
    return found.select_related("meeting__place").annotate(opinion_count=Count("opinions")).order_by("-number")


def by_slug(slug: str) -> Hearing | None:
    """The public hearing of an address such as "2026-0003"."""
    year, _dash, number = slug.partition("-")
    rows = Hearing.objects.public().select_related("meeting__place", "meeting__owner_unit")
    return rows.filter(number=f"WP/{year}/{number}").first()


def speaking(hearing: Hearing) -> QuerySet[Registration]:
    """Whoever asked to speak and has a seat, in the order in which they asked."""
    return meetings.speaking(hearing.meeting)


def not_in_line(hearing: Hearing) -> list[Registration]:
    """Whoever asked to speak and stands in no line yet, in the order of coming.

    After the speakers were put in order these are people who confirmed their mailbox later, got a turn that somebody gave back,
    or asked anew because the hearing was moved.
    """
    in_line = Counter(hearing.meeting.speakers.values_list("who", flat=True)) if hearing.listed_at else Counter()
    waiting = []
    for each in speaking(hearing):
        if in_line[named(each)] > 0:
            in_line[named(each)] -= 1
        else:
            waiting.append(each)
    return waiting


def named(registration: Registration) -> str:
    """The words under which somebody stands in the line of the meeting."""
    return (registration.name or registration.number).strip()[:120]


def state_of(hearing: Hearing, at: datetime) -> str:
    """Where a hearing stands, in words."""
    if hearing.is_adopted is not None:
        words = _("the Council adopted the resolution") if hearing.is_adopted else _("the Council did not adopt the resolution")
        return words
    if hearing.handed_at is not None:
        return _("councillors have the opinions")
    if hearing.meeting.state == "cancelled":
        return _("the hearing is cancelled")
    if hearing.meeting.state == "draft":
        return _("the hearing is prepared")
    return _("the hearing was held") if hearing.meeting.ends_at <= at else _("the hearing is announced")


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """What the holder of a receipt of an opinion learns; never its words."""
    code = normalised(text)
    found = HearingOpinion.objects.filter(code=code).select_related("hearing__meeting").first() if code else None
    if found is None:
        return None
    facts = [(_("Public hearing"), found.hearing.number), (_("Filed"), page_dates.day(found.filed_at))]
    waits = _("Erased before it was answered.") if found.is_gone else _("The author of the draft is reading it.")
    status = str(found.get_position_display()) if found.position else waits
    return Receipt(
        title=_("Opinion for a public hearing"), status=status, url=found.hearing.get_absolute_url(), facts=tuple(facts)
    )  # fmt: skip


def live_process(at: datetime) -> LiveProcess:
    """What the civic guide says beside its card: the next hearing and whether one may still ask to speak in it."""
    coming = Hearing.objects.public().exclude(meeting__state="cancelled").filter(meeting__ends_at__gt=at)
    found = coming.select_related("meeting__series").order_by("meeting__starts_at", "pk").first()
    if found is None:
        return LiveProcess(_("No hearing is announced now"), "closed", reverse("hearings:register"), _("See the earlier ones"))
    closes_at = list_closes_at(found.meeting) or found.meeting.starts_at
    if at < closes_at:
        note = _("The hearing is on %(moment)s.") % {"moment": page_dates.moment(found.meeting.starts_at)}
        what = _("Ask to speak or write an opinion")
        return LiveProcess(found.title, "open", found.get_absolute_url(), what, last_day_of(closes_at), note)
    url, day = found.get_absolute_url(), local_day(found.meeting.starts_at)
    note = _("The list of speakers is closed. Everybody may come and listen.")
    return LiveProcess(found.title, "soon", url, _("Read the draft and the opinions"), day, note)


def search_entries() -> Iterator[SearchEntry]:
    """All public ones."""
    yield from map(_entry, Hearing.objects.public().select_related("meeting").iterator(200))


def search_entry(key: str) -> SearchEntry | None:
    """One of them by "hearing:12"; None when it is gone or not announced."""
    number = key.rpartition(":")[2]
    found = Hearing.objects.public().select_related("meeting").filter(pk=number).first() if number.isdecimal() else None
    return _entry(found) if found else None


def _entry(hearing: Hearing) -> SearchEntry:
    return SearchEntry(
        key=f"hearing:{hearing.pk}", url=hearing.get_absolute_url(), title=hearing.title,
        summary=_("Public hearing, %(day)s") % {"day": polish_date(hearing.meeting.starts_at)},
        body=f"{hearing.number} {hearing.draft} {hearing.author}", kind=SEARCH, day=local_day(hearing.meeting.starts_at),
    )  # fmt: skip
