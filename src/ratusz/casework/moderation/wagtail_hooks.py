"""Where moderation stands in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.moderation import rules
from ratusz.casework.moderation.views import staff
from ratusz.foundation.units.who_asks import with_deed


class ModerationMenuItem(MenuItem):
    """Shown to moderators and heads."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("moderacja/", staff.queue, name="moderation_queue"),
        path("moderacja/odwolania/", staff.appeals, name="moderation_appeals"),
        path("moderacja/katalog/", staff.reasons, name="moderation_reasons"),
        path("moderacja/katalog/<int:pk>/wycofaj/", staff.retire, name="moderation_retire"),
        path("moderacja/<int:pk>/", staff.item, name="moderation_item"),
        path("moderacja/<int:pk>/wez/", staff.take, name="moderation_take"),
        path("moderacja/<int:pk>/decyzja/", staff.judge, name="moderation_judge"),
        path("moderacja/<int:pk>/odwolanie/", staff.decide, name="moderation_decide"),
    ]


@hooks.register("register_listening_menu_item")
def moderation_in_menu() -> MenuItem:
    return ModerationMenuItem(_("Moderation"), reverse("moderation_queue"), name="moderation", icon_name="clipboard-list", order=60)
