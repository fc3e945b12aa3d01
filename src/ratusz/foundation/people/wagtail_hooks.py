"""What people add to the Wagtail admin: the bridge to the record, ending sessions, no documents of Wagtail's."""

from django.http import JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from ratusz.foundation.people import wagtail_audit
from ratusz.foundation.people.rules import may
from ratusz.foundation.people.views import privacy, staff

urls = [
    path("privacy/", privacy.person, name="people_privacy"),
    path("privacy/register/", privacy.register, name="people_register"),
    path("privacy/erasures/<int:pk>/", privacy.erasure, name="people_erasure"),
    path("accounts/<int:pk>/end-sessions/", staff.end_sessions, name="people_end_sessions"),
    path("accounts/<int:pk>/sign-in-afresh/", staff.start_sign_in_afresh, name="people_sign_in_afresh"),
]


@hooks.register("register_log_actions", order=100)
def bridge_log(registry):
    wagtail_audit.register(registry)


@hooks.register("register_admin_urls")
def register_urls():
    return urls


@hooks.register("register_user_listing_buttons")
def end_sessions_button(user, request_user):
    if request_user.has_perm("ratusz_people.change_user"):
        yield Button(_("Sign out everywhere"), reverse("people_end_sessions", args=[user.pk]), icon_name="logout", priority=30)
        if user.pk != request_user.pk:
            yield Button(_("Lost second factor"), reverse("people_sign_in_afresh", args=[user.pk]), icon_name="key", priority=40)


class PrivacyMenuItem(MenuItem):
    """Seen by the data-protection officer alone."""

    def is_shown(self, request) -> bool:
        return may(request.user, "answer_person", None)


@hooks.register("register_admin_menu_item")
def privacy_menu_item():
    return PrivacyMenuItem(_("Data protection"), reverse("people_privacy"), icon_name="lock", order=710)


class NoDocuments:
    """Uploads live in foundation/files, so Wagtail's documents are not installed; its admin asks for their address anyway."""

    model = type(None)

    @staticmethod
    def get_urlpatterns():
        return [path("", lambda request: JsonResponse({"meta": {"total_count": 0}, "items": []}), name="listing")]


@hooks.register("construct_admin_api")
def without_documents(router):
    router.register_endpoint("documents", NoDocuments)
