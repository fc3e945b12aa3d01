"""Plugs the module into the registries of lower modules."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class CalendarModule(Module):
    name = "ratusz.coordination.calendar"

    def ready(self) -> None:
        from ratusz.publishing.website.menus import CALENDAR, MenuEntry, service_entries

        entry = MenuEntry(lambda: str(_("Calendar")), lambda: reverse("calendar:calendar"), order=150)
        service_entries.register(CALENDAR, entry)
