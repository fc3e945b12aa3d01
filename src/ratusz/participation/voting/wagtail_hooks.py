"""Where votes of the participatory budget stand in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.voting import rules
from ratusz.participation.voting.staff_addresses import identity_urls, points_in_menu
from ratusz.participation.voting.views import (
    staff,
    staff_anomalies,
    staff_committee,
    staff_course,
    staff_node,
    staff_results,
    staff_verification,
)

__all__ = ["identity_urls", "points_in_menu", "staff_urls", "votes_in_menu"]


class VotesMenuItem(MenuItem):
    """Shown to whoever may see votes."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see_vote"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("glosowania/", staff.votes, name="voting_staff_votes"),
        path("glosowania/login-gov/", staff_node.connection, name="voting_staff_node"),
        path("glosowania/przygotuj/<int:edition>/", staff.prepare, name="voting_staff_prepare"),
        path("glosowania/<int:pk>/", staff.vote_page, name="voting_staff_vote"),
        path("glosowania/<int:pk>/krok/<slug:name>/", staff.step, name="voting_staff_step"),
        path("glosowania/<int:pk>/ceremonia/", staff_committee.ceremony, name="voting_staff_ceremony"),
        path("glosowania/<int:pk>/proba/", staff_committee.drill, name="voting_staff_drill"),
        path("glosowania/<int:pk>/otwarcie-glosow/", staff_committee.open_ballots, name="voting_staff_open_ballots"),
        path("glosowania/<int:pk>/kontrola-otwarcia/", staff_committee.check_opening, name="voting_staff_check_opening"),
        path("glosowania/<int:pk>/wynik/", staff_results.result, name="voting_staff_result"),
        path("glosowania/<int:pk>/protokol/<str:kind>/", staff_results.draft, name="voting_staff_protocol"),
        path("glosowania/<int:pk>/przebieg/", staff_course.course, name="voting_staff_course"),
        path("glosowania/<int:pk>/przedluzenie/", staff_course.extension, name="voting_staff_extension"),
        path("glosowania/<int:pk>/zgloszenia/", staff_verification.complaints, name="voting_staff_complaints"),
        path("glosowania/<int:pk>/zgloszenia/<int:number>/", staff_verification.complaint, name="voting_staff_complaint"),
        path("glosowania/<int:pk>/uniewaznienia/", staff_verification.annulments, name="voting_staff_annulments"),
        path("glosowania/<int:pk>/sumy/", staff_verification.sums, name="voting_staff_sums"),
        path("glosowania/<int:pk>/odchylenia/", staff_anomalies.anomalies, name="voting_staff_anomalies"),
        path("glosowania/<int:pk>/odchylenia/<int:number>/", staff_anomalies.case, name="voting_staff_case"),
        path("glosowania/<int:pk>/progi/", staff_anomalies.limits, name="voting_staff_limits"),
    ]


@hooks.register("register_deciding_menu_item")
def votes_in_menu() -> MenuItem:
    return VotesMenuItem(_("Votes"), reverse("voting_staff_votes"), name="votes", icon_name="lock", order=210)
