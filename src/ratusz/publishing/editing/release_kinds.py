"""What editing itself lets out in a release set: submissions, revisions of pages, texts of messages, redirects."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from ratusz.foundation.kit.links import is_safe_url
from ratusz.foundation.kit.outgoing import Outgoing
from ratusz.publishing.gates.queries import findings_of
from ratusz.publishing.messages.actions.locking import locked_variant
from ratusz.publishing.messages.actions.sending import outgoing_of as outgoing_of_variant
from ratusz.publishing.messages.models import Variant
from ratusz.publishing.messages.rules import Refused, check_sending
from ratusz.publishing.website.page_gates.holding import outgoing_of_page
from ratusz.publishing.website.page_gates.reading import reading_of_page
from ratusz.publishing.website.page_writers import writers_of

from . import rules
from .actions import releasing
from .actions.steps import locked
from .checks import address_of, outgoing_of, troubles_of
from .models import ReleaseItem, Submission
from .registries import ReleaseKind, release_kinds

Troubles = list[tuple[str, str]]


def _submission(key: str) -> Submission:
    found = Submission.objects.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise LookupError(key)
    return found


def _submission_troubles(key: str, at: datetime) -> Troubles:
    submission = _submission(key)
    if submission.state != Submission.State.APPROVED:
        address = reverse("editing_submission", args=[submission.pk])
        return [(_("it is not approved (%(state)s)") % {"state": submission.get_state_display()}, address)]
    return troubles_of(submission, at)


def key_of_page(page: Page) -> str:
    """The newest revision of a page, as it stands now; a later one has to be added anew."""
    return f"{page.pk}:{page.latest_revision_id}"


def revision_of(key: str) -> Revision:
    """The revision behind a key; raises LookupError when the page or the revision is gone."""
    page, _colon, revision = key.partition(":")
    found = Revision.objects.filter(pk=revision, object_id=page).first() if revision.isdecimal() else None
    if found is None or not Page.objects.filter(pk=page).exists():
        raise LookupError(key)
    return found


def _page_label(key: str) -> str:
    return str(revision_of(key).as_object().title)


def _page_address(key: str) -> str:
    return reverse("wagtailadmin_pages:edit", args=[key.partition(":")[0]])


def _page_troubles(key: str, at: datetime) -> Troubles:
    revision, address = revision_of(key), _page_address(key)
    newest = Page.objects.get(pk=revision.object_id).latest_revision_id
    if newest != revision.pk:
        return [(_("the page was changed since it was put into the set. Put it in anew"), address)]
    reading = reading_of_page(revision.as_object())
    return [(finding.words, finding.url or address) for finding in findings_of(reading, at) if finding.blocks]


def _submission_joins(key: str) -> None:
    rules.check_joining(locked(Submission(pk=int(key))))


def _variant_joins(key: str) -> None:
    rules.check_text_joining(locked_variant(_variant(key)))


def _page_writers(keys: Collection[str]) -> dict[str, set[int]]:
    waiting = {int(page): int(revision) for page, _colon, revision in (key.partition(":") for key in keys)}
    written = writers_of(waiting)
    return {key: written[int(key.partition(":")[0])] for key in keys}


def _page_outgoing(key: str, by: Any, approved_by: int | None) -> Outgoing:
    revision = revision_of(key)
    return outgoing_of_page(reading_of_page(revision.as_object()), revision, by=by, approved_by=approved_by)


def _release_page(key: str, person: Any, at: datetime) -> None:
    approved_by = ReleaseItem.objects.filter(kind="page", key=key, is_held=True).values_list("release_set__approved_by", flat=True)
    releasing.release_revision(revision_of(key), _page_outgoing(key, person, approved_by.first()), person, at)


def _variant(key: str) -> Variant:
    found = Variant.objects.select_related("message__facts").filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise LookupError(key)
    return found


def _variant_address(key: str) -> str:
    return reverse("messages_message", args=[_variant(key).message_id])


def _variant_troubles(key: str, at: datetime) -> Troubles:
    variant, address = _variant(key), _variant_address(key)
    try:
        check_sending(variant)
    except Refused as refusal:
        return [(str(refusal), address)]
    return []


def _variant_version(key: str) -> str:
    """A text of a message is approved anew after every change."""
    approved_at = _variant(key).approved_at
    return approved_at.isoformat() if approved_at else ""


def key_of_redirect(old: str, new: str) -> str:
    """From an old path of this portal to a new address."""
    return f"{Redirect.normalise_path(old)} {new.strip()}"


def _redirect_parts(key: str) -> tuple[str, str]:
    old, _space, new = key.partition(" ")
    if not old.startswith("/") or not is_safe_url(new):
        raise LookupError(key)
    return old, new


def _redirect_label(key: str) -> str:
    return " → ".join(_redirect_parts(key))


def _no_troubles(key: str, at: datetime) -> Troubles:
    _redirect_parts(key)
    return []


def _page_preview(key: str, request: Any) -> str:
    page, _colon, revision = key.partition(":")
    return reverse("wagtailadmin_pages:revisions_view", args=[page, revision])


def register() -> None:
    """Fills the registry; called once, from ready()."""
    release_kinds.register(
        "submission",
        ReleaseKind(
            name=gettext_lazy("a submission of a unit"), label=lambda key: _submission(key).title,
            address=lambda key: address_of(_submission(key)), troubles=_submission_troubles, release=releasing.release_submission,
            outgoing=lambda key, by, approved_by: outgoing_of(_submission(key), by),
            version=lambda key: str(_submission(key).version), joins=_submission_joins,
            preview=lambda key, request: reverse("editing_preview", args=[key]),
        ),
    )  # fmt: skip
    release_kinds.register(
        "page",
        ReleaseKind(
            name=gettext_lazy("a page of the portal"), label=_page_label, address=_page_address, troubles=_page_troubles,
            release=_release_page, outgoing=_page_outgoing, preview=_page_preview,
            writers=_page_writers,
        ),
    )  # fmt: skip
    release_kinds.register(
        "message",
        ReleaseKind(
            name=gettext_lazy("a text of a message"), label=lambda key: str(_variant(key)), address=_variant_address,
            troubles=_variant_troubles, release=lambda key, person, at: releasing.release_variant(_variant(key), person),
            outgoing=lambda key, by, approved_by: outgoing_of_variant(_variant(key), by),
            version=_variant_version, joins=_variant_joins, preview=lambda key, request: _variant_address(key),
        ),
    )  # fmt: skip
    release_kinds.register(
        "redirect",
        ReleaseKind(
            name=gettext_lazy("a redirect from an old address"), label=_redirect_label, address=lambda key: "",
            troubles=_no_troubles, release=lambda key, person, at: releasing.release_redirect(*_redirect_parts(key), person),
        ),
    )  # fmt: skip
