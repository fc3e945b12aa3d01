"""Who may do what with signatures, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.casework.signatures import likeness, terms
from ratusz.casework.signatures.models import Collection, LineState, SheetLine, Signature, State
from ratusz.casework.signatures.models.sheets import MOST_LINES
from ratusz.casework.signatures.registries import SignerFacts, Supported, supported_things
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.plain_numbers import long_number
from ratusz.foundation.units.rules import holds_department_role, holds_role

HEADS = ("head", "deputy_head")
MANAGE = (*HEADS, "editor", "budget_coordinator")
MOST_SHEETS = 200
"""Issued by one press of a member of staff."""
PUBLIC_SHEETS = 10
"""Issued by one press of a resident."""
SIGNS, SHEETS, LINE_WITHIN = 20, 10, timedelta(hours=1)
"""Forms sent from one connection within an hour, and printings."""
UNCONFIRMED_LIVES = timedelta(days=1)


class SignatureRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, collection: Collection | None, at: datetime) -> bool:
    """`see` (numbers), `read` (who signed), `enter` (type and settle lines), `manage` (open, close, print, receive, check).

    The department manages; the service desk receives sheets and types; the data-protection officer sees and reads.
    """
    if deed == "manage":
        return holds_department_role(person, *MANAGE, at=at)
    if holds_department_role(person, *MANAGE, at=at) or holds_role(person, "desk_officer", at=at):
        return True
    if deed in ("see", "read") and holds_role(person, "data_protection_officer", at=at):
        return True
    return deed == "see" and collection is not None and _kind_lets(person, collection, at)


def _kind_lets(person: Any, collection: Collection, at: datetime) -> bool:
    kind = collection.kind
    return kind in supported_things and supported_things[kind].may_see(person, collection.subject, at)


def check_may(person: Any, deed: str, collection: Collection | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, collection, at):
        raise NotYours


def check_open(collection: Collection, at: datetime) -> None:
    """Raises SignatureRefused for a collection that takes no signature at that moment."""
    if not collection.is_open(at):
        raise SignatureRefused(gettext("Signatures are no longer collected here."))


def check_printing(collection: Collection, at: datetime, *, is_staff: bool) -> None:
    """Raises SignatureRefused. The Office numbers lists after the last day too: they came in time and are only being entered."""
    if not is_staff:
        check_open(collection, at)
    elif collection.closed_at is not None:
        raise SignatureRefused(gettext("The collection is closed. Open it again to receive more sheets."))


def check_online(collection: Collection, thing: Supported | None, at: datetime) -> Supported:
    """The thing, when it takes signatures online at that moment. Raises SignatureRefused."""
    check_open(collection, at)
    if thing is None or not thing.is_online_allowed:
        raise SignatureRefused(gettext("Signatures are collected on paper only. Print a sheet from this page."))
    if thing.until is not None and at >= thing.until:
        raise SignatureRefused(gettext("Signatures are no longer collected here."))
    return thing


def check_signer(thing: Supported, facts: SignerFacts, at: datetime) -> None:
    """Raises SignatureRefused with the words of the thing's own rule."""
    if words := why_not_signer(thing, facts, at):
        raise SignatureRefused(words)


def why_not_signer(thing: Supported | None, facts: SignerFacts, at: datetime) -> str:
    """Words why this person may not sign; a thing that is gone refuses nobody whose sheet is still being typed."""
    return thing.check(facts, at) if thing is not None else ""


def check_kept(collection: Collection) -> None:
    """Raises SignatureRefused once the personal data of a collection are erased: none may come back."""
    if collection.erased_at is not None:
        raise SignatureRefused(gettext("The personal data have been erased. Nothing can be checked any more."))


def check_no_long_number(*texts: str) -> None:
    """Raises SignatureRefused for a PESEL or a telephone beside a person: nobody needs it to count a signature."""
    if any(map(long_number, texts)):
        raise SignatureRefused(
            gettext("A long number stands here, such as a PESEL or a telephone. Take it out: nobody needs it here.")
        )


def check_person(name: str, home: str, *, is_child: bool, guardian: str) -> None:
    """Raises SignatureRefused for a name of one word, an address without a house, a child without a guardian, a long number."""
    check_no_long_number(name, home, guardian)
    if len(likeness.plain_name(name).split()) < 2:
        raise SignatureRefused(gettext("Write the name and the surname in full."))
    if not likeness.plain_home(home).house:
        raise SignatureRefused(gettext("Write the street and the number of the house, for example: ul. Mariacka 12/3."))
    if is_child and len(likeness.plain_name(guardian).split()) < 2:
        raise SignatureRefused(gettext("Write the name and the surname of the guardian who signs for the child."))


def check_contact(used: int, at: datetime) -> None:
    """Raises SignatureRefused when one e-mail address or telephone has confirmed as many as it may."""
    if used >= terms.term("most_per_contact", at):
        raise SignatureRefused(
            gettext("This address or telephone has confirmed as many signatures as it may. Give another one, or sign on paper.")
        )


def check_sheets(count: int, *, is_staff: bool) -> None:
    """Raises SignatureRefused for none or too many sheets at once."""
    if not 1 <= count <= (MOST_SHEETS if is_staff else PUBLIC_SHEETS):
        raise SignatureRefused(gettext("You may print from 1 to %(most)s sheets at once.") % {
            "most": MOST_SHEETS if is_staff else PUBLIC_SHEETS
        })  # fmt: skip


def check_filled(filled: int) -> None:
    """Raises SignatureRefused for a number of lines no sheet has."""
    if not 1 <= filled <= MOST_LINES:
        raise SignatureRefused(gettext("A sheet has from 1 to %(most)s lines.") % {"most": MOST_LINES})


def check_reason(code: str, at: datetime, *, typed: bool = True) -> None:
    """Raises SignatureRefused for a reason that the catalogue does not know, or that nobody types."""
    known = terms.reasons_on(local_day(at))
    if code not in known or typed and code in terms.FOUND_BY_RATUSZ:
        raise SignatureRefused(gettext("Choose a reason from the list."))


def check_typing(line: SheetLine, clerks: list[int], clerk: Any) -> None:
    """Raises SignatureRefused for a line that is typed twice already, or by this person."""
    if clerk.pk in clerks:
        raise SignatureRefused(gettext("You have typed this line already. Another person types it a second time."))
    if line.state not in (LineState.WAITING, LineState.ONCE):
        raise SignatureRefused(gettext("This line has been typed twice already. Somebody may have done it a moment ago."))


def check_settling(line: SheetLine, clerks: list[int], person: Any) -> None:
    """Raises SignatureRefused for a line that does not differ, or when the person typed it."""
    if line.state != LineState.DIFFERS:
        raise SignatureRefused(gettext("This line waits for no third look. Somebody may have settled it a moment ago."))
    if person.pk in clerks:
        raise SignatureRefused(gettext("You have typed this line. A third person settles it."))


def check_ending(signature: Signature, *states: str) -> None:
    """Raises SignatureRefused when the signature does not stand where the deed needs it."""
    if signature.state not in states or signature.erased_at is not None:
        raise SignatureRefused(gettext("This signature has changed a moment ago. Look at it again."))


def check_finishing(collection: Collection, *, open_lines: int, pairs: int, scans: int) -> None:
    """Raises SignatureRefused while the collection is open, a scan not received, a line not decided or a pair not looked at."""
    if collection.closed_at is None:
        raise SignatureRefused(gettext("Close the collection first: the check counts what cannot grow any more."))
    if scans:
        words = gettext("Scans that were sent and not received: %(count)s. Open the collection again and receive the sheets.")
        raise SignatureRefused(words % {"count": scans})
    if open_lines:
        raise SignatureRefused(gettext("Lines that wait: %(count)s. Type and settle them first.") % {"count": open_lines})
    if pairs:
        raise SignatureRefused(gettext("Pairs of similar signatures not looked at: %(count)s.") % {"count": pairs})


def is_withdrawable(signature: Signature) -> bool:
    """Whether the signer may still take it back: until it ended."""
    return signature.state in (State.UNCONFIRMED, State.VALID, State.REPEATED) and signature.erased_at is None
