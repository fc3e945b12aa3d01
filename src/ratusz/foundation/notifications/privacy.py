"""What the privacy tools need: where personal data lie in this module, how they are shown to the person and erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import register_personal_data
from ratusz.foundation.notifications import actions, rules
from ratusz.foundation.notifications.models import (
    Address,
    Consent,
    ConsentRequest,
    Content,
    DigestItem,
    OutboxMessage,
    PrintedLetter,
    RecipientHour,
    RhythmChoice,
    Suppression,
)

DUTY = "art. 6 ust. 1 lit. c i e RODO"
CONSENT_OR_DUTY = f"zgoda (art. 6 ust. 1 lit. a RODO), a bez zgody, dla wiadomości, które się należą: {DUTY}"
WITH_ADDRESS = "razem z adresem"
ADDRESS_KEPT = "do wycofania zgody; bez zgody 90 dni po ostatniej wiadomości, po pytaniu bez odpowiedzi 7 dni"


def addresses_of(person: Any) -> QuerySet[Address]:
    """The addresses of an account, of an address row, or of an e-mail, number or postal address as text."""
    if isinstance(person, Address):
        return Address.objects.filter(pk=person.pk)
    if isinstance(person, str):
        return Address.objects.filter(lookup__in=_lookups(person))
    return Address.objects.filter(Q(person=person) | Q(lookup__in=_lookups(getattr(person, "email", ""))))


def _lookups(text: str) -> list[str]:
    found = []
    for channel in ("email", "sms", "letter"):
        try:
            found.append(rules.lookup_of(channel, rules.clean_address(channel, text), settings.RATUSZ_LOOKUP_KEY))
        except rules.NotDeliverable:
            continue
    return found


def _erase(person: Any) -> int:
    return sum(actions.erase_address(address=address) for address in addresses_of(person))


def _erased_with_address(person: Any) -> int:
    """Erasing the address takes everything around it along; asked twice, the second time finds nothing."""
    return _erase(person)


def _export(model: Any, path: str, fields: tuple[str, ...]) -> Callable[[Any], Iterable[dict[str, Any]]]:
    def rows(person: Any) -> Iterable[dict[str, Any]]:
        return model.objects.filter(**{f"{path}__in": addresses_of(person)}).order_by("pk").values(*fields)

    return rows


def _suppressions(person: Any) -> Iterable[Any]:
    lookups = list(addresses_of(person).values_list("lookup", flat=True))
    return Suppression.objects.filter(lookup__in=lookups).values("channel", "reason", "since", "lifted_at")


def register() -> None:
    """Fills the registry of personal data with this module's models."""
    _add(Address, ("value", "lookup", "person"), _("to reach the person"), CONSENT_OR_DUTY, ADDRESS_KEPT, _addresses)
    _add(
        Consent,
        ("address",),
        _("proof of the consent"),
        DUTY,
        "bez adresu, jako dowód zgody",
        _export(Consent, "address", CONSENT_FIELDS),
        kept_because=_("the consent without the address, as its proof: art. 7 ust. 1, art. 17 ust. 3 lit. e RODO"),
    )
    _around(ConsentRequest, "address", ("address",), ("purpose", "asked_at"), "7 dni", 7)
    _around(
        OutboxMessage, "address", ("address", "variables"), MESSAGE_FIELDS, "treść 90 dni", 90,
        _("that a message was sent and when, without address and text: art. 5 ust. 2 RODO"),
    )  # fmt: skip
    _around(Content, "messages__address", ("subject", "text", "html"), ("subject", "text"), "90 dni", 90)
    _around(RecipientHour, "address", ("address",), ("purpose", "hour", "count"), "2 dni", 2)
    _around(RhythmChoice, "address", ("address",), ("purpose", "rhythm"), WITH_ADDRESS)
    _around(DigestItem, "address", ("address", "title", "url"), ("purpose", "title", "url", "happened_at"), WITH_ADDRESS)
    _around(PrintedLetter, "message__address", ("recipient", "subject", "text"), ("recipient", "subject", "text"), "90 dni", 90)
    _add(
        Suppression,
        ("lookup",),
        _("not to write again"),
        DUTY,
        "do odwołania, jako skrót z kluczem",
        _suppressions,
        lambda person: 0,
        kept_because=_("the objection as a keyed digest, so that nobody writes again: art. 21 ust. 3 RODO"),
    )


CONSENT_FIELDS = ("purpose", "text__text", "given_through", "asked_at", "confirmed_at", "withdrawal__withdrawn_at")
MESSAGE_FIELDS = ("channel", "purpose", "content__subject", "variables", "state", "made_at", "sent_at")


def _addresses(person: Any) -> Iterable[Any]:
    return addresses_of(person).order_by("pk").values("channel", "value", "made_at", "confirmed_at")


def _around(
    model: Any, path: str, fields: tuple[str, ...], shown: tuple[str, ...], kept: str, days: int | None = None, because: Any = ""
) -> None:
    export = _export(model, path, shown)
    _add(model, fields, _("to write to the person"), DUTY, kept, export, retention_days=days, kept_because=because)


def _add(
    model: Any, fields: tuple[str, ...], purpose: Any, basis: str, kept: str, export: Callable[[Any], Iterable[dict[str, Any]]],
    erase: Callable[[Any], int] = _erased_with_address, **more: Any,
) -> None:  # fmt: skip
    register_personal_data(
        model, fields=fields, purpose=purpose, legal_basis=basis, retention=kept, export=export, erase=erase, **more
    )
