"""What the admin needs beyond Wagtail's own views."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.i18n import JavaScriptCatalog

GAPS = (
    _("A network error occurred."),
    _("A server error occurred."),
    _("Autosave in progress…"),
    _("Changes have been autosaved."),
    _("Complex"),
    _("Fair"),
    _("Good"),
)
"""Words of Wagtail's scripts that its Polish catalogue leaves in English."""


class AdminCatalog(JavaScriptCatalog):
    """The words of Wagtail's scripts, with the gaps of its Polish catalogue filled from ours."""

    packages = ["wagtail.admin"]

    def get_catalog(self) -> dict:
        return super().get_catalog() | {words: gettext(words) for words in GAPS}
