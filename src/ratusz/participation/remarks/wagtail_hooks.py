"""Where remarks stand in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.incoming.actions.visiting import is_set
from ratusz.foundation.units.who_asks import who_asks, with_deed
from ratusz.participation.remarks import rules, staff_addresses_analysis
from ratusz.participation.remarks.mail import rules as mail_rules
from ratusz.participation.remarks.mail.tags import MAILBOX
from ratusz.participation.remarks.views.staff import boxes, intake, letter_files, letters, paper, register, remark, sheets


class RemarksMenuItem(MenuItem):
    """Shown to whoever sees the register, or a part of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("uwagi/", register.overview, name="remarks_overview"),
        path("uwagi/konsultacja/<int:pk>/", register.register, name="remarks_register"),
        path("uwagi/konsultacja/<int:pk>/razem/", register.bulk, name="remarks_bulk"),
        path("uwagi/konsultacja/<int:pk>/wpisz/", intake.enter, name="remarks_enter"),
        path("uwagi/konsultacja/<int:pk>/stanowiska.xlsx", sheets.download, name="remarks_download"),
        path("uwagi/konsultacja/<int:pk>/wczytaj/", sheets.bring, name="remarks_bring"),
        path("uwagi/konsultacja/<int:pk>/papier/", paper.returns, name="remarks_papers"),
        path("uwagi/papier/<int:pk>/", paper.typing, name="remarks_typing"),
        path("uwagi/papier/<int:pk>/pokwitowanie.pdf", paper.stub, name="remarks_paper_stub"),
        path("uwagi/<int:pk>/", remark.remark, name="remarks_remark"),
        path("uwagi/<int:pk>/zmiana/", remark.act, name="remarks_act"),
        path("uwagi/zgloszenie/<int:pk>/", intake.intake, name="remarks_intake"),
        path("uwagi/zgloszenie/<int:pk>/zmiana/", intake.act, name="remarks_judge"),
        path("uwagi/zgloszenie/<int:pk>/pokwitowanie.pdf", intake.stub, name="remarks_stub"),
        path("uwagi/zgloszenie/<int:pk>/plik/<int:number>/", intake.file, name="remarks_file"),
        path("uwagi/formularz/<int:pk>/", boxes.box, name="remarks_box"),
        path("uwagi/poczta/", letters.letters, name="remarks_letters"),
        path("uwagi/poczta/<int:pk>/", letters.letter, name="remarks_letter"),
        path("uwagi/poczta/<int:pk>/zmiana/", letters.act, name="remarks_letter_act"),
        path("uwagi/poczta/<int:pk>/plik/<int:number>/", letter_files.attachment, name="remarks_letter_file"),
        path("uwagi/poczta/<int:pk>/list.eml", letter_files.as_it_came, name="remarks_letter_as_it_came"),
    ]


class LettersMenuItem(MenuItem):
    """Shown to whoever reads letters, where a mailbox is set."""

    def is_shown(self, request: HttpRequest) -> bool:
        return is_set(MAILBOX) and mail_rules.reads_some(*who_asks(request))


@hooks.register("register_listening_menu_item")
def letters_in_menu() -> MenuItem:
    return LettersMenuItem(
        _("Mail of consultations"), reverse("remarks_letters"), name="remark-letters", icon_name="mail", order=16
    )


@hooks.register("register_listening_menu_item")
def remarks_in_menu() -> MenuItem:
    return RemarksMenuItem(_("Register of remarks"), reverse("remarks_overview"), name="remarks", icon_name="list-ul", order=15)


__all__ = ["staff_addresses_analysis"]
