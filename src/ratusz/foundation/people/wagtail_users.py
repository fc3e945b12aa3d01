"""Puts our account screens in the place of Wagtail's."""

from wagtail.users.apps import WagtailUsersAppConfig


class AccountsInWagtail(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS instead of "wagtail.users"."""

    default = False
    user_viewset = "ratusz.foundation.people.views.staff.AccountViewSet"
