"""Plugs the module into the registries of lower modules."""

from ratusz.foundation.kit.modules import Module


class PeopleModule(Module):
    name = "ratusz.foundation.people"

    def ready(self) -> None:
        # Django's own signal of a finished migration, not one of a model: roles must be there before anybody is appointed.
        from django.db.models.signals import post_migrate  # noqa: TID251

        from ratusz.foundation.people.roles import sync_roles_after_migrate

        post_migrate.connect(sync_roles_after_migrate, dispatch_uid="ratusz_people.sync_roles")
