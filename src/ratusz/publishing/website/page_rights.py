"""What each role may do with the portal's pages and pictures; the groups follow from appointments (foundation/people/roles.py)."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, PagePermissionTester

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.rules import holds_role

from .models.care import PageCare

EVERYTHING = ("add", "change", "publish", "lock", "unlock")
PAGES = {
    "editor": EVERYTHING,
    "head": EVERYTHING,
    "deputy_head": EVERYTHING,
    "press_officer": ("add", "change"),
    "unit_editor": ("add",),
}
"""The department publishes; others write and hand in. A unit's editor changes the own pages and those the unit looks after."""
PICTURES = dict.fromkeys(PAGES, ("add", "change", "choose")) | {"unit_editor": ("add", "choose")}
"""Whoever only adds pictures changes and deletes the own ones (picture_policy.py)."""


def give_page_rights(group: Group, code: str) -> None:
    """Rights on the whole tree and on the pictures; repeatable, run after every migrate."""
    root, pictures = Page.get_first_root_node(), Collection.get_first_root_node()
    if code not in PAGES or root is None or pictures is None:
        return
    rights = [f"{right}_page" for right in PAGES[code]]
    GroupPagePermission.objects.filter(group=group, page=root).exclude(permission__codename__in=rights).delete()
    for right in PAGES[code]:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    rights = [f"{right}_image" for right in PICTURES[code]]
    GroupCollectionPermission.objects.filter(group=group, collection=pictures).exclude(permission__codename__in=rights).delete()
    for right in PICTURES[code]:
        permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=f"{right}_image")
        GroupCollectionPermission.objects.get_or_create(group=group, collection=pictures, permission=permission)
    if "publish" in PAGES[code]:
        _let_approve(group)


class CareOfUnits(PagePermissionTester):
    """Wagtail's rights on one page, and the right to change it for the editors of the unit that looks after it."""

    def can_edit(self) -> bool:
        return super().can_edit() or (
            "add" in getattr(self, "permissions", ()) and not self.page_is_root and self._is_looked_after()
        )

    def _is_looked_after(self) -> bool:
        care = PageCare.objects.filter(page=self.page.pk).select_related("owner_unit").first()
        unit = care and care.owner_unit
        return bool(unit) and holds_role(self.user, "unit_editor", unit=unit, at=database_now())


def _let_approve(group: Group) -> None:
    """Whoever publishes approves what others hand in: nobody of ours is in the group that Wagtail's first task names."""
    for task in GroupApprovalTask.objects.filter(groups__name="Moderators"):
        task.groups.add(group)
