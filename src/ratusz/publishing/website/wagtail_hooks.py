"""What the portal changes in Wagtail's admin: its menu, its scripts and styles."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path
from django.utils.encoding import force_str
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from ratusz.foundation.kit.spreadsheets import neutral_cell
from ratusz.foundation.kit.words import grouped

from . import admin_menu, marked_languages, page_actions
from .page_gates import opening, refusing
from .views import passports
from .views.subjects_staff import TopicViewSet, UnitPageViewSet


class NoDocuments:
    """Wagtail's admin asks where documents are listed; files are kept by foundation/files, so there is nothing to list."""

    class model:
        pass

    @staticmethod
    def get_urlpatterns() -> list:
        return [path("", _nothing, name="listing")]


def _nothing(request: HttpRequest) -> HttpResponse:
    raise Http404


@hooks.register("construct_admin_api")
def answer_for_documents(router) -> None:
    router.register_endpoint("documents", NoDocuments)


@hooks.register("construct_admin_api")
def only_read_by_programs(router) -> None:
    router.register_endpoint("pages", page_actions.PagesToRead)


hooks.register("register_admin_viewset", TopicViewSet)
hooks.register("register_admin_viewset", UnitPageViewSet)
for group in admin_menu.group_items():
    hooks.register("register_admin_menu_item", lambda group=group: group)
hooks.register("register_admin_menu_item", admin_menu.NewsMenuItem)
hooks.register("construct_main_menu", admin_menu.arrange)
hooks.register("construct_reports_menu", admin_menu.keep_reports_of_the_office)
hooks.register("construct_help_menu", admin_menu.keep_shortcuts_only)
hooks.register("register_admin_menu_item", admin_menu.WriteNewsMenuItem)
hooks.register("construct_homepage_panels", admin_menu.put_writing_on_the_desk)
hooks.register("register_rich_text_features", marked_languages.register)
hooks.register("before_edit_page", page_actions.say_why_it_came_back)
hooks.register("before_publish_page", refusing.refuse_while_something_blocks)
hooks.register("before_move_page", opening.ask_before_moving)
hooks.register("before_bulk_action", opening.move_closed_pages_alone)
hooks.register("construct_page_action_menu", page_actions.keep_one_way_to_hand_in)


# Wagtail keeps formulas out of its XLSX, not of its CSV, and names that strangers wrote stand there. Asked last: lists stay lists.
SpreadsheetExportMixin.custom_value_preprocess[object] = {
    SpreadsheetExportMixin.FORMAT_CSV: lambda value: neutral_cell(force_str(value, strings_only=True))
}


@hooks.register("insert_global_admin_js")
def start_widgets_from_data() -> SafeString:
    scripts = [(static(f"website/{name}.js"),) for name in ("admin_start", "admin_saving")]
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("insert_global_admin_css")
def styles_of_our_own() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("website/admin.css"))


class ChecksOfTheText(ContentCheckerItem):
    """Wagtail's accessibility checks of what the editor wrote; the frame around it has tests of its own."""

    axe_include = ["main"]


@hooks.register("construct_wagtail_userbar")
def check_the_text_only(request: HttpRequest, items: list, page) -> None:
    items[:] = [ChecksOfTheText() if isinstance(item, ContentCheckerItem) else item for item in items]


def _in_all(self) -> str:
    return gettext("In all: %(number)s") % {"number": grouped(self.count)}


# Wagtail joins a number with one plural form of a noun; Polish has two, and names of models carry only one.
WagtailPaginator.items_count_label = property(_in_all)


@hooks.register("construct_page_chooser_queryset")
def choose_among_published(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Whoever writes no pages chooses among those that everybody can read."""
    writes = page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"})
    return pages if writes else pages.live()


@hooks.register("register_admin_urls")
def pages_of_passports() -> list:
    return [
        path("zdjecia/<int:pk>/paszport/", passports.passport, name="website_passport"),
        path("zdjecia/<int:pk>/zgoda/", passports.add_consent, name="website_add_consent"),
        path("zdjecia/<int:pk>/wycofanie/", passports.withdrawal, name="website_withdrawal"),
        path("zdjecia/<int:pk>/szukaj-miejsc/", passports.list_again, name="website_list_again"),
        path("zdjecia/zgody/<int:pk>/", passports.consent, name="website_consent"),
        path("zdjecia/miejsca/<int:pk>/", passports.finish_task, name="website_finish_withdrawal"),
    ]
