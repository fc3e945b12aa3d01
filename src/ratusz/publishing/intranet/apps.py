"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

WRITE = "ratusz_intranet.add_notice"
KEEP_BUILDINGS = tuple(f"ratusz_intranet.{deed}_building" for deed in ("view", "add", "change"))


class IntranetModule(Module):
    name = "ratusz.publishing.intranet"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import IMAGES
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit.registries import moves
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.foundation.people.homes import homes
        from ratusz.foundation.people.roles import permissions_anywhere, role_permissions

        from . import actions, judged, message_outlet, privacy, queries
        from .actions.answers import PHOTO
        from .actions.telling import PURPOSE, URGENT_PURPOSE
        from .moves import moves_of

        privacy.register()
        message_outlet.register()
        judged.register()
        moves.register("intranet", moves_of)
        homes.register("intranet", queries.home_of)
        purposes.register(PURPOSE, Purpose(name=_("Notices to staff")))
        purposes.register(URGENT_PURPOSE, Purpose(name=_("Urgent notices to staff"), is_urgent=True))
        register_action("intranet.tell_staff", actions.tell_staff, what=_("Tell staff of a notice"))
        register_action("intranet.forget_confirmations", actions.forget_confirmations, what=_("Forget old confirmations"))
        sheet = FilePurpose(
            name=_("Signed sheets of notices"), kinds=(*IMAGES, "pdf"), keep_days=privacy.KEPT_DAYS, may_read=privacy.may_read_sheet
        )
        file_purposes.register(PHOTO, sheet)
        writers = ("head", "deputy_head", "editor", "press_officer")
        permissions_anywhere.register("intranet", dict.fromkeys(writers[:2], (WRITE,)))
        keepers = dict.fromkeys(("administrator", "head", "deputy_head", "editor"), KEEP_BUILDINGS)
        granted = {code: (*keepers.get(code, ()), *([WRITE] if code in writers else [])) for code in {*keepers, *writers}}
        role_permissions.register("intranet", granted)
