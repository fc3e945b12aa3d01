"""The department's menu in the admin: three groups that modules fill by hooks, in the order of the department's work.

A module registers its entries with `hooks.register("register_speaking_menu_item")`, `…_listening_…` or `…_deciding_…`; a group
without entries does not show.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from ratusz.publishing.website.models import NewsIndexPage

GROUPS = (
    ("speaking", _("What we say"), "comment", 200),
    ("listening", _("What residents say"), "group", 300),
    ("deciding", _("What is decided"), "clipboard-list", 400),
)
ORDER = {"desk": 1, "news": 50, "write-news": 51, "explorer": 100, "images": 150, "reports": 800, "settings": 900, "help": 950}
HIDDEN = {"snippets"}
"""Snippets of modules stand in the groups above, under their own names."""


def group_items() -> list[SubmenuMenuItem]:
    """The three groups, empty ones included (Wagtail does not show them)."""
    return [
        SubmenuMenuItem(label, Menu(register_hook_name=f"register_{name}_menu_item"), name=name, icon_name=icon, order=order)
        for name, label, icon, order in GROUPS
    ]


def address_of_new_news(request: HttpRequest) -> str:
    """Where an empty piece of news is, for whoever may write one; "" for others."""
    index = list_for_writers(request)
    return reverse("wagtailadmin_pages:add", args=["ratusz_website", "newspage", index.pk]) if index else ""


def list_for_writers(request: HttpRequest) -> NewsIndexPage | None:
    """The Polish list of news for whoever may add to it; looked up once a request."""
    if not hasattr(request, "news_list_for_writers"):
        index = NewsIndexPage.objects.filter(locale__language_code="pl").first()
        may_add = index is not None and index.permissions_for_user(request.user).can_add_subpage()
        request.news_list_for_writers = index if may_add else None
    return request.news_list_for_writers


class NewsMenuItem(MenuItem):
    """Straight to the list of news: what an editor opens ten times a day."""

    def __init__(self) -> None:
        super().__init__(_("News"), "", name="news", icon_name="doc-full", order=ORDER["news"])

    def is_shown(self, request: HttpRequest) -> bool:
        index = list_for_writers(request)
        self.url = reverse("wagtailadmin_explore", args=[index.pk]) if index else ""
        return index is not None


class WriteNewsMenuItem(MenuItem):
    """Straight to an empty piece of news, in words: Wagtail shows a plus sign alone."""

    def __init__(self) -> None:
        super().__init__(_("Write news"), "", name="write-news", icon_name="plus", order=ORDER["write-news"])

    def is_shown(self, request: HttpRequest) -> bool:
        self.url = address_of_new_news(request)
        return bool(self.url)


class WriteNewsPanel(Component):
    """The same as a button on the desk."""

    name, order, begins_work = "write-news", 5, True
    template_name = "website/desk_write_news.html"

    def __init__(self, address: str) -> None:
        self.address = address

    def get_context_data(self, parent_context: dict) -> dict:
        return {"address": self.address}


def put_writing_on_the_desk(request: HttpRequest, panels: list) -> None:
    if address := address_of_new_news(request):
        panels.append(WriteNewsPanel(address))


def arrange(request: HttpRequest, items: list[MenuItem]) -> None:
    """Puts Wagtail's entries in the department's order and takes out what is not used."""
    items[:] = [item for item in items if item.name not in HIDDEN]
    for item in items:
        item.order = ORDER.get(item.name, item.order)


def keep_shortcuts_only(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own help is English and on another site."""
    items[:] = [item for item in items if item.name not in ("editor-guide",) and not item.name.startswith("whats-new")]


def keep_reports_of_the_office(request: HttpRequest, items: list[MenuItem]) -> None:
    """Counts of page types are for programmers."""
    items[:] = [item for item in items if item.name != "page-types-usage"]
