"""Where personal data lie in minutes: whoever was asked to read them and what they said, and who approved and published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.models import MinutesPublication, MinutesVersion, ReviewLink, Suggestion
from ratusz.casework.meetings.privacy import TASK
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.notifications.privacy import addresses_of


def erase_with_address(address: Address) -> int:
    """Who read minutes at that address."""
    return actions.erase_review_links(links=ReviewLink.objects.filter(address=address))


def _links_of(person: Any):
    return ReviewLink.objects.filter(address__in=addresses_of(person)).order_by("pk")


def _export_links(person: Any) -> Iterable[dict[str, Any]]:
    return _links_of(person).values("minutes__meeting__title", "name", "address__value", "made_at", "agreed_at")


def _export_suggestions(person: Any) -> Iterable[dict[str, Any]]:
    rows = Suggestion.objects.filter(link__in=_links_of(person)).order_by("pk")
    return rows.values("minutes__meeting__title", "place_words", "proposed", "remark", "made_at", "state", "reason")


def _versions_by(person: Any) -> Iterable[dict[str, Any]]:
    return MinutesVersion.objects.filter(approved_by=getattr(person, "pk", None)).values("minutes__number", "number", "approved_at")


def _publications_by(person: Any) -> Iterable[dict[str, Any]]:
    rows = MinutesPublication.objects.filter(published_by=getattr(person, "pk", None))
    return rows.values("version__minutes__number", "version__number", "published_at")


def register() -> None:
    """Fills the registry of personal data."""
    said = _("what was said of the text belongs to the case of the meeting (art. 17 ust. 3 lit. b RODO)")
    record = _("minutes are a record of the city's work: the whole text stays in the case (art. 17 ust. 3 lit. b i d RODO)")
    register_personal_data(
        ReviewLink, fields=("name", "address"), purpose=_("to let participants read minutes and send remarks"), legal_basis=TASK,
        retention="jak sprawa spotkania", export=_export_links,
        erase=lambda person: actions.erase_review_links(links=_links_of(person)), kept_because=said,
    )  # fmt: skip
    register_personal_data(
        Suggestion, fields=("link", "proposed", "remark"), purpose=_("to mend minutes"), legal_basis=TASK,
        retention="jak sprawa spotkania", export=_export_suggestions, erase=lambda person: 0, kept_because=said,
    )  # fmt: skip
    for model, export in ((MinutesVersion, _versions_by), (MinutesPublication, _publications_by)):
        field = "approved_by" if model is MinutesVersion else "published_by"
        register_personal_data(
            model, fields=(field,), purpose=_("to keep what was approved and published, and by whom"), legal_basis=TASK,
            retention="jak sprawa spotkania", export=export, erase=lambda person: 0, kept_because=record,
        )  # fmt: skip
    for name, reason in LOOKS_PERSONAL.items():
        not_personal.register(f"ratusz_meetings.{name}", reason)


STAFF = "numer konta pracownika, który pisze protokół w imieniu miasta"
LOOKS_PERSONAL = dict.fromkeys(
    ("Minutes.begun_by", "MinutesBlock.changed_by", "MinutesUpload.uploaded_by", "ReviewLink.made_by", "Suggestion.decided_by"),
    STAFF,
)
