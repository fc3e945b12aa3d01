"""Plugs the module into the registries of lower modules."""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.modules import Module


class ReportsModule(Module):
    name = "ratusz.participation.reports"

    def ready(self) -> None:
        from ratusz.casework.deadlines.registries import case_doors, clock_packs
        from ratusz.casework.documents.registries import CaseKind, Series, case_kinds, number_series
        from ratusz.foundation.files.registry import FilePurpose, file_purposes
        from ratusz.foundation.jobs.registry import register_action
        from ratusz.foundation.kit import registries
        from ratusz.foundation.notifications.registry import Purpose, purposes
        from ratusz.participation.consultations.form_kinds import survey
        from ratusz.participation.consultations.registries import SeriesPaper, series_papers
        from ratusz.participation.reports import archive, moves, privacy, rules, together
        from ratusz.participation.reports.actions import make_version
        from ratusz.participation.reports.registries import report_parts

        privacy.register()
        clock_packs.register("reports", Path(__file__).parent / "packs" / "deadlines" / "clocks.toml")
        case_doors.register("reports.effect", lambda person, _clock, at: rules.may(person, "see", None, at))
        case_doors.register("remarks.remark", lambda person, _clock, at: rules.may(person, "see", None, at))
        number_series.register("reports.report", Series(_("Reports of consultations"), "RK/{year}/{number:04}"))
        case_kinds.register(
            "reports.report", CaseKind(_("Report of a consultation"), "0525", archive.papers, may_see=archive.may_see)
        )
        purposes.register("reports.report", Purpose(name=_("Reports of consultations you took part in")))
        for name, what in (("annex", _("Annexes of reports")), ("evidence", _("Evidence that a report was published"))):
            file_purposes.register(
                f"reports.{name}", FilePurpose(what, keep_days=365 * 25, is_personal=False, may_read=archive.may_read)
            )
        register_action(
            "reports.make_version", make_version, what=_("Make the files of a report and publish it"), in_transaction=False,
            lease=timedelta(minutes=20),
        )  # fmt: skip
        series_papers.register(
            "raporty", SeriesPaper(_("All reports (ZIP)"), "raporty.zip", "application/zip", together.series_zip)
        )
        series_papers.register(
            "raport-zbiorczy",
            SeriesPaper(_("One combined report (PDF)"), "raport-zbiorczy.pdf", "application/pdf", together.series_pdf),
        )
        report_parts.register("surveys.heard", ("heard", survey.heard_blocks))
        registries.moves.register("reports", moves.moves_of)
        self._pages_of_a_consultation()

    def _pages_of_a_consultation(self) -> None:
        from ratusz.participation.consultations.registries import asked_at_once, public_parts, staff_parts
        from ratusz.participation.reports import parts

        asked_at_once.register(parts.NEWEST, parts.newest)
        public_parts.register("reports", parts.of_public_page)
        staff_parts.register("reports", parts.of_staff_page)
