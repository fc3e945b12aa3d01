"""Plugs the module into the registries of lower modules."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module

KEY = "consultations.consultation"


class ConsultationsModule(Module):
    name = "ratusz.participation.consultations"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_listeners, clock_packs
        from ratusz.casework.documents.registries import CaseKind, Series, case_kinds, number_series
        from ratusz.casework.meetings.registries import meeting_listeners
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.participation.consultations import actions, papers, privacy, registries
        from ratusz.participation.consultations.actions.ending import TERM
        from ratusz.participation.consultations.applications import registration as applications
        from ratusz.participation.consultations.form_kinds import meetings, survey
        from ratusz.participation.consultations.scope import parts

        privacy.register()
        applications.register()
        registries.public_parts.register("scope", parts.public_part)
        registries.staff_parts.register("scope", parts.staff_part)
        registries.to_notify.register("district_councils", parts.district_councils)
        meetings.register()
        survey.register()
        number_series.register(KEY, Series(_("Public consultations"), "KS/{year}/{number:04}"))
        case_kinds.register(KEY, CaseKind(_("Public consultation"), "0525", papers.papers_of))
        clock_packs.register("consultations", Path(__file__).parent / "packs" / "clocks.toml")
        case_doors.register(KEY, _may_open)
        case_doors.register("consultations.opinion", _may_open)
        clock_listeners.register("consultations", actions.write_to_heads)
        purposes.register(TERM, Purpose(name=_("Reports of consultations that come due")))
        registries.change_listeners.register("consultations", actions.hear_report)
        meeting_listeners.register("consultations", actions.hear_meeting)
        register_action("consultations.start_report_clocks", actions.start_report_clocks, what=_("Start the clocks of reports"))
        register_action("consultations.close_silent_opinions", actions.close_silent_opinions, what=_("Close opinions nobody gave"))
        self._portal()
        self._files()

    def _portal(self) -> None:
        from ratusz.foundation.kit import registries
        from ratusz.participation.consultations import found_by, moves, on_pages, queries
        from ratusz.publishing.following.registries import things
        from ratusz.publishing.website.menus import MenuEntry, menu_entries
        from ratusz.publishing.website.registries import district_parts, live_processes

        registries.moves.register("consultations", moves.moves_of)
        registries.dated_things.register("consultations", moves.dated_things)
        source = registries.SearchSource(found_by.search_entries, found_by.search_entry)
        registries.search_sources.register("consultations", source)
        registries.search_kinds.register(found_by.KIND, registries.SearchKind(_("Public consultations"), lift=1.3))
        what = _("number of a public consultation")
        kind = registries.ReceiptKind("KS/2026/0003", what, found_by.find_consultation, is_personal=False)
        registries.receipt_kinds.register("consultations", kind)
        things.register(KEY, queries.thing)
        district_parts.register("consultations", on_pages.district_part)
        live_processes.register("consultations", on_pages.live_process)
        entry = MenuEntry(lambda: str(_("Public consultations")), lambda: reverse("consultations:list"), order=280)
        menu_entries.register("consultations", entry)

    def _files(self) -> None:
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.files.rules import DOCUMENTS, IMAGES
        from ratusz.participation.consultations import rules
        from ratusz.participation.consultations.actions import notices, opinions

        for purpose, words in ((notices.PURPOSE, _("Evidence of notices")), (opinions.PURPOSE, _("Opinions of bodies"))):
            kept = FilePurpose(
                words, (*IMAGES, *DOCUMENTS), keep_days=365 * 25, is_personal=False,
                may_read=lambda person, _file, at: rules.may(person, "see", None, at),
            )  # fmt: skip
            file_purposes.register(purpose, kept)


def _may_open(person, clock, at) -> bool:
    from ratusz.participation.consultations import rules
    from ratusz.participation.consultations.models import Consultation, Opinion

    kind, _colon, number = clock.subject.partition(":")
    rows = Consultation.objects.select_related("owner_unit")
    if kind != KEY:
        rows = rows.filter(pk__in=Opinion.objects.filter(pk=number).values("consultation"))
        return rules.may(person, "see", rows.first(), at)
    return rules.may(person, "see", rows.filter(pk=number).first(), at)
