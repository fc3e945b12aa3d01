"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class FilesModule(Module):
    name = "ratusz.foundation.files"

    def ready(self):
        from ratusz.foundation.files import actions, privacy
        from ratusz.foundation.jobs.registry import register_action

        register_action(
            "files.scan_quarantined", actions.scan_quarantined, what=_("Scan files in quarantine"), in_transaction=False
        )
        register_action(
            "files.delete_expired", actions.delete_expired, what=_("Delete files past their time"), in_transaction=False
        )
        register_action("files.delete_orphans", actions.delete_orphans, what=_("Delete bytes without a file"), in_transaction=False)
        privacy.register()
