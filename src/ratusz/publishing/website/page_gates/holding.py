"""What may hold a page back though it lacks nothing: the same question that every module asks before something leaves the house."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from wagtail.models import Page, PageLogEntry, Revision

from ratusz.foundation.kit.outgoing import Hold, Outgoing, hold_back, holds_on, stopping
from ratusz.publishing.gates.findings import BLOCK, Finding, GatesShut
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.website.page_writers import author_of
from ratusz.publishing.website.registries import pages_that_wait, second_pairs

SCHEDULING = "wagtail.publish.schedule"
TOGETHER = "website.together"


class PageHeld(GatesShut):
    """The page has everything and stays all the same, for now; `outgoing` is what was held."""

    def __init__(self, outgoing: Outgoing, holds: list[Hold]):
        super().__init__([finding_of(hold, outgoing.url) for hold in holds], outgoing.url)
        self.outgoing = outgoing


class NotReadYet(GatesShut):
    """The page has everything, and nobody but whoever lets it out has read it."""


def waiting_with_others(page: int, url: str = "") -> list[Finding]:
    """Why the page's draft leaves only together with other things; empty when it may leave alone."""
    return [Finding(TOGETHER, BLOCK, words, url) for words in (each(page) for each in pages_that_wait) if words]


def read_by_nobody_else(revision: Revision, approved_by: int | None) -> list[Finding]:
    """That nobody but whoever lets it out has read the words; empty when it may go. None: the program lets it out."""
    return [found for found in (each(revision, approved_by) for each in second_pairs) if found is not None]


def finding_of(hold: Hold, url: str = "") -> Finding:
    """A hold in the list of what stops a page."""
    return Finding(hold.code, BLOCK, str(hold.words), url)


def outgoing_of_page(reading: Reading, revision: Revision, *, by: Any, approved_by: int | None) -> Outgoing:
    """The version as those see it who may hold it back. `approved_by` is the number of whoever says that it may go out."""
    author = author_of(revision)
    return Outgoing(
        subject=f"website.page:{revision.object_id}",
        channel="www",
        title=reading.title,
        text="\n".join(text for text, _kind, _url in reading.all_words),
        second_person=approved_by is not None and author is not None and approved_by != author,
        by=by,
        url=reading.edit_url,
        content=reading.fingerprint(),
    )


def check_holds(*, reading: Reading, revision: Revision, user: Any, at: datetime) -> None:
    """Raises PageHeld for a page that goes out now and may not, NotReadYet for one nobody else has read. `user` None: the clock.

    What was held is on record; what was not read does not count as gone out, though nothing holds it.
    """
    approved_by = user.pk if user is not None else _scheduled_by(revision)
    unread = read_by_nobody_else(revision, approved_by)
    if _leaves(revision, at):
        outgoing = outgoing_of_page(reading, revision, by=user, approved_by=approved_by)
        is_asked = not unread or bool(stopping(holds_on(outgoing, at), outgoing))
        if is_asked and (found := stopping(hold_back(outgoing, at), outgoing)):
            raise PageHeld(outgoing, found)
    if unread:
        raise NotReadYet(unread, reading.edit_url)


def check_holds_of_published(*, reading: Reading, page: Page, user: Any, at: datetime) -> None:
    """Raises PageHeld for a published page that was closed and opens now by this person's hand."""
    revision = page.live_revision or page.latest_revision
    if revision is None:
        # What the program itself put into the tree has no version: nobody wrote it who could be a first person.
        outgoing = Outgoing(
            subject=f"website.page:{page.pk}", channel="www", title=reading.title,
            text="\n".join(text for text, _kind, _url in reading.all_words), by=user, url=reading.edit_url,
            content=reading.fingerprint(),
        )  # fmt: skip
    else:
        outgoing = outgoing_of_page(reading, revision, by=user, approved_by=user.pk)
    if found := stopping(hold_back(outgoing, at), outgoing):
        raise PageHeld(outgoing, found)


def note_held(shut: GatesShut, at: datetime) -> None:
    """Once more, for whoever caught it: the transaction that was to publish has taken its own record back with it."""
    if isinstance(shut, PageHeld):
        hold_back(shut.outgoing, at)


def unread_draft(page: Page, person: Any) -> list[Finding]:
    """What the saved draft waits for if this person, who may publish it, wants to; nothing for whoever hands it in."""
    revision = page.latest_revision
    if revision is None or revision.pk == page.live_revision_id or not page.permissions_for_user(person).can_publish():
        return []
    return read_by_nobody_else(revision, person.pk)


def holds_of_draft(reading: Reading, page: Page, user: Any, at: datetime) -> list[Finding]:
    """What would hold the saved draft if this person let it out now."""
    revision = page.latest_revision
    if revision is None or not _leaves(revision, at):
        return []
    outgoing = outgoing_of_page(reading, revision, by=user, approved_by=user.pk)
    return [finding_of(hold) for hold in stopping(holds_on(outgoing, at), outgoing)]


def _leaves(revision: Revision, at: datetime) -> bool:
    """Whether publishing lets it out now; what has its moment ahead is asked at that moment."""
    moment = revision.as_object().go_live_at
    return moment is None or moment <= at


def _scheduled_by(revision: Revision) -> int | None:
    """Whoever said yes to this version's going out at its moment."""
    entry = PageLogEntry.objects.filter(revision=revision, action=SCHEDULING).order_by("-timestamp", "-pk").first()
    return entry.user_id if entry is not None else None
