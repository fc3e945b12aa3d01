"""Where the emergency banner stands in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.publishing.following.banner_rules import may
from ratusz.publishing.following.views import staff


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("baner/", staff.banner, name="following_banner"),
        path("baner/<int:pk>/", staff.settle_banner, name="following_settle_banner"),
    ]


class BannerMenuItem(MenuItem):
    """Seen by whoever may write one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may(*with_deed(request, "write"))


@hooks.register("register_speaking_menu_item")
def banner_menu_item() -> MenuItem:
    return BannerMenuItem(_("Emergency banner"), reverse("following_banner"), name="banner", icon_name="warning", order=90)
