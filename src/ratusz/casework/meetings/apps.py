"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class MeetingsModule(Module):
    name = "ratusz.casework.meetings"

    def ready(self) -> None:
        self._cases()
        self._portal()
        self._registering()
        self._the_day()
        self._minutes()

    def _cases(self) -> None:
        from ratusz.casework.documents.registries import CaseKind, case_kinds
        from ratusz.casework.meetings import cases
        from ratusz.casework.meetings.kinds import all_kinds

        # Of a kind with several periods the last one says where its cases stand in the file plan.
        for code, kind in {kind.code: kind for kind in all_kinds()}.items():
            case_kinds.register(f"meetings.{code}", CaseKind(kind.name, kind.plan_class, cases.papers, cases.may_see))

        from ratusz.casework.deadlines.registries import case_readers
        from ratusz.casework.meetings import rules

        for case in ("meeting", "voice", "request"):
            case_readers.register(f"meetings.{case}", lambda person, at: rules.may(person, "see", None, at))

    def _portal(self) -> None:
        from ratusz.casework.meetings import portal
        from ratusz.foundation.kit import registries

        registries.dated_things.register("meetings", portal.dated_things)
        registries.search_kinds.register(portal.KIND, registries.SearchKind(_("Meetings"), lift=1.2))
        registries.search_sources.register("meetings", registries.SearchSource(portal.search_entries, portal.search_entry))
        registries.moves.register("meetings", portal.moves_of)
        what = _("number of a registration for a meeting")
        registries.receipt_kinds.register("meetings", registries.ReceiptKind("K7QM-2X9D-4TRA", what, portal.find_receipt))

    def _registering(self) -> None:
        from ratusz.casework.meetings import actions, privacy
        from ratusz.casework.meetings.models import Invitation, Registration
        from ratusz.foundation.jobs.registry import queues, register_action
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes

        privacy.register()
        erased_with_address.register("meetings", privacy.erase_with_address)
        address_keepers.register("meetings", lambda own: Registration.objects.filter(address=own))
        address_keepers.register("meetings, second address", lambda own: Registration.objects.filter(second_address=own))
        address_keepers.register("meetings, invited", lambda own: Invitation.objects.filter(address=own))
        purposes.register("meetings.registration", Purpose(name=_("Your registrations for meetings"), hourly_limit=20))
        purposes.register(
            "meetings.code", Purpose(name=_("Codes to confirm a registration"), is_urgent=True, is_secret=True, hourly_limit=5)
        )
        purposes.register("meetings.invitation", Purpose(name=_("Invitations to meetings"), stops_when_asked=True))
        image = _("I agree that photos and recordings of the city's meetings in which I can be recognised are shown by the city.")
        purposes.register("meetings.image", Purpose(name=_("Photos and recordings of meetings"), consent_text=image))
        news = _("I want to get e-mails about the city's meetings. I can leave at any time by the link in each e-mail.")
        purposes.register("meetings.news", Purpose(name=_("News of the city's meetings"), consent_text=news))
        queues.register("telling registered people", actions.tell_registered)
        for name, run, what in (
            ("sweep_seats", actions.sweep_seats, _("Offer seats that are free to the next on the waiting list")),
            ("remind", actions.remind, _("Remind registered people of meetings")),
            ("extend_all_series", actions.extend_all_series, _("Make meetings of series a year ahead")),
            ("forget_registrations", actions.forget_registrations, _("Erase data of registered people when their time is over")),
        ):
            register_action(f"meetings.{name}", run, what=what)

    def _the_day(self) -> None:
        from ratusz.casework.deadlines.registries import clock_packs
        from ratusz.casework.documents.registries import Series, number_series
        from ratusz.casework.meetings import actions, doors, parts_of_the_day, privacy_of_the_day, sources
        from ratusz.casework.meetings.models import MeetingRequest
        from ratusz.casework.meetings.registries import AgendaSource, agenda_sources, public_parts
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, address_keepers, erased_with_address, purposes

        privacy_of_the_day.register()
        erased_with_address.register("meetings.day", privacy_of_the_day.erase_with_address)
        address_keepers.register("meetings, requests", lambda own: MeetingRequest.objects.filter(address=own))
        number_series.register("meetings.request", Series(_("requests from meetings"), "W/{year}/{number:04}"))
        clock_packs.register("meetings", Path(__file__).parent / "packs" / "clocks.toml")
        agenda_sources.register("meetings.unfinished", AgendaSource(_("left from the last meeting"), sources.unfinished))
        kinds = ("pdf", "jpeg", "png")
        scans = FilePurpose(name=_("scans of requests from meetings"), kinds=kinds, may_read=doors.may_read_scan)
        file_purposes.register("meetings.scan", scans)
        purposes.register("meetings.receipt", Purpose(name=_("Your requests from meetings")))
        registries.moves.register("meetings.day", doors.moves_of_the_day)
        public_parts.register("agenda", parts_of_the_day.agenda_part)
        what = _("number of a request from a meeting")
        registries.receipt_kinds.register("meetings.request", registries.ReceiptKind("K7QM-2X9D-4TRA", what, doors.find_receipt))
        register_action("meetings.forget_the_day", actions.forget_the_day, what=_("Forget words people left at meetings"))
        register_action("meetings.gather_questions", actions.gather_questions, what=_("Gather questions sent ahead"))
        register_action("meetings.start_captions", actions.start_captions, what=_("Start clocks of captions of recorded meetings"))

    def _minutes(self) -> None:
        from pathlib import Path

        from ratusz.casework.deadlines.registries import clock_packs
        from ratusz.casework.documents.registries import Series, number_series
        from ratusz.casework.meetings import actions, found_minutes, moves_of_minutes, parts_of_minutes, privacy_of_minutes
        from ratusz.casework.meetings.actions.approving import SERIES
        from ratusz.casework.meetings.actions.reviewing import PURPOSE
        from ratusz.casework.meetings.actions.word_protocols import FILE
        from ratusz.casework.meetings.registries import case_papers, public_parts, staff_parts
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, erased_with_address, purposes

        privacy_of_minutes.register()
        erased_with_address.register("meetings.minutes", privacy_of_minutes.erase_with_address)
        number_series.register(SERIES, Series(_("minutes of meetings"), "P/{year}/{number:04}"))
        purposes.register(PURPOSE, Purpose(name=_("Request to read minutes of a meeting"), is_secret=True))
        file_purposes.register(FILE, FilePurpose(name=_("Protocols written in Word"), kinds=("docx",), keep_days=365 * 5))
        clock_packs.register("meetings.minutes", Path(__file__).parent / "packs" / "minutes_clocks.toml")
        registries.moves.register("meetings.minutes", moves_of_minutes.moves_of)
        source = registries.SearchSource(found_minutes.search_entries, found_minutes.search_entry)
        registries.search_sources.register("meetings.minutes", source)
        registries.search_kinds.register(found_minutes.KIND, registries.SearchKind(_("Minutes of meetings"), lift=1.2))
        case_papers.register("minutes", found_minutes.papers)
        public_parts.register("minutes", parts_of_minutes.public_part)
        staff_parts.register("minutes", parts_of_minutes.staff_part)
        what = _("Start clocks of minutes after meetings")
        register_action("meetings.start_minutes_clocks", actions.start_minutes_clocks, what=what)
