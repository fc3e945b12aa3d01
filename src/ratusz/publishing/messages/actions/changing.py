"""Change a fact once: every unsent text is made anew and marked, every sent one gets its correction to be made."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.actions.locking import check_may, locked_message
from ratusz.publishing.messages.actions.writing import add_version
from ratusz.publishing.messages.models import Correction, CorrectionTask, FactsVersion, Message, Variant
from ratusz.publishing.messages.models.variant import State
from ratusz.publishing.messages.queries import Consequence, changed_names, consequences, content_of, district_names, facts_of
from ratusz.publishing.messages.rules import ChangedMeanwhile, Refused, renewed

CORRECTION_FIELDS = ("nature", "was_wrong", "is_right", "since", "cause")
CORRECTION_WORDS = ("was_wrong", "is_right", "cause")
"""Of these, what people read."""
CHANGED = (
    "text", "based_on", "typed_facts", "state", "author", "written_at", "approved_by", "approved_at", "approved_alone_because",
    "scheduled_at", "trouble",
)  # fmt: skip


@transaction.atomic
def change_facts(
    *, message: Message, person: Any, expected: int, facts: dict[str, Any], correction: dict[str, Any] | None = None
) -> FactsVersion:
    """A new version of the facts and texts. `expected` is the version the form was opened with (ChangedMeanwhile otherwise).

    The moment they are true as of follows a changed fact, unless `facts` say another. When anything is out, `correction` says
    what was wrong and what is right; it waits for a second person to publish it.
    """
    message = locked_message(message)
    check_may(person, "write", message)
    old = message.facts
    assert old is not None
    if expected != old.number:
        raise ChangedMeanwhile(old)
    if message.withdrawn_at:
        raise Refused(_("The message has been withdrawn."))
    at, before = database_now(), facts_of(old)
    facts = renewed(before, facts, at)
    changed = changed_names(before, before | facts)
    if not changed:
        return old
    names = district_names()
    old_content = content_of(message, old, names)
    version = add_version(message, before | facts, person, at)
    found = consequences(message, old_content, content_of(message, version, names))
    _apply(found, version, person, at)
    _make_correction(message, version, [each.variant for each in found if each.is_sent], correction, person, at)
    kept = {name: str(before[name]) for name in changed}
    after = {name: str(getattr(version, name)) for name in changed}
    record(deed="messages.change_facts", subject=message, before=kept, after=after, actor=person)
    return version


def _apply(found: list[Consequence], version: FactsVersion, person: Any, at: datetime) -> None:
    """Texts made anew; what was approved was another text. What is out stays out, in its release."""
    for each in found:
        variant = each.variant
        variant.text, variant.typed_facts, variant.based_on = each.text, each.typed_facts, version
        variant.approved_by, variant.approved_at, variant.approved_alone_because = None, None, ""
        variant.written_at = at
        if not variant.written:
            variant.author = person
        if not each.is_sent:
            variant.state, variant.scheduled_at, variant.trouble = State.STALE, None, ""
    Variant.objects.bulk_update([each.variant for each in found], CHANGED)


def _make_correction(
    message: Message, version: FactsVersion, sent: list[Variant], words: dict[str, Any] | None, person: Any, at: datetime
) -> None:
    """One task for each sent variant; a correction nobody has published yet, and tasks nobody has done, give way to the newer."""
    if not sent:
        return
    if not words or not words.get("was_wrong", "").strip() or not words.get("is_right", "").strip():
        raise Refused(
            _("This message is out already. Write what was wrong and what is right: it is published with the correction.")
        )
    rules.check_public_words((words.get(name) or "" for name in CORRECTION_WORDS), message.language, at)
    replace_open_ones(message, at)
    given = {name: words[name] for name in CORRECTION_FIELDS if name in words}
    correction = Correction.objects.create(message=message, facts=version, written_by=person, written_at=at, **given)
    CorrectionTask.objects.bulk_create(CorrectionTask(correction=correction, variant=variant) for variant in sent)


def replace_open_ones(message: Message, at: datetime) -> None:
    """A newer change takes the place of what was not published or not done yet."""
    Correction.objects.waiting().filter(message=message).update(replaced_at=at)
    due = CorrectionTask.objects.filter(correction__message=message, state=CorrectionTask.State.DUE)
    due.update(state=CorrectionTask.State.REPLACED, settled_at=at)
