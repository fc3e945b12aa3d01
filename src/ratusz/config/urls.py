"""Where everything is."""

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.urls import include, path, re_path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LogoutView
from wagtail.urls import serve_pattern

from ratusz.config import health
from ratusz.demo import accounts as demo_accounts
from ratusz.demo import mailbox
from ratusz.demo import node as demo_node
from ratusz.demo import voting as demo_voting
from ratusz.foundation.people.views.public import closed_page
from ratusz.participation.forum.archive.addresses import old_address
from ratusz.publishing.ledger.views.staff import to_our_screen
from ratusz.publishing.website.new_pages import new_page
from ratusz.publishing.website.page_gates.opening import AskBeforeOpening
from ratusz.publishing.website.views.public import page
from ratusz.publishing.website.views.staff import AdminCatalog

handler500 = "ratusz.config.errors.server_error"


def no_such_page(request, **kwargs):
    """Wagtail's bulk actions on accounts would pass our actions by."""
    raise Http404


urlpatterns = [
    path("-/live", health.live),
    path("-/ready", health.ready),
    path("-/metrics", health.metrics),
    path("admin/bulk/ratusz_people/user/<slug:action>/", no_such_page),
    # Wagtail's own view answers a GET by 405 and drops the session cookie all the same.
    path("admin/logout/", require_POST(LogoutView.as_view())),
    # Wagtail's way to unpublish asks for no reason; ours takes its address, so that every button of Wagtail leads there.
    path("admin/pages/<int:page_id>/unpublish/", to_our_screen),
    # Of two savings of one new page at once the second would answer with an error of the server.
    path("admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/", new_page),
    # Opening a closed page asks first; Wagtail's window has no hook for that.
    path("admin/pages/<int:page_id>/privacy/", require_admin_access(AskBeforeOpening.as_view())),
    path("admin/jsi18n/", AdminCatalog.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("demo/konta", demo_accounts.accounts, name="demo_accounts"),
    path("demo/wezel/sso", demo_node.sign_in, name="demo_node"),
    path("demo/wezel/<slug:step>", demo_node.soap, name="demo_node_soap"),
    path("demo/czesci-klucza", demo_voting.shares_page, name="demo_shares"),
    path("intranet/", include("ratusz.publishing.intranet.urls")),
    path("konto/zaproszenie/", include("ratusz.foundation.units.urls")),
    path("konto/", include("ratusz.foundation.people.urls")),
    path("", include("ratusz.ui.urls")),
    path("pliki/", include("ratusz.foundation.files.urls")),
    path("akceptacja/", include("ratusz.publishing.editing.urls")),
    path("powiadomienia/", include("ratusz.foundation.notifications.urls")),
    path("", include("ratusz.publishing.website.urls_once")),
    path("", include("ratusz.publishing.following.urls_once")),
    path("glosuj/", include("ratusz.participation.voting.urls_ballot")),
    path("ankieta/", include("ratusz.participation.surveys.urls_answer")),
    # Addresses of the forum that stood here before.
    path("default.aspx", old_address, name="old_forum"),
    path("demo/skrzynka", mailbox.inbox),
    path("demo/skrzynka/<int:pk>", mailbox.message),
    path("demo/skrzynka/<int:pk>/html", mailbox.message_html),
    # Polish at /, English at /en/; the tree of pages takes whatever is left, so it stands last.
    *i18n_patterns(
        path("kalendarz/", include("ratusz.coordination.calendar.urls")),
        path("czy-pomocna/", include("ratusz.publishing.ledger.urls")),
        path("obserwuj/", include("ratusz.publishing.following.urls")),
        path("prosty-jezyk/", include("ratusz.publishing.gates.urls")),
        path("", include("ratusz.publishing.website.urls")),
        path("konsultacje/", include("ratusz.participation.remarks.urls_texts")),
        path("spotkania/", include("ratusz.casework.meetings.urls")),
        path("wnioski/", include("ratusz.casework.requests.urls")),
        path("punkt-konsultacyjny/", include("ratusz.casework.advice.urls")),
        path("podpisy/", include("ratusz.casework.signatures.urls")),
        path("pks/default.aspx", old_address),
        path("pks/", include("ratusz.participation.forum.urls")),
        path("zasady-moderacji/", include("ratusz.casework.moderation.urls")),
        path("protokoly/", include("ratusz.casework.meetings.urls_minutes")),
        path("znak-miasta/", include("ratusz.publishing.newsroom.urls")),
        # Before the other addresses of consultations, which take any one word for a consultation.
        path("konsultacje/wnioski/", include("ratusz.participation.consultations.applications.urls")),
        path("konsultacje/plan-roczny/", include("ratusz.participation.consultations.yearly.urls")),
        path("konsultacje/", include("ratusz.participation.remarks.urls")),
        path("konsultacje/", include("ratusz.participation.polls.urls")),
        # Before the budget's own, which takes any one word after an edition for a pool.
        path("budzet-obywatelski/", include("ratusz.participation.projects.urls")),
        # Before the budget's own addresses, which would take the log for a pool.
        path("budzet-obywatelski/", include("ratusz.participation.voting.urls")),
        path("budzet-obywatelski/", include("ratusz.participation.budget.urls")),
        path("inicjatywy-uchwalodawcze/", include("ratusz.participation.initiatives.urls")),
        path("debata-o-stanie-gminy/", include("ratusz.participation.initiatives.debates.urls")),
        path("wysluchania-publiczne/", include("ratusz.participation.initiatives.hearings.urls")),
        path("ankiety/", include("ratusz.participation.surveys.urls")),
        path("badania/", include("ratusz.participation.surveys.research.urls")),
        path("konsultacje/", include("ratusz.participation.reports.urls")),
        path("konsultacje/", include("ratusz.participation.consultations.urls")),
        path("ustalenia/", include("ratusz.governance.decisions.urls")),
        # Wagtail's own two doors stand before the tree, which would take them for pages. Its sign-in goes by a password alone, past
        # limits and record, so ours stands in its place; the password of a closed page has a limit of tries.
        path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="wagtailcore_login"),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            closed_page,
            name="wagtailcore_authenticate_with_password",
        ),
        re_path(serve_pattern, page, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

handler400 = "ratusz.publishing.website.views.errors.not_understood"
handler403 = "ratusz.publishing.website.views.errors.refused"
handler404 = "ratusz.publishing.website.views.errors.not_found"
