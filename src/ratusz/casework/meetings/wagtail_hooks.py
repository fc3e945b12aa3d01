"""Where meetings stand in the Wagtail admin: under what is decided."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.casework.meetings import rules
from ratusz.casework.meetings.models import MeetingDuty
from ratusz.casework.meetings.views.staff import day_urls, minutes_urls, planning_urls
from ratusz.foundation.units.who_asks import with_deed


class DaysMenuItem(MenuItem):
    """Shown to whoever sees meetings or has a task at one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see")) or MeetingDuty.objects.filter(person=request.user.pk).exists()


class SeenMenuItem(MenuItem):
    """Shown to whoever sees meetings."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        *day_urls.urlpatterns,
        *minutes_urls.urlpatterns,
        *planning_urls.urlpatterns,
    ]


@hooks.register("register_deciding_menu_item")
def days_in_menu() -> MenuItem:
    return DaysMenuItem(_("At meetings"), reverse("meetings_days"), name="meeting-days", icon_name="group", order=20)


@hooks.register("register_deciding_menu_item")
def meetings_in_menu() -> MenuItem:
    return SeenMenuItem(_("Meetings"), reverse("meetings_register"), name="meetings", icon_name="date", order=10)


@hooks.register("register_deciding_menu_item")
def minutes_in_menu() -> MenuItem:
    address = reverse("meetings_minutes_register")
    return SeenMenuItem(_("Minutes of meetings"), address, name="minutes", icon_name="doc-full", order=30)
