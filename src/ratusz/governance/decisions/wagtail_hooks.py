"""Where decisions stand in the Wagtail admin: the board, drafts, the report, councillors' questions."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.views import questions, reports, requests, staff


class DecisionsMenuItem(MenuItem):
    """Shown to whoever may do the deed."""

    def __init__(self, *args, deed: str, **named):
        super().__init__(*args, **named)
        self.deed = deed

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, self.deed))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("ustalenia/", staff.board, name="decisions_board"),
        path("ustalenia/nowe/", staff.draft, name="decisions_new"),
        path("ustalenia/z-wniosku/<int:pk>/", requests.from_request, name="decisions_from_request"),
        path("ustalenia/ze-skutku/<int:pk>/", requests.from_effect, name="decisions_from_effect"),
        path("ustalenia/raport/", reports.report, name="decisions_report"),
        path("ustalenia/raport/pdf/", reports.report_pdf, name="decisions_report_pdf"),
        path("ustalenia/raport/xlsx/", reports.report_xlsx, name="decisions_report_xlsx"),
        path("ustalenia/co-obiecalismy/", reports.promises, name="decisions_promises"),
        path("ustalenia/interpelacje/", questions.questions, name="decisions_questions"),
        path("ustalenia/interpelacje/nowa/", questions.enter, name="decisions_enter_question"),
        path("ustalenia/interpelacje/<int:pk>/", questions.question, name="decisions_question"),
        path("ustalenia/<int:pk>/", staff.show, name="decisions_decision"),
        path("ustalenia/<int:pk>/szkic/", staff.draft, name="decisions_draft"),
        path("ustalenia/<int:pk>/slowa/", staff.reword, name="decisions_reword"),
        path("ustalenia/<int:pk>/zmiana/", staff.change, name="decisions_change"),
        path("ustalenia/<int:pk>/meldunek/", staff.report, name="decisions_make_report"),
        path("ustalenia/<int:pk>/kto-pytal/", staff.asker, name="decisions_asker"),
        path("ustalenia/czesc/<int:pk>/", staff.part, name="decisions_part"),
    ]


@hooks.register("register_deciding_menu_item")
def board_in_menu() -> MenuItem:
    return DecisionsMenuItem(
        _("What the President decided"), reverse("decisions_board"), name="decisions", icon_name="tick", order=100, deed="see"
    )


@hooks.register("register_deciding_menu_item")
def report_in_menu() -> MenuItem:
    return DecisionsMenuItem(
        _("Report on decisions"), reverse("decisions_report"), name="decisions-report", icon_name="table", order=110, deed="see_all"
    )


@hooks.register("register_deciding_menu_item")
def questions_in_menu() -> MenuItem:
    return DecisionsMenuItem(
        _("Councillors' questions"), reverse("decisions_questions"), name="questions", icon_name="help", order=120, deed="see_all"
    )
