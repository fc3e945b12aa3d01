"""Where personal data lie on the platform: names, mailboxes and what people wrote. Erased, an account is a made-up name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of
from ratusz.participation.forum import actions
from ratusz.participation.forum.models import Comment, OldAuthor, Participant, Support

TASK = "art. 6 ust. 1 lit. e RODO: konsultacje z mieszkańcami (art. 5a u.s.g.); do potwierdzenia z inspektorem ochrony danych"
RETENTION = "do usunięcia konta; wpisy bezterminowo pod wymyśloną nazwą, jako część sprawy (do potwierdzenia)"
STAFF = "konto pracownika, który to zrobił w swojej roli"


def _accounts(person: Any):
    return Participant.objects.filter(contact__in=list(addresses_of(person))).order_by("pk")


def erase_with_address(address: Address) -> int:
    """What stands beside one address, when it is erased."""
    return actions.erase_participants(participants=Participant.objects.filter(contact=address))


def _erase(person: Any) -> int:
    names = (getattr(person, "last_name", ""),) if not isinstance(person, str) else ()
    return actions.erase_participants(participants=_accounts(person), names=names)


def _export_accounts(person: Any) -> Iterable[dict[str, Any]]:
    return _accounts(person).values("nickname", "contact__value", "made_at")


def _export_comments(person: Any) -> Iterable[dict[str, Any]]:
    rows = Comment.objects.filter(author__in=_accounts(person)).order_by("pk")
    return rows.values("thread__title", "words", "stance", "written_at", "shown_at", "hidden_at", "edited_at")


def _export_supports(person: Any) -> Iterable[dict[str, Any]]:
    return Support.objects.filter(participant__in=_accounts(person)).values("comment", "given_at")


def _kept(person: Any) -> int:
    """Belongs to a made-up name once the account is erased."""
    return 0


def _nothing(person: Any) -> Iterable[dict[str, Any]]:
    return ()


def register() -> None:
    """Fills the registry of personal data."""
    register_personal_data(
        Participant, fields=("nickname", "contact"), purpose=_("to talk on the platform under one name and be told of answers"),
        legal_basis=TASK, retention=RETENTION, export=_export_accounts, erase=_erase,
    )  # fmt: skip
    register_personal_data(
        Comment, fields=("author", "words"), purpose=_("what residents say in consultations"), legal_basis=TASK,
        retention=RETENTION, export=_export_comments, erase=_kept, not_personal=("staff_author",),
        kept_because=_("the words under a made-up name, without numbers and mailboxes (art. 17 ust. 3 lit. b RODO)"),
    )  # fmt: skip
    register_personal_data(
        Support, fields=("participant",), purpose=_("to count each support once"), legal_basis=TASK, retention=RETENTION,
        export=_export_supports, erase=_kept,
    )  # fmt: skip
    register_personal_data(
        OldAuthor, fields=("name_digest", "address_digest", "claimed_by"), legal_basis=TASK,
        purpose=_("to give back what one wrote on the old forum"), retention="bezterminowo, jako skrót z kluczem",
        export=_nothing, erase=_kept,
    )  # fmt: skip
    not_personal.register("ratusz_forum.Thread.author", "konto na platformie, po usunięciu wymyślona nazwa")
    for name in ("Topic.created_by", "ImportBatch.made_by"):
        not_personal.register(f"ratusz_forum.{name}", STAFF)
