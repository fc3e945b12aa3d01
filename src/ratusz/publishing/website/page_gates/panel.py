"""The list “Before you publish” in the editor of a page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from ratusz.foundation.kit.clock import database_now


class GatesPanel(Panel):
    """What the saved draft still lacks, each with a link to its field."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"heading": _("Before you publish"), "icon": "check"} | kwargs)

    @property
    def clean_name(self) -> str:
        return "gates"

    class BoundPanel(Panel.BoundPanel):
        template_name = "website/panels/gates.html"

        def get_context_data(self, parent_context: dict | None = None) -> dict:
            return super().get_context_data(parent_context) | _findings(self.instance, self.request.user)


def _findings(page: Any, person: Any) -> dict[str, Any]:
    # The page's models name this panel, so what reads them comes later.
    from ratusz.publishing.gates.queries import findings_of
    from ratusz.publishing.gates.registries import gates

    from .holding import holds_of_draft, unread_draft, waiting_with_others
    from .reading import edit_address, reading_of_page, subject_of

    if not page.pk:
        return {"is_saved": False}
    at = database_now()
    reading = reading_of_page(page)
    found, held = findings_of(reading, at), [*waiting_with_others(page.pk), *holds_of_draft(reading, page, person, at)]
    number_blocking = len(held) + sum(finding.blocks for finding in found)
    # The second pair of eyes comes last, as it does when one publishes.
    unread = [] if number_blocking else unread_draft(page, person)
    subject = subject_of(page)
    return {
        "is_saved": True,
        "rows": [
            *({"finding": finding, "name": _("A second pair of eyes"), "way": _("Ask somebody to read it")} for finding in unread),
            *({"finding": finding, "name": _("It has to wait")} for finding in held),
            *({"finding": finding, "name": gates[finding.gate].name} for finding in found),
        ],
        "number_blocking": len(unread) + number_blocking,
        "may_let_through": number_blocking > 0,
        # The moment makes the address another one each time, so that the browser really asks again.
        "again": f"{edit_address(page)}?sprawdzono={at:%H%M%S}#zanim-opublikujesz",
        "override": reverse("gates_of_text", args=[subject]),
        "language": f"{reverse('gates_plain_language')}?tekst={subject}",
    }
