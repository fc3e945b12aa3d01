"""Where register, declarations, points and paper of a vote stand in the Wagtail admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.voting import rules
from ratusz.participation.voting.views import staff_declarations, staff_desk, staff_paper, staff_register


class PointsMenuItem(MenuItem):
    """Shown to whoever serves at a point."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see_points"))


@hooks.register("register_admin_urls")
def identity_urls() -> list:
    return [
        path("glosowania/punkty/", staff_desk.points, name="voting_points"),
        path("glosowania/punkty/<int:pk>/", staff_desk.desk, name="voting_desk"),
        path("glosowania/punkty/<int:pk>/oswiadczenie/", staff_desk.declaration, name="voting_desk_declaration"),
        path("glosowania/<int:pk>/rejestr/", staff_register.register, name="voting_register"),
        path("glosowania/<int:pk>/rejestr/plik/", staff_register.bring, name="voting_bring_register"),
        path("glosowania/<int:pk>/rejestr/listy/", staff_register.letters, name="voting_letters"),
        path("glosowania/rejestr/<int:pk>/", staff_register.brought_file, name="voting_register_file"),
        path("glosowania/<int:pk>/oswiadczenia/", staff_declarations.declarations, name="voting_declarations"),
        path("glosowania/oswiadczenia/<int:pk>/", staff_declarations.declaration, name="voting_declaration"),
        path("glosowania/<int:pk>/papier/", staff_paper.paper, name="voting_paper"),
        path("glosowania/<int:pk>/papier/punkt/", staff_paper.point, name="voting_add_point"),
        path("glosowania/<int:pk>/papier/karty/", staff_paper.cards, name="voting_cards"),
        path("glosowania/<int:pk>/papier/<int:number>/", staff_paper.card, name="voting_card"),
    ]


@hooks.register("register_deciding_menu_item")
def points_in_menu() -> MenuItem:
    return PointsMenuItem(_("Voting in person"), reverse("voting_points"), name="voting-points", icon_name="group", order=230)
