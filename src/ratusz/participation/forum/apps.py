"""Plugs the module into the registries of lower modules."""

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class ForumModule(Module):
    name = "ratusz.participation.forum"

    def ready(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes
        from ratusz.participation.forum import found_by, judged, moves, of_consultation, privacy
        from ratusz.participation.forum.actions import telling, writing
        from ratusz.participation.forum.models import Participant

        privacy.register()
        judged.register()
        of_consultation.register()
        erased_with_address.register("forum", privacy.erase_with_address)
        address_keepers.register("forum", lambda own: Participant.objects.filter(contact=own))
        purposes.register(telling.ANSWERS, Purpose(name=_("Answers to what you wrote on the platform"), has_rhythm=True))
        purposes.register(telling.OFFICE, Purpose(name=_("What the Office did with your words on the platform")))
        files = FilePurpose(name=_("Files beside comments of the platform"), keep_days=365 * 25, is_personal=False)
        file_purposes.register(writing.FILES, files)
        registries.search_sources.register("forum", registries.SearchSource(found_by.search_entries, found_by.search_entry))
        registries.search_kinds.register(found_by.KIND, registries.SearchKind(_("Consultation platform")))
        registries.moves.register("forum", moves.moves_of)
        registries.dated_things.register("forum", moves.dated_things)
