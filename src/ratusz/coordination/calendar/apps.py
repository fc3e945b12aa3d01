"""Plugs the module into the registries of lower modules."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class CalendarModule(Module):
    name = "ratusz.coordination.calendar"

    def ready(self) -> None:
        from ratusz.foundation.kit.registries import dated_things
        from ratusz.foundation.people.roles import role_permissions
        from ratusz.publishing.website.menus import CALENDAR, MenuEntry, service_entries

        from . import holds, privacy
        from .election_dates import dates_of_elections

        entry = MenuEntry(lambda: str(_("Calendar")), lambda: reverse("calendar:calendar"), order=150)
        service_entries.register(CALENDAR, entry)
        holds.register()
        privacy.register()
        dated_things.register("calendar", dates_of_elections)
        see = ("ratusz_calendar.view_election",)
        role_permissions.register("calendar", dict.fromkeys(("head", "deputy_head", "press_officer", "editor", "moderator"), see))
