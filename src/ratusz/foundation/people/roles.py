"""The roles of the department as data, and the Wagtail groups that follow from them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ratusz.foundation.kit.registries import Registry
from ratusz.foundation.people.models import Role

PACK = Path(__file__).parent / "packs" / "roles.toml"
GROUP_PREFIX = "rola: "

role_permissions: Registry[dict[str, tuple[str, ...]]] = Registry("permissions of roles")
"""Module -> {role code: ("app_label.codename", …)}: what the module's models let each role do in the Wagtail admin."""

role_setups: Registry[Callable[[Group, str], None]] = Registry("set-ups of roles' groups")
"""Module -> f(group, role code), for what is no plain permission: page trees, collections. Run after every migrate."""


def group_name(code: str) -> str:
    return GROUP_PREFIX + code


@transaction.atomic
def sync_roles() -> None:
    """Makes roles and their groups as the pack and the modules say. Names a city has changed in the database stay."""
    pack = tomllib.loads(PACK.read_text())["roles"]
    for code, role in pack.items():
        Role.objects.get_or_create(code=code, defaults={"name": role["name"], "description": role["description"]})
        group, _ = Group.objects.get_or_create(name=group_name(code))
        group.permissions.set(_permissions([*role["permissions"], *_from_modules(code)]))
        for _name, set_up in role_setups.items():
            set_up(group, code)


def _from_modules(code: str) -> list[str]:
    return [permission for granted in role_permissions for permission in granted.get(code, ())]


def _permissions(names: list[str]) -> list[Permission]:
    found = {f"{each.content_type.app_label}.{each.codename}": each for each in Permission.objects.select_related("content_type")}
    if missing := [name for name in names if name not in found]:
        raise LookupError(f"No such permission: {', '.join(missing)}")
    return [found[name] for name in names]


def sync_roles_after_migrate(*, app_config, **kwargs) -> None:
    """Once per migrate: permissions exist only after the signal went to every app with models."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config is with_models[-1]:
        sync_roles()
