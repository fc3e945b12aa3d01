"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class IncomingModule(Module):
    name = "ratusz.foundation.incoming"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.incoming import privacy
        from ratusz.foundation.incoming.actions import forgetting, keeping, visiting
        from ratusz.foundation.incoming.models import Letter
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.notifications.registry import address_keepers, erased_with_address

        privacy.register()
        erased_with_address.register("incoming", privacy.erase_with_address)
        address_keepers.register("incoming", lambda own: Letter.objects.filter(sender=own))
        file_purposes.register(keeping.AS_IT_CAME, FilePurpose(name=_("letters as they came"), keep_days=keeping.KEPT_DAYS))
        # Each letter is a transaction of its own: what is kept stays kept when the next one cannot be read.
        apart = {"in_transaction": False}
        register_action("incoming.read_mailboxes", visiting.read_mailboxes, what=_("Read the mailboxes"), **apart)
        register_action("incoming.forget_past", forgetting.forget_past, what=_("Forget letters whose time is over"), **apart)
