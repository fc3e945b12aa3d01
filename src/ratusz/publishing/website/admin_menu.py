"""The department's menu in the admin: three groups that modules fill by hooks, in the order of the department's work.

A module registers its entries with `hooks.register("register_speaking_menu_item")`, `…_listening_…` or `…_deciding_…`; a group
without entries does not show.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

GROUPS = (
    ("speaking", _("What we say"), "comment", 200),
    ("listening", _("What residents say"), "group", 300),
    ("deciding", _("What is decided"), "clipboard-list", 400),
)
ORDER = {"desk": 1, "explorer": 100, "images": 150, "reports": 800, "settings": 900, "help": 950}
HIDDEN = {"snippets"}
"""Snippets of modules stand in the groups above, under their own names."""


def group_items() -> list[SubmenuMenuItem]:
    """The three groups, empty ones included (Wagtail does not show them)."""
    return [
        SubmenuMenuItem(label, Menu(register_hook_name=f"register_{name}_menu_item"), name=name, icon_name=icon, order=order)
        for name, label, icon, order in GROUPS
    ]


def arrange(request: HttpRequest, items: list[MenuItem]) -> None:
    """Puts Wagtail's entries in the department's order and takes out what is not used."""
    items[:] = [item for item in items if item.name not in HIDDEN]
    for item in items:
        item.order = ORDER.get(item.name, item.order)


def keep_shortcuts_only(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's own help is English and on another site."""
    items[:] = [item for item in items if item.name not in ("editor-guide",) and not item.name.startswith("whats-new")]
