"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class MeetingsModule(Module):
    name = "ratusz.casework.meetings"

    def ready(self) -> None:
        self._registering()
        self._the_day()

    def _registering(self) -> None:
        from ratusz.casework.meetings import privacy
        from ratusz.foundation.notifications.registry import erased_with_address

        privacy.register()
        erased_with_address.register("meetings", privacy.erase_with_address)

    def _the_day(self) -> None:
        from ratusz.casework.documents.registries import Series, number_series
        from ratusz.casework.meetings import actions, privacy_of_the_day
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.notifications.registry import erased_with_address

        privacy_of_the_day.register()
        erased_with_address.register("meetings.day", privacy_of_the_day.erase_with_address)
        number_series.register("meetings.request", Series(_("requests from meetings"), "W/{year}/{number:04}"))
        register_action("meetings.forget_the_day", actions.forget_the_day, what=_("Forget words people left at meetings"))
