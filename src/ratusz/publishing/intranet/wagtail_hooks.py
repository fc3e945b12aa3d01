"""Where notices are written in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.publishing.intranet.views import staff
from ratusz.publishing.intranet.views.buildings import BuildingViewSet


class NoticesMenuItem(MenuItem):
    """Shown to whoever writes to staff: the department, and heads to their own units; the rules decide about each notice."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ratusz_intranet.add_notice")


@hooks.register("register_admin_viewset")
def register_buildings() -> BuildingViewSet:
    return BuildingViewSet()


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("intranet/", staff.notices, name="intranet_notices"),
        path("intranet/nowe/", staff.write, name="intranet_write"),
        path("intranet/<int:pk>/", staff.edit, name="intranet_edit"),
        path("intranet/<int:pk>/opublikuj/", staff.publish, name="intranet_publish"),
        path("intranet/<int:pk>/zamknij/", staff.close, name="intranet_close"),
        path("intranet/<int:pk>/raport/", staff.report, name="intranet_report"),
        path("intranet/<int:pk>/arkusz/<int:unit>/", staff.sheet, name="intranet_sheet"),
        path("intranet/<int:pk>/podpisy/<int:unit>/", staff.enter_sheet, name="intranet_enter_sheet"),
    ]


@hooks.register("register_speaking_menu_item")
def notices_in_menu() -> MenuItem:
    return NoticesMenuItem(
        _("Notices to staff"), reverse("intranet_notices"), name="intranet", icon_name="clipboard-list", order=400
    )


@hooks.register("register_admin_menu_item")
def intranet_in_menu() -> MenuItem:
    return MenuItem(_("Intranet"), reverse("intranet:home"), name="intranet-pages", icon_name="home", order=60)
