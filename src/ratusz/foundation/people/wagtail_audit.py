"""The bridge from Wagtail's own log to the record: whatever an editor does in the admin leaves an entry in both."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from ratusz.foundation.audit.acting import current
from ratusz.foundation.audit.actions import record
from ratusz.foundation.audit.models import Entry

LONGEST_VALUE = 500
SECRET_WORDS = ("password", "secret", "token", "digest", "key")


def snapshot(instance: models.Model) -> dict[str, Any]:
    """The instance's own columns, long texts cut, secrets left out."""
    fields = [field for field in instance._meta.concrete_fields if not any(word in field.name for word in SECRET_WORDS)]
    return {field.attname: _plain(field.value_from_object(instance)) for field in fields}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | float) else str(value)[:LONGEST_VALUE]


def _last_known(instance: models.Model) -> dict[str, Any] | None:
    """What the record last said the instance was like. Wagtail logs after it saved, so the row itself knows nothing older."""
    entry = Entry.objects.about(instance).filter(is_read=False).select_related("detail").first()
    return ((entry.detail.content or {}).get("after") if entry else None) or None


def bridge(instance: models.Model, action: str, user: Any, data: dict[str, Any] | None) -> None:
    """Records one action of Wagtail's log. Pages keep their content in revisions, so only title and revision stand here."""
    actor = user if user is not None and current().kind in ("nobody", "person") else None
    if isinstance(instance, Page):
        before, after = None, {"title": instance.title, "revision": instance.latest_revision_id, **(data or {})}
    else:
        before, after = _last_known(instance), snapshot(instance)
        if action == "wagtail.delete":
            before, after = after, None
        elif before is not None:
            changed = [name for name in after if before.get(name) != after[name]]
            before = {name: before.get(name) for name in changed}
    record(deed=action, subject=instance, before=before, after=after, actor=actor)


class _Bridging(models.Manager):
    """Passes each action on to the record."""

    def log_action(self, instance, action, **kwargs):
        entry = super().log_action(instance, action, **kwargs)
        bridge(instance, action, kwargs.get("user"), kwargs.get("data"))
        return entry


class BridgedModelLogManager(_Bridging, type(ModelLogEntry.objects)):
    """Of models."""


class BridgedPageLogManager(_Bridging, type(PageLogEntry.objects)):
    """Of pages."""


class BridgedModelLogEntry(ModelLogEntry):
    """Wagtail's log of models, writing into the record as well."""

    objects = BridgedModelLogManager()

    class Meta:
        proxy = True
        default_permissions = ()


class BridgedPageLogEntry(PageLogEntry):
    """Wagtail's log of pages, writing into the record as well."""

    objects = BridgedPageLogManager()

    class Meta:
        proxy = True
        default_permissions = ()


def register(registry) -> None:
    """Puts our log entries in the place of Wagtail's; runs after Wagtail has registered its own."""
    for kind, ours, theirs in ((models.Model, BridgedModelLogEntry, ModelLogEntry), (Page, BridgedPageLogEntry, PageLogEntry)):
        registry.register_model(kind, ours)
        registry.log_entry_models.discard(theirs)
