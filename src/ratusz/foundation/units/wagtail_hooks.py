"""Where units stand in the Wagtail admin."""

from wagtail import hooks

from ratusz.foundation.units.views.staff import OfficeViewSetGroup


@hooks.register("register_admin_viewset")
def register_office():
    return OfficeViewSetGroup()
