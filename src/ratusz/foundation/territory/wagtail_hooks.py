"""Where the map of the city stands in the Wagtail admin."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.rules import may
from ratusz.foundation.territory.views import staff


@hooks.register("register_admin_urls")
def register_urls():
    return [path("territory/import/", staff.import_map, name="territory_staff_import")]


class MapMenuItem(MenuItem):
    """Seen by whoever may change the map."""

    def is_shown(self, request) -> bool:
        return may(request.user, "import_map", None, database_now())


@hooks.register("register_admin_menu_item")
def map_menu_item():
    return MapMenuItem(_("Shapes and streets"), reverse("territory_staff_import"), icon_name="globe", order=720)
