"""Plugs rights to pictures into the registries: the gate, uses on pages, outlets, moves, documents of consents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.foundation.kit.registries import moves
from ratusz.publishing.gates.registries import gates
from ratusz.publishing.messages.pictures import picture_rights
from ratusz.publishing.website.registries import image_uses, picture_outlets

from . import gate, message_pictures, rules, uses
from .actions import CONSENT_PURPOSE
from .moves import moves_of

OUTLETS_OF_PICTURES = {
    "www": _("the city's website"),
    "newsletter": _("the newsletter"),
    "bulletin": _("the informator in print"),
    "social": _("social media"),
    "press": _("the press"),
    "intranet": _("the intranet"),
    "poster": _("posters and notice boards"),
    "screen": _("screens in the Office"),
}
KEPT_AS_LONG_AS_THE_PICTURE = 365 * 20
"""Days; a consent is proof as long as the picture may be shown."""


def register() -> None:
    """Called once, from the portal's ready()."""
    gates.register(gate.CODE, gate.PASSPORT_GATE)
    image_uses.register("website", uses.uses_on_pages)
    image_uses.register("messages", message_pictures.uses_in_messages)
    picture_rights.register("website.passports", message_pictures.refuses)
    image_uses.register("elsewhere", uses.uses_elsewhere)
    moves.register("website.passports", moves_of)
    for code, words in OUTLETS_OF_PICTURES.items():
        picture_outlets.register(code, words)
    consents = FilePurpose(
        name=_("Consents to be shown in pictures"), kinds=("pdf", "jpeg", "png"), keep_days=KEPT_AS_LONG_AS_THE_PICTURE,
        may_read=lambda person, file, at: rules.may(person, "see_consent", None, at),
    )  # fmt: skip
    file_purposes.register(CONSENT_PURPOSE, consents)
