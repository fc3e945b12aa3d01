"""Buildings in the Wagtail admin: plain facts, so Wagtail's own form and log are the action."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from ratusz.publishing.intranet.forms import BuildingForm
from ratusz.publishing.intranet.models import Building


class BuildingViewSet(ModelViewSet):
    """Which units work where."""

    model = Building
    icon = "home"
    menu_label = _("Buildings")
    menu_hook = "register_speaking_menu_item"
    menu_order = 410
    add_to_settings_menu = False
    add_to_admin_menu = False
    url_prefix = "buildings"
    copy_view_enabled = False
    list_display = ["name", "address"]
    list_export = ["name", "address"]
    export_filename = "budynki"
    search_fields = ["name", "address"]
    ordering = ["name"]

    def get_form_class(self, for_update=False):
        return BuildingForm
