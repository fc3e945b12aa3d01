"""Where the ledger stands in the Wagtail admin, and that no published page goes down or is deleted without a reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from ratusz.foundation.units.who_asks import with_deed

from . import rules
from .views import register, staff


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("rejestr-tresci/", register.units, name="ledger"),
        path("rejestr-tresci/strony/", register.pages, name="ledger_pages"),
        path("rejestr-tresci/strona/<int:page_id>/", register.page, name="ledger_page"),
        path("rejestr-tresci/strona/<int:page_id>/potwierdz/", register.confirm, name="ledger_confirm"),
        path("rejestr-tresci/zdjete/", staff.taken_down, name="ledger_taken_down"),
        path("rejestr-tresci/zdejmij/<int:page_id>/", staff.take_down, name="ledger_take_down"),
        path("rejestr-tresci/przywroc/<int:pk>/", staff.bring_back, name="ledger_bring_back"),
    ]


class LedgerMenuItem(MenuItem):
    """Shown to whoever keeps pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see_ledger"))


@hooks.register("register_speaking_menu_item")
def ledger_in_the_menu() -> MenuItem:
    return LedgerMenuItem(gettext_lazy("Ledger of content"), reverse("ledger"), name="ledger", icon_name="list-ul", order=300)


class TakenDownMenuItem(MenuItem):
    """Shown to whoever may bring pages back."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "bring_back"))


@hooks.register("register_speaking_menu_item")
def taken_down_in_the_menu() -> MenuItem:
    return TakenDownMenuItem(
        gettext_lazy("Pages taken down"), reverse("ledger_taken_down"), name="taken-down", icon_name="view", order=310
    )


@hooks.register("before_unpublish_page")
def ask_why_it_goes(request: HttpRequest, page: Page) -> HttpResponse:
    return redirect("ledger_take_down", page.pk)


@hooks.register("before_delete_page")
def take_down_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A draft may be deleted; what readers can open goes down with a reason first."""
    if page.live:
        messages.warning(request, _("This page is published. Say first why it goes; after that you can delete it."))
        return redirect("ledger_take_down", page.pk)
    if page.get_descendants().live().exists():
        messages.warning(request, _("There are published pages below this one. Move them or take them down first."))
        return redirect("wagtailadmin_explore", page.pk)
    return None


@hooks.register("before_bulk_action")
def one_at_a_time(request: HttpRequest, action_type: str, objects: list, action: object) -> HttpResponse | None:
    """Many pages have many reasons."""
    if action_type not in ("unpublish", "delete") or not any(isinstance(each, Page) and _is_read(each) for each in objects):
        return None
    messages.warning(request, _("Published pages are taken down one at a time: each has its own reason."))
    return redirect("wagtailadmin_explore_root")


def _is_read(page: Page) -> bool:
    return page.get_descendants(inclusive=True).live().exists()
