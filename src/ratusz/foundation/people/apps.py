"""Plugs the module into the registries of lower modules."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

OUTBOX = tuple(f"ratusz_notifications.{deed}_{what}" for deed in ("view", "change") for what in ("outboxmessage", "suppression"))
LETTERS = ("ratusz_notifications.change_printedletter",)
UPKEEP = ("ratusz_jobs.view_duejob", "ratusz_jobs.change_duejob", "ratusz_files.change_storedfile")
RIGHTS_OF_THE_FLOORS_BELOW = {
    "administrator": (*OUTBOX, *LETTERS, *UPKEEP),
    "head": (*OUTBOX, *LETTERS),
    "deputy_head": (*OUTBOX, *LETTERS),
}
"""Jobs, files and notifications stand below people and know no role, so what each role does on their screens is said here."""


class PeopleModule(Module):
    name = "ratusz.foundation.people"

    def ready(self) -> None:
        # Django's own signal of a finished migration, not one of a model: roles must be there before anybody is appointed.
        from django.db.models.signals import post_migrate  # noqa: TID251

        from ratusz.foundation.audit.actions import seal_pending
        from ratusz.foundation.audit.heads import publish_head
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.people.actions import forget_old
        from ratusz.foundation.people.roles import sync_roles_after_migrate

        # The record stands below the jobs, so its work is registered here.
        register_action(
            "people.seal_late_entries", partial(seal_pending, look_back=None), what=_("Seal late entries of the record")
        )
        register_action("people.publish_head", publish_head, what=_("Publish the head of the record"))
        register_action("people.forget_old", forget_old, what=_("Forget old attempts and codes"))
        from ratusz.foundation.people.roles import role_permissions

        accounts = ("ratusz_people.view_user", "ratusz_people.add_user", "ratusz_people.change_user")
        role_permissions.register("people", {"administrator": accounts, "data_protection_officer": accounts[:1]})
        role_permissions.register("floors below people", RIGHTS_OF_THE_FLOORS_BELOW)
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.foundation.people import privacy

        purposes.register("people.account", Purpose(name=_("Sign-in and password"), is_urgent=True, is_secret=True))
        purposes.register("people.code", Purpose(name=_("One-time codes"), is_urgent=True, is_secret=True))
        from ratusz.foundation.people.actions.privacy import expire_personal_data

        privacy.register()
        register_action("people.expire_personal_data", expire_personal_data, what=_("Delete personal data whose time is over"))
        post_migrate.connect(sync_roles_after_migrate, dispatch_uid="ratusz_people.sync_roles")
