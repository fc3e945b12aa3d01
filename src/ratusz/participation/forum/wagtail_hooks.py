"""Where the platform stands in the Wagtail admin: under what residents say."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from ratusz.foundation.units.who_asks import with_deed
from ratusz.participation.forum import rules
from ratusz.participation.forum.views.staff import answers, export, importing, topics


class ForumMenuItem(MenuItem):
    """Shown to whoever keeps the platform or answers on it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may(*with_deed(request, "see"))


@hooks.register("register_admin_urls")
def staff_urls() -> list:
    return [
        path("pks/", topics.topics, name="forum_topics"),
        path("pks/tematy/nowy/", topics.edit, name="forum_new_topic"),
        path("pks/tematy/<int:pk>/", topics.topic, name="forum_topic"),
        path("pks/tematy/<int:pk>/dane/", topics.edit, name="forum_edit_topic"),
        path("pks/tematy/<int:pk>/zmiana/", topics.change, name="forum_change_topic"),
        path("pks/tematy/<int:pk>/plik.<str:kind>", export.export, name="forum_export"),
        path("pks/kategorie/nowa/", topics.category, name="forum_new_category"),
        path("pks/kategorie/<int:pk>/", topics.category, name="forum_category"),
        path("pks/watki/<int:pk>/", topics.thread, name="forum_thread"),
        path("pks/stare-forum/", importing.old_forum, name="forum_import"),
        path("pks/odpowiedzi/", answers.owed, name="forum_owed"),
        path("pks/wpisy/<int:pk>/", answers.comment, name="forum_comment"),
        path("pks/wpisy/<int:pk>/odpowiedz/", answers.answer, name="forum_answer"),
        path("pks/wpisy/<int:pk>/usuniecie/", answers.erase, name="forum_erase"),
        path("pks/wpisy/<int:pk>/uwaga/", answers.mark, name="forum_mark"),
        path("pks/wpisy/<int:pk>/moderacja/", answers.judge, name="forum_judge"),
    ]


@hooks.register("register_listening_menu_item")
def forum_in_menu() -> MenuItem:
    return ForumMenuItem(_("Consultation platform"), reverse("forum_topics"), name="forum", icon_name="comment", order=30)
