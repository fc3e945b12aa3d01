"""Who may do what with a message, and what stops a variant from leaving: pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.publishing.gates.rules import stopped_words
from ratusz.publishing.messages.models import FACTS, Message, Variant
from ratusz.publishing.messages.models.variant import SENT, State
from ratusz.publishing.messages.registries import waits_with_others

WARSAW = ZoneInfo("Europe/Warsaw")
WRITERS = ("editor", "head", "deputy_head", "press_officer")
"""Of the department; a unit's editor writes in the own unit."""
APPROVERS = ("editor", "head", "deputy_head", "press_officer")
ALONE = ("head", "deputy_head")
"""Who may approve their own text, with a reason that is recorded."""
LONGEST_QUEUE = timedelta(days=366)


class Refused(ValueError):
    """A deed that cannot be done now; the words say why and what to do."""


class ChangedMeanwhile(Refused):
    """Somebody else has changed the message since the form was opened; nothing of either is lost."""

    def __init__(self, newer: Any):
        self.newer = newer
        words = _("%(who)s changed this message on %(when)s, while you were writing. Compare below and save again.")
        super().__init__(words % {"who": newer.written_by.get_full_name(), "when": polish_moment(newer.written_at)})


class NeedsSecondPerson(Refused):
    """The approver wrote the text themselves."""

    def __str__(self) -> str:
        return _("You wrote this yourself, so somebody else has to approve it. A head may do it alone and say why.")


class GatesAreShut(Refused):
    """The gates found what must be mended first; `findings` says what and where."""

    def __init__(self, findings: list[Any]):
        super().__init__(" ".join(dict.fromkeys(finding.words for finding in findings if finding.blocks)))
        self.findings = findings


def may(person: Any, deed: str, message: Message | None, at: datetime) -> bool:
    """`view` all staff; `write` the department, and a unit's editor in the own unit; `approve`, `send`, `withdraw` and
    `approve_alone` the department only. Without a message: whether the person may write any at all."""
    if not getattr(person, "is_active", False) or not getattr(person, "is_staff", False):
        return False
    if deed == "view":
        return True
    if deed == "write":
        unit = message.owner_unit if message else None
        return holds_department_role(person, *WRITERS, at=at) or holds_role(person, "unit_editor", at=at, unit=unit)
    return holds_department_role(person, *(ALONE if deed == "approve_alone" else APPROVERS), at=at)


def renewed(before: Mapping[str, Any], facts: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Changed facts are true as of the change, unless somebody said another moment; words alone leave the moment as it was."""
    said = facts.get("as_of") or before["as_of"]
    if said.replace(second=0, microsecond=0) != before["as_of"].replace(second=0, microsecond=0):
        return facts
    differs = any(name in facts and facts[name] != before[name] for name in FACTS if name != "as_of")
    return facts | {"as_of": max(at, before["as_of"]) if differs else before["as_of"]}


def check_second_person(person: Any, author_id: int, alone_because: str, at: datetime) -> None:
    """Raises NeedsSecondPerson when the approver is the author, unless they head the department and say why."""
    if person.pk == author_id and not (alone_because.strip() and may(person, "approve_alone", None, at)):
        raise NeedsSecondPerson


def check_approval(variant: Variant, most_characters: int | None) -> None:
    """Raises Refused when a text is empty, too long, already out, or holds old facts typed by hand."""
    if variant.message.withdrawn_at:
        raise Refused(_("The message has been withdrawn."))
    if variant.state in (*SENT, State.WITHDRAWN, State.QUEUED, State.APPROVED):
        raise Refused(_("This text is approved or sent already."))
    check_text(variant, most_characters)


def check_text(variant: Variant, most_characters: int | None) -> None:
    """Raises Refused when the text cannot leave as it is."""
    if not variant.text:
        raise Refused(_("There is no text yet. Write it first."))
    if variant.typed_facts:
        typed = ", ".join(f"„{each}”" for each in variant.typed_facts)
        raise Refused(
            _("Old facts typed by hand stand in the text: %(typed)s. Correct the text or confirm that it is right.")
            % {"typed": typed}
        )
    if most_characters and len(variant.text) > most_characters:
        words = _("The text has %(number)d characters, and this place takes %(most)d. Shorten it.")
        raise Refused(words % {"number": len(variant.text), "most": most_characters})


def check_public_words(words: Iterable[str], language: str, at: datetime) -> None:
    """Raises Refused when a gate stops words that people read beside the text: of a correction, a withdrawal, a picture."""
    stopped = dict.fromkeys(each for text in words for each in stopped_words(text, language, at))
    if stopped:
        raise Refused(" ".join(stopped))


def check_sending(variant: Variant) -> None:
    """Raises Refused unless the text is approved, made from the facts in force, and the message is not withdrawn."""
    if variant.message.withdrawn_at:
        raise Refused(_("The message has been withdrawn."))
    if variant.state not in (State.APPROVED, State.QUEUED, State.HELD, State.FAILED) or variant.approved_at is None:
        raise Refused(_("A second person has to approve this text first."))
    if variant.based_on_id != variant.message.facts_id:
        raise Refused(_("The facts have changed since. Read the text again and approve it."))


def with_others(numbers: Collection[int]) -> dict[int, str]:
    """By number of a variant why it does not leave alone, in words; those that may are left out."""
    return {number: words for each in waits_with_others for number, words in each(numbers).items()}


def check_alone(variant: Variant) -> None:
    """Raises Refused for a text that leaves only together with other things."""
    if words := with_others([variant.pk]).get(variant.pk):
        raise Refused(words)


def check_schedule(scheduled_at: datetime, at: datetime) -> None:
    """Raises Refused for a moment that is gone or more than a year away."""
    if scheduled_at <= at:
        raise Refused(_("This moment is gone. Choose a later one or send it now."))
    if scheduled_at > at + LONGEST_QUEUE:
        raise Refused(_("This is more than a year away. Choose an earlier moment."))


def comes_twice(when: datetime) -> bool:
    """Whether that wall-clock time in Warsaw happens twice: the hour repeated at the end of summer time."""
    local = when.astimezone(WARSAW)
    # In the hour that spring skips the two offsets stand the other way round.
    return local.replace(fold=0).utcoffset() > local.replace(fold=1).utcoffset()  # type: ignore[operator]


FIVE_WORDS = {
    State.EMPTY: "draft", State.DERIVED: "draft", State.EDITED: "draft", State.STALE: "draft", State.APPROVED: "approved",
    State.QUEUED: "approved", State.HELD: "waiting", State.FAILED: "waiting", State.BY_HAND: "waiting", State.OUT: "sent",
    State.CONFIRMED: "sent", State.CORRECTED: "sent", State.WITHDRAWN: "closed",
}  # fmt: skip


def screen_state(variant: Variant, message: Message, at: datetime) -> str:
    """One of the five words of every screen: draft, waiting, approved, sent, closed."""
    word = FIVE_WORDS[State(variant.state)]
    if word == "draft" and message.handed_in_at and variant.state != State.EMPTY:
        return "waiting"
    return "closed" if word == "sent" and is_over(message, at) else word


def is_over(message: Message, at: datetime) -> bool:
    """Withdrawn, or past the moment until which it is current."""
    return bool(message.withdrawn_at) or bool(message.valid_until and message.valid_until <= at)


def whose_move(variant: Variant, message: Message) -> str:
    """With whom a waiting variant is, in words; "" when with nobody."""
    if variant.state == State.BY_HAND:
        return _("whoever publishes it there")
    if variant.state in (State.HELD, State.FAILED):
        return _("the department: %(trouble)s") % {"trouble": variant.trouble}
    if FIVE_WORDS[State(variant.state)] == "draft" and message.handed_in_at:
        return _("a second person, to approve") if not variant.typed_facts else _("the author, to check")
    return ""
