"""Where units and invitations stand in the Wagtail admin."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.views import invitations
from ratusz.foundation.units.views.staff import OfficeViewSetGroup


class InvitationsMenuItem(MenuItem):
    """Shown to the roles that invite; whom and where they may stands in the rules."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ratusz_units.add_accountinvitation")


class Office(OfficeViewSetGroup):
    """The Office in the menu, with the invitations, which are no viewset."""

    def get_submenu_items(self):
        invite = InvitationsMenuItem(_("Invitations"), reverse("units_invitations"), name="invitations", icon_name="mail", order=90)
        return [*super().get_submenu_items(), invite]


@hooks.register("register_admin_viewset")
def register_office():
    return Office()


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("invitations/", invitations.invitations, name="units_invitations"),
        path("invitations/new/", invitations.new_invitation, name="units_new_invitation"),
        path("invitations/<uuid:pk>/", invitations.settle_invitation, name="units_settle_invitation"),
    ]
