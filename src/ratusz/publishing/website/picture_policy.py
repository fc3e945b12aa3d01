"""Who changes and deletes which picture in Wagtail: the department all, whoever only adds pictures the own unused ones."""

from __future__ import annotations

from typing import Any

from wagtail.images.models import Image
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

from .models import PortalImage
from .passports.uses import is_used_by_others


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's ownership, and besides: what others show is not deleted by whoever may change own pictures alone."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: PortalImage) -> bool:
        wanted = set(actions)
        if "delete" in wanted and not self.changes_all(user, instance) and is_used_by_others(instance, user):
            wanted.discard("delete")
        return bool(wanted) and super().user_has_any_permission_for_instance(user, wanted, instance)

    def changes_all(self, user: Any, image: PortalImage) -> bool:
        """Whether the person changes pictures of others as well."""
        return self._check_perm(user, ["change"], collection=image.collection)


PICTURE_POLICY = PicturePolicy(PortalImage, auth_model=Image, owner_field_name="uploaded_by_user")


def register() -> None:
    """Called once, from the portal's ready(); of the exact class, so that it stands whichever module is ready first."""
    register_permission_policy(PortalImage, PICTURE_POLICY, exact_class=True)
