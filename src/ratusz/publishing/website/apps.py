"""Plugs the portal into the frame of pages and into Wagtail's lifecycle."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class WebsiteModule(Module):
    name = "ratusz.publishing.website"

    def ready(self) -> None:
        from ratusz.casework.moderation.registries import rules_listeners
        from ratusz.foundation.kit.registries import SearchKind, dated_things, moves, search_kinds
        from ratusz.foundation.people.roles import role_setups
        from ratusz.ui import chrome

        from . import admin_widgets, dates, picture_policy, publishing_events
        from .actions import bump_content_version
        from .menus import chrome_of_request, register_own_entries
        from .moves import moves_of
        from .own_sites import canonical_address
        from .page_rights import give_page_rights
        from .passports import registration

        chrome.provide(chrome_of_request)
        chrome.provide_address(canonical_address)
        register_own_entries()
        role_setups.register("website", give_page_rights)
        moves.register("website", moves_of)
        rules_listeners.register("website", bump_content_version)
        dated_things.register("website", dates.dated_things)
        search_kinds.register("news", SearchKind(_("News"), lift=2.0))
        search_kinds.register("guide", SearchKind(_("Guides"), lift=2.0))
        search_kinds.register("page", SearchKind(_("Pages"), lift=2.0))
        registration.register()
        picture_policy.register()
        self._explain_what_only_looks_personal()
        self._open_wire()
        self._civic_guide()
        self._take_messages()
        self._open_gates()
        self._follow_meetings()
        publishing_events.listen()
        admin_widgets.take_scripts_out_of_choosers()
        admin_widgets.read_dates_in_words()

    def _follow_meetings(self) -> None:
        from ratusz.casework.meetings.registries import public_listeners

        from . import meeting_changes
        from .menus import MenuEntry, menu_entries, service_entries

        public_listeners.register("website", meeting_changes.changed)
        meetings = MenuEntry(lambda: gettext("Meetings"), lambda: reverse("meetings:meetings"), order=290)
        menu_entries.register("meetings", meetings)
        minutes = MenuEntry(lambda: gettext("Minutes of meetings"), lambda: reverse("meetings_minutes:published"), order=380)
        service_entries.register("minutes", minutes)

    def _open_gates(self) -> None:
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.publishing.gates.registries import readers

        from .menus import MenuEntry, service_entries
        from .page_gates.actions import run_gates
        from .page_gates.reading import KIND, reader

        readers.register(KIND, reader)
        plain = MenuEntry(lambda: gettext("Plain language"), lambda: reverse("gates:plain-language"), order=390)
        service_entries.register("plain-language", plain)
        moderation = MenuEntry(lambda: gettext("Rules of moderation"), lambda: reverse("moderation:rules"), order=395)
        service_entries.register("moderation", moderation)
        register_action("website.run_gates", run_gates, what=_("Check all pages at the gates"))

    def _civic_guide(self) -> None:
        from . import civic_guide
        from .registries import live_processes

        live_processes.register("reception", civic_guide.reception_now)

    def _open_wire(self) -> None:
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.people.roles import role_permissions

        from .registries import page_listeners, wire_kinds
        from .wire import actions as wire

        page_listeners.register("wire", wire.page_to_wire)
        wire_kinds.register(wire.NEWS, _("News"))
        wire_kinds.register(wire.CHANGE, _("Important changes of pages"))
        register_action("website.sync_wire", wire.sync_wire, what=_("Mend the city wire"))
        keepers = [f"ratusz_website.{deed}_{model}" for model in ("topic", "unitprofile") for deed in ("add", "change", "view")]
        role_permissions.register("website", dict.fromkeys(("editor", "head", "deputy_head"), tuple(keepers)))

    def _take_messages(self) -> None:
        from ratusz.foundation.kit.registries import SearchKind, SearchSource, dated_things, search_kinds, search_sources

        from . import message_outlet, message_parts
        from .registries import district_parts, home_parts, wire_kinds

        message_outlet.register()
        home_parts.register("messages", message_parts.home_part)
        district_parts.register("messages", message_parts.district_part)
        dated_things.register("messages", message_parts.dated_things)
        search_sources.register("messages", SearchSource(message_parts.search_entries, message_parts.search_entry))
        search_kinds.register(message_parts.KIND, SearchKind(_("Messages of the Office"), lift=2.5))
        wire_kinds.register(message_outlet.KIND, _("Messages of the Office"))

    def _explain_what_only_looks_personal(self) -> None:
        from ratusz.foundation.kit.registries import not_personal

        declaration = ("architecture_address", "contact_email", "contact_phone", "site_address")
        for field in declaration:
            not_personal.register(f"ratusz_website.AccessibilityDeclarationPage.{field}", "dane Urzędu, obowiązkowe w deklaracji")
        not_personal.register("ratusz_website.PageCare.contact", "adres komórki, nie osoby")
        not_personal.register("ratusz_website.WithdrawalTask.done_by", "numer konta pracownika")
        not_personal.register("ratusz_website.PortalImage.uploaded_by_user", "numer konta pracownika")
