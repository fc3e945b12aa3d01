"""Reads of debates: the list of years, who speaks in which order, what a receipt stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.dates import last_day_of, local_day, polish_moment
from ratusz.foundation.kit.registries import DatedThing, Receipt, SearchEntry
from ratusz.foundation.territory.models import District, RegisteredCount
from ratusz.participation.initiatives.debates import rules
from ratusz.participation.initiatives.models import Debate, DebateEntry, EntryState
from ratusz.publishing.website.registries import LiveProcess

SEARCH = "debates"


@dataclass(frozen=True)
class Place:
    """A form on the list with its place; after `most_speakers` people wait in reserve."""

    place: int
    entry: DebateEntry
    speaks: bool


def people_of_the_city() -> int | None:
    """Registered people of all districts by the newest count of each; None while a district has none."""
    newest = RegisteredCount.objects.filter(district=OuterRef("pk")).order_by("-day").values("people")[:1]
    counts = list(District.objects.annotate(people=Subquery(newest)).values_list("people", flat=True))
    return sum(counts) if counts and None not in counts else None


def register() -> QuerySet[Debate]:
    """All debates with how many stand on the list, the newest year first."""
    return Debate.objects.annotate(listed=Count("entries", filter=Q(entries__state=EntryState.LISTED))).order_by("-year")


def in_order(debate: Debate, entries: Iterable[DebateEntry] | None = None) -> list[Place]:
    """Who speaks: by the order of receipt, whatever the order of checking."""
    found = list(debate.entries.all()) if entries is None else list(entries)
    listed = sorted((each for each in found if each.state == EntryState.LISTED), key=lambda each: (each.received_at, each.order))
    return [Place(place, each, place <= debate.most_speakers) for place, each in enumerate(listed, 1)]


def doubles(entry: DebateEntry) -> QuerySet[DebateEntry]:
    """Other live forms of the same person in the same debate."""
    same = DebateEntry.objects.filter(debate=entry.debate_id, person_digest=entry.person_digest).exclude(pk=entry.pk)
    live = same.filter(state__in=(EntryState.RECEIVED, EntryState.LISTED))
    return live if entry.person_digest else DebateEntry.objects.none()


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """What the holder of a receipt learns: where the form stands and its place; never who it is."""
    code = normalised(text)
    found = DebateEntry.objects.filter(code=code).select_related("debate").first() if code else None
    if found is None:
        return None
    facts = [(_("Received"), page_dates.moment(found.received_at))]
    place = next((each for each in in_order(found.debate) if each.entry.pk == found.pk), None)
    if place is not None:
        facts.append((_("Place on the list"), place_words(place)))
    if found.refusal:
        facts.append((_("Reason"), rules.refusal_words(found.debate, found.refusal, found.signatures)))
    return Receipt(
        title=_("Form for the debate on the state of the municipality"), status=str(found.get_state_display()),
        url=found.debate.get_absolute_url(), facts=tuple(facts),
    )  # fmt: skip


def place_words(place: Place) -> str:
    """ "3", or that it waits in reserve."""
    return str(place.place) if place.speaks else _("%(place)s, in reserve") % {"place": place.place}


def dated_things(starts: datetime, ends: datetime) -> Iterator[DatedThing]:
    """Sessions with a debate."""
    for each in Debate.objects.filter(session_at__gte=starts, session_at__lt=ends):
        title = _("Debate on the state of the municipality in %(year)s") % {"year": each.year}
        yield DatedThing(
            kind="debate", title=title, starts=each.session_at, url=each.get_absolute_url(), place=each.place,
            what_to_do=_("Ask to speak by the day before"), code=f"debate-{each.year}",
        )  # fmt: skip


def live_process(at: datetime) -> LiveProcess:
    """What the civic guide says beside its card: the next session with a debate and until when a form is taken."""
    found = Debate.objects.filter(session_at__gt=at).order_by("session_at").first()
    if found is None:
        return LiveProcess(_("No debate is announced now"), "closed", reverse("debates:register"), _("See the earlier ones"))
    title = _("Debate on the state of the municipality in %(year)s") % {"year": found.year}
    if rules.is_in_time(found, at):
        note = _("The session is on %(moment)s.") % {"moment": page_dates.moment(found.session_at)}
        last = last_day_of(rules.closes_at(found.session_at))
        return LiveProcess(title, "open", found.get_absolute_url(), _("Ask to speak"), last, note)
    note = _("Forms are taken no more. Everybody may listen to the session.")
    return LiveProcess(title, "soon", found.get_absolute_url(), _("See the list of speakers"), local_day(found.session_at), note)


def search_entries() -> Iterator[SearchEntry]:
    """All of them: each is public."""
    yield from map(_entry, Debate.objects.iterator(200))


def search_entry(key: str) -> SearchEntry | None:
    """One of them by "debate:2025"; None when it is gone."""
    year = key.rpartition(":")[2]
    found = Debate.objects.filter(year=int(year)).first() if year.isdecimal() and len(year) == 4 else None
    return _entry(found) if found else None


def _entry(mine: Debate) -> SearchEntry:
    return SearchEntry(
        key=f"debate:{mine.year}", url=mine.get_absolute_url(),
        title=_("Debate on the state of the municipality in %(year)s") % {"year": mine.year},
        summary=polish_moment(mine.session_at), body=f"{mine.place} {mine.words}", kind=SEARCH, day=local_day(mine.session_at),
    )  # fmt: skip
