"""What an image-rights passport allows: basis, scope, event, minors, dates; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.kit.words import search_key
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.publishing.website.models.passports import Basis, ImageConsent, ImagePassport, Minors, PicturePurpose
from ratusz.publishing.website.registries import words_of_outlet

KEEPERS = ("editor", "head", "deputy_head", "press_officer")
EXPIRES_SOON = timedelta(days=30)


class PassportRefused(ValueError):
    """A passport cannot be written as asked; the words say why."""


class ConsentWithdrawn(PassportRefused):
    """Nothing is written into the passport of a picture whose consent was withdrawn."""

    def __str__(self) -> str:
        return _("The consent to this picture was withdrawn. Take another picture.")


class StillInUse(ValueError):
    """The place still shows the picture."""

    def __str__(self) -> str:
        return _(
            "This place still shows the picture to whoever edits it, though readers see it no more. Take it out there, publish, "
            "and come back."
        )


@dataclass(frozen=True)
class Occasion:
    """What a text speaks of: its words and the days it names. An event's picture serves that event alone."""

    words: str = ""
    days: tuple[date, ...] = ()


def needed_consents(basis: str, minors: str) -> frozenset[str]:
    """Whose signed consent there must be: the person's, the parents' under 13, both between 13 and 17 (the stricter reading)."""
    if basis not in (Basis.CONSENT, Basis.PAYMENT):
        return frozenset()
    who = ImageConsent.Who
    return {
        Minors.UNDER_13: frozenset({who.PARENTS.value}),
        Minors.TEENS: frozenset({who.PARENTS.value, who.PERSON.value}),
    }.get(Minors(minors), frozenset({who.PERSON.value}))


def missing_consents(basis: str, minors: str, signed: Collection[str]) -> str | None:
    """What is missing among the signed consents, in words; None when all are there."""
    missing = needed_consents(basis, minors) - set(signed)
    if not missing:
        return None
    if missing == {ImageConsent.Who.PARENTS}:
        return _("The consent of the parents is missing. Add it to the passport.")
    if len(missing) == 1:
        return _("The consent of the person in the picture is missing. Add it to the passport.")
    return _("The consents of the parents and of the person in the picture are missing. Add both to the passport.")


def is_refused_for_minors(basis: str, minors: str) -> bool:
    """A child who can be recognised is neither "nobody" nor a person in a public role."""
    return minors != Minors.NONE and basis in (Basis.NOBODY, Basis.PUBLIC_ROLE)


def refusal(passport: ImagePassport | None, outlet: str, at: datetime, *, purpose: str = PicturePurpose.INFORMATION) -> str | None:
    """Why the picture may not be used in that outlet at that moment, in words; None when it may. `outlet` "" asks of no place."""
    if passport is None:
        return _("This picture has no image-rights passport. Fill it in: who is in it, on what basis, where it may be shown.")
    if passport.withdrawn_at is not None:
        return _("The consent to this picture was withdrawn. Take another picture.")
    if is_for_another_file(passport):
        return _("The file of this picture was replaced after its passport was written. Check the passport and save it again.")
    needs = needed_consents(passport.basis, passport.minors)
    signed = {consent.who_signed for consent in passport.kept_consents()} if needs else ()
    return (
        _by_date(passport, local_day(at))
        or _by_scope(passport, outlet, purpose)
        or missing_consents(passport.basis, passport.minors, signed)
    )


def is_for_another_file(passport: ImagePassport) -> bool:
    """Whether the picture's file was replaced after its passport was written."""
    return bool(passport.file_hash and passport.image.file_hash) and passport.file_hash != passport.image.file_hash


def is_hidden(passport: ImagePassport | None) -> bool:
    """Whether no page shows the picture, whatever its text says: the consent was withdrawn, or nobody vouched for this file."""
    return passport is not None and (passport.withdrawn_at is not None or is_for_another_file(passport))


def _by_date(passport: ImagePassport, today: date) -> str | None:
    if passport.valid_from and today < passport.valid_from:
        return _("This picture may be used only from %(day)s.") % {"day": polish_date(passport.valid_from)}
    if passport.valid_until and today > passport.valid_until:
        return _("This picture could be used until %(day)s. Take another one or write down a new consent.") % {
            "day": polish_date(passport.valid_until)
        }
    return None


def _by_scope(passport: ImagePassport, outlet: str, purpose: str) -> str | None:
    if outlet and not passport.is_for_all_outlets and outlet not in passport.outlets:
        allowed = ", ".join(words_of_outlet(code) for code in passport.outlets)
        return _("This picture may not be shown here (%(outlet)s), only in: %(allowed)s.") % {
            "outlet": words_of_outlet(outlet),
            "allowed": allowed,
        }
    if purpose == PicturePurpose.PROMOTION and passport.purpose != PicturePurpose.PROMOTION:
        return _("This picture serves information only, not promotion. Take another one or write down a new consent.")
    return None


def warning(passport: ImagePassport, occasion: Occasion) -> str | None:
    """A picture of an event under a text of something else, in words; None when it fits or a further basis is written down."""
    if not passport.event_name or passport.further_basis:
        return None
    if passport.event_date in occasion.days or search_key(passport.event_name) in search_key(occasion.words):
        return None
    return _(
        "This picture was taken at “%(event)s” and serves that event alone; the text does not speak of it. "
        "Take another picture, or write a basis beyond the event into the passport."
    ) % {"event": passport.event_name}


def words_why_not_withdrawn(*, has_passport: bool) -> str:
    """Why a consent cannot be withdrawn as asked."""
    if not has_passport:
        return _("This picture has no passport, so there is no consent to withdraw. Take the picture out of the texts.")
    return _("Write why the consent is withdrawn: who asked for it and how, without a name.")


def words_for_a_note() -> str:
    """What is asked of whoever finishes a task."""
    return _("Write in a few words what was done here.")


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Who does what with pictures. `subject` is the picture or its passport, None for all.

    `see`: whoever writes, in units too. `write_passport`: the department, in a unit whoever put the picture in.
    `withdraw` and `see_consent`: the department and the data protection officer. `finish_task`: the department.
    """
    if deed == "see":
        return holds_role(person, *KEEPERS, "unit_editor", "data_protection_officer", at=at)
    if holds_department_role(person, *KEEPERS, at=at):
        return True
    if deed == "write_passport":
        own = subject is None or getattr(subject, "uploaded_by_user_id", None) == person.pk
        return own and holds_role(person, "unit_editor", at=at)
    return deed in ("withdraw", "see_consent") and holds_role(person, "data_protection_officer", at=at)
