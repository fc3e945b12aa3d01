"""The roles of the department as data, and the Wagtail groups that follow from them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ratusz.foundation.kit.registries import Registry
from ratusz.foundation.kit.words import polish_sort_key
from ratusz.foundation.people.models import Role

PACK = Path(__file__).parent / "packs" / "roles.toml"
GROUP_PREFIX = "rola: "

role_permissions: Registry[dict[str, tuple[str, ...]]] = Registry("permissions of roles")
"""Module -> {role code: ("app_label.codename", …)}: what the module's models let each role do in the Wagtail admin."""

permissions_anywhere: Registry[dict[str, tuple[str, ...]]] = Registry("permissions of the department's roles in other units")
"""The same for what a role of the department may do in whatever unit it is held: a head elsewhere invites to the own unit."""

role_setups: Registry[Callable[[Group, str], None]] = Registry("set-ups of roles' groups")
"""Module -> f(group, role code), for what is no plain permission: page trees, collections. Run after every migrate."""


def _pack() -> dict[str, dict]:
    return tomllib.loads(PACK.read_text())["roles"]


DEPARTMENT_ROLES = frozenset(code for code, role in _pack().items() if role.get("of_department"))
"""Roles that count in the department alone: a head of another unit is no head of the city's communication."""


def group_name(code: str, *, is_in_department: bool = True) -> str:
    """The group that follows from a role; the department's roles held elsewhere have one of their own, with next to no rights."""
    elsewhere = code in DEPARTMENT_ROLES and not is_in_department
    return f"{GROUP_PREFIX}{code} (poza wydziałem)" if elsewhere else GROUP_PREFIX + code


@transaction.atomic
def sync_roles() -> None:
    """Makes roles and their groups as the pack and the modules say. Names a city has changed in the database stay."""
    present = {f"{each.content_type.app_label}.{each.codename}": each for each in Permission.objects.select_related("content_type")}
    for code, role in _pack().items():
        made, _ = Role.objects.get_or_create(code=code, defaults={"name": role["name"], "description": role["description"]})
        Role.objects.filter(pk=made.pk).update(sort_key=polish_sort_key(made.name))
        group, _ = Group.objects.get_or_create(name=group_name(code))
        anywhere = [*role["permissions"], *_granted(permissions_anywhere, code)]
        group.permissions.set(_permissions([*anywhere, *_granted(role_permissions, code)], present))
        if code in DEPARTMENT_ROLES:
            elsewhere, _ = Group.objects.get_or_create(name=group_name(code, is_in_department=False))
            elsewhere.permissions.set(_permissions(anywhere, present))
        for _name, set_up in role_setups.items():
            set_up(group, code)


def _granted(registry: Registry[dict[str, tuple[str, ...]]], code: str) -> list[str]:
    return [permission for granted in registry for permission in granted.get(code, ())]


def _permissions(names: list[str], present: dict[str, Permission]) -> list[Permission]:
    if missing := [name for name in names if name not in present]:
        raise LookupError(f"No such permission: {', '.join(missing)}")
    return [present[name] for name in names]


def sync_roles_after_migrate(*, app_config, **kwargs) -> None:
    """Once per migrate: permissions exist only after the signal went to every app with models."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if app_config is with_models[-1]:
        sync_roles()
