"""The intranet as an outlet of messages: a message becomes a notice to staff and stays in step with it; nothing is typed twice."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.publishing.intranet import actions
from ratusz.publishing.intranet.models import Notice
from ratusz.publishing.intranet.structure import from_text
from ratusz.publishing.messages import wording
from ratusz.publishing.messages.outlets import Form, Outlet, outlets
from ratusz.publishing.messages.queries import content_of

CODE = "intranet"
LONGEST_TITLE, LONGEST_LEAD = 140, 300


def source_of(message: Any) -> str:
    """The key by which the notice of a message is found."""
    return f"messages.message:{message.pk}"


def address(message: Any) -> str:
    """The notice made from the message; "" while there is none."""
    notice = Notice.objects.filter(source=source_of(message)).first()
    return reverse("intranet:notice", args=[notice.pk]) if notice else ""


def follow(message: Any) -> None:
    """Makes the notice, brings it in step with a correction, or closes it when the message is withdrawn."""
    if message.withdrawn_at:
        actions.close_message(source=source_of(message))
        return
    sent = message.variants.filter(outlet=CODE, release__isnull=False).select_related("release__facts", "release__approved_by")
    variant = sent.first()
    if variant is None:
        return
    actions.show_message(
        source=source_of(message), owner_unit=message.owner_unit, person=variant.release.approved_by,
        facts=_facts(message, variant.release), what_changed=_correction(message),
    )  # fmt: skip


def _facts(message: Any, release: Any) -> dict[str, Any]:
    content = content_of(message, release.facts)
    title = wording.filled("{tytul}", content)[:LONGEST_TITLE]
    lead = wording.filled("{krotko}", content).replace("\n", " ")
    text = release.text.removeprefix(wording.filled("{krotko}", content)).strip()
    shown = lead if len(lead) <= LONGEST_LEAD else ""
    return {"title": title, "lead": shown, "body": from_text(text if shown else release.text), "valid_until": message.valid_until}


def _correction(message: Any) -> str:
    """What the newest published correction says, for those who read the first version."""
    newest = message.corrections.filter(published_at__isnull=False).order_by("-published_at").first()
    return newest.is_right[:300] if newest else ""


def register() -> None:
    """Puts the intranet into the registry of outlets; called from ready()."""
    outlets.register(
        CODE,
        Outlet(
            code=CODE, name=_("intranet"), form=Form.PAGE, order=60, is_offered=False, is_live=True, follow=follow, address=address
        ),
    )
