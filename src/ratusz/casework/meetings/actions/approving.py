"""Minutes are approved: numbered, frozen with their digest, decisions handed on; published; begun anew as the next version."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import stop_clock
from ratusz.casework.documents.actions import take_number
from ratusz.casework.documents.docx import docx_of_document
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings import rules
from ratusz.casework.meetings.actions.minutes import CLOCK, locked
from ratusz.casework.meetings.minutes import checking, spoken
from ratusz.casework.meetings.minutes.addresses import address_of
from ratusz.casework.meetings.minutes.content import FROZEN, content_of
from ratusz.casework.meetings.minutes.document import document_of
from ratusz.casework.meetings.minutes.rendition import canonical, digest, public_of
from ratusz.casework.meetings.models import Minutes, MinutesBlock, MinutesPublication, MinutesState, MinutesVersion
from ratusz.casework.meetings.registries import targets, tell_public
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.units.models import Unit

SERIES = "meetings.minutes"
DECISION = "decisions.decision"


@transaction.atomic
def approve_minutes(*, minutes: Minutes, person: Any) -> MinutesVersion:
    """Freezes the text: number, version, digest; each decision in it becomes a draft, once. Nothing of it may change afterwards.

    Raises NotYours, NotReady with the whole list of what is missing.
    """
    held, now = locked(minutes), database_now()
    rules.check_may(person, "approve_minutes", held.meeting, now)
    if not held.is_open:
        raise Refused(_("These minutes are approved already."))
    blocks = list(held.blocks.standing())
    if missing := checking.obstacles(held, blocks, now):
        raise checking.NotReady(missing)
    held.number = held.number or take_number(series=SERIES, subject=held.key, at=now).text
    _make_decisions(held, blocks, person)
    _freeze_open_points(held, blocks, now)
    approval = {"by": str(person), "at": polish_moment(now), "silent": held.silence_agrees}
    content = content_of(held, blocks, now, approval=approval)
    whole, public = canonical(content), canonical(public_of(content))
    version = MinutesVersion.objects.create(
        minutes=held, number=content["version"], canonical=whole, sha256=digest(whole), public_canonical=public,
        public_sha256=digest(public), what_changed=held.what_changes, approved_by=person, approved_at=now,
    )  # fmt: skip
    held.state = MinutesState.APPROVED
    held.save(update_fields=["state", "number"])
    record(deed="meetings.approve_minutes", subject=held, after={"version": version.number, "sha256": version.sha256}, actor=person)
    return version


def _make_decisions(held: Minutes, blocks: list[MinutesBlock], person: Any) -> None:
    """Each decision block makes one draft: by its key the target gives the same one again."""
    wanted = [block.fields.get("unit") for block in blocks if block.kind == "decision"]
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=wanted)}
    for block in blocks:
        if block.kind != "decision" or block.made_key:
            continue
        fields = block.fields
        facts = {
            "text": fields.get("text") or fields.get("public_text", ""), "public_text": fields.get("public_text", ""),
            "unit": units.get(fields.get("unit")), "helpers": fields.get("helpers") or [],
            "is_public": bool(fields.get("is_public")),
            "due_on": date.fromisoformat(fields["due_on"]) if fields.get("due_on") else None,
            "not_public_reason": "" if fields.get("is_public") else fields.get("not_public_reason", ""),
        }  # fmt: skip
        made = targets[DECISION].take(meeting=held.meeting, key=block.source_key, facts=facts, person=person)
        block.made_key, block.made_number, block.made_url = made
        block.save(update_fields=["made_key", "made_number", "made_url"])


def _freeze_open_points(held: Minutes, blocks: list[MinutesBlock], now: datetime) -> None:
    """What was open that day stays as it was, in this version and the next."""
    for block in blocks:
        if block.kind == "open_decisions" and FROZEN not in block.fields:
            block.fields = {**block.fields, FROZEN: spoken.open_points_of(held.meeting, now)}
            block.save(update_fields=["fields"])


@transaction.atomic
def publish_minutes(*, minutes: Minutes, person: Any, let_through: str = "") -> MinutesPublication:
    """Lets the approved version out, letter by letter, as page, PDF and DOCX, made of its marked fields alone.

    `let_through` is the reason why doubtful words (never a PESEL or an account) stay. Raises NotYours, Refused, NotReady.
    """
    held, now = locked(minutes), database_now()
    rules.check_may(person, "publish_minutes", held.meeting, now)
    if held.state != MinutesState.APPROVED or not held.is_public:
        raise Refused(_("Only approved minutes that are meant for everybody can be published."))
    version = held.versions.order_by("-number")[0]
    checking.check_frozen(version)
    if found := checking.personal_data_in(version, now, let_through=bool(let_through.strip())):
        raise checking.NotReady(found)
    document = document_of(checking.public_content(version), address=address_of(held), mark=version.public_sha256)
    publication = MinutesPublication.objects.create(
        version=version, published_at=now, published_by=person, pdf=pdf_of_document(document), docx=docx_of_document(document)
    )
    held.state = MinutesState.PUBLISHED
    held.save(update_fields=["state"])
    after = {"version": version.number, "sha256": version.public_sha256, "let_through": let_through.strip()}
    record(deed="meetings.publish_minutes", subject=held, after=after, actor=person)
    stop_clock(rule=CLOCK, subject=held.meeting.key, event="published")
    tell_public(held.key)
    return publication


@transaction.atomic
def reopen_minutes(*, minutes: Minutes, what_changes: str, person: Any) -> Minutes:
    """Begins the next version of approved or published minutes. What is out stays out until the next one replaces it.

    Raises NotYours, Refused.
    """
    held, now = locked(minutes), database_now()
    rules.check_may(person, "write_minutes", held.meeting, now)
    if held.is_open:
        raise Refused(_("These minutes are open already: change them."))
    if not what_changes.strip():
        raise Refused(_("Say in a sentence what changes and why: everybody will read it beside the new version."))
    before = held.state
    held.state, held.what_changes = MinutesState.CORRECTIONS, what_changes.strip()[:500]
    held.save(update_fields=["state", "what_changes"])
    after = {"state": held.state, "what_changes": held.what_changes}
    record(deed="meetings.reopen_minutes", subject=held, before={"state": before}, after=after, actor=person)
    return held
