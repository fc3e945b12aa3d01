"""Where messages stand in the Wagtail admin: first among what we say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.publishing.messages import rules
from ratusz.publishing.messages.views.staff import deeds, files, listing, writing


class MessagesMenuItem(MenuItem):
    """Shown to all staff; what each may do stands in the rules."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "view"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    one = "komunikaty/<int:pk>/"
    return [
        path("komunikaty/", listing.messages, name="messages_list"),
        path("komunikaty/nowy/", writing.new_message, name="messages_new"),
        path(one, deeds.message, name="messages_message"),
        path(f"{one}fakty/", writing.change_facts, name="messages_change_facts"),
        path(f"{one}zdjecie/", writing.picture, name="messages_picture"),
        path(f"{one}zrob/<slug:deed>/", deeds.do, name="messages_do"),
        path(f"{one}tekst/<int:variant_pk>/", writing.edit_variant, name="messages_edit_variant"),
        path(f"{one}tekst/<int:variant_pk>/plik/<slug:code>/", files.made_file, name="messages_file"),
        path(f"{one}tekst/<int:variant_pk>/zrob/<slug:deed>/", deeds.do_with_variant, name="messages_do_variant"),
        path(f"{one}poprawka/<int:correction_pk>/", deeds.publish_correction, name="messages_publish_correction"),
        path(f"{one}zadanie/<int:task_pk>/", deeds.settle_task, name="messages_settle_task"),
        path(f"{one}plakat/<int:hanging_pk>/", deeds.take_down, name="messages_take_down"),
    ]


@hooks.register("register_speaking_menu_item")
def messages_item() -> MenuItem:
    return MessagesMenuItem(_("Messages"), reverse("messages_list"), name="messages", icon_name="clipboard-list", order=10)
