"""The demo's accounts, one per role, and the page that signs in to them with one button: on this machine and in the demo only."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.people.models import User

DOMAIN = "demo.ratusz.example"


@dataclass(frozen=True)
class DemoAccount:
    """One made-up person: the accounts have no password, /demo/konta is their only door."""

    code: str
    role: str
    unit: str
    first_name: str
    last_name: str = "Demo"

    @property
    def email(self) -> str:
        return f"{self.code.replace('_', '-')}@{DOMAIN}"


DEMO_ACCOUNTS = [
    DemoAccount("head", "kierowanie komórką", "KS", "Kierowniczka"),
    DemoAccount("deputy_head", "zastępstwo kierującej osoby", "KS", "Zastępczyni"),
    DemoAccount("editor", "redakcja", "KS", "Redaktorka"),
    DemoAccount("press_officer", "biuro prasowe", "KS", "Rzecznik"),
    DemoAccount("moderator", "moderacja", "KS", "Moderatorka"),
    DemoAccount("lead_moderator", "nadzór nad moderacją", "KS", "Moderatorka", "Wiodąca-Demo"),
    DemoAccount("appeal_moderator", "odwołania od moderacji", "KS", "Moderator", "Odwoławczy-Demo"),
    DemoAccount("unit_moderator", "moderacja w komórce", "KST", "Moderator", "Demo-Środowisko"),
    DemoAccount("budget_coordinator", "budżet obywatelski", "KS", "Koordynator"),
    DemoAccount("unit_verifier", "weryfikacja projektów w komórce", "BD", "Weryfikatorka"),
    DemoAccount("unit_editor", "redakcja w komórce", "KST", "Redaktor", "Demo-Środowisko"),
    DemoAccount("presidents_secretariat", "sekretariat Prezydenta", "KP", "Sekretariat"),
    DemoAccount("data_protection_officer", "ochrona danych", "IOD", "Inspektorka"),
    DemoAccount("administrator", "administracja", "INF", "Administrator"),
    DemoAccount("desk_officer", "punkt obsługi", "BOM", "Punkt"),
    DemoAccount("committee_chair", "przewodniczenie komisji głosowania", "UM", "Przewodnicząca"),
    DemoAccount("key_holder", "część klucza do głosów", "KS", "Powierniczka"),
    DemoAccount("employee", "intranet bez panelu", "BOM", "Pracowniczka"),
    DemoAccount("treasurer", "skarb miasta", "SK", "Skarbniczka"),
]
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]"}


def is_demo_on_this_machine(request) -> bool:
    """The demo was asked for, the browser runs here and nothing stands between (a proxy would hide who really asks)."""
    return (
        settings.DEMO
        and request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
        and request.get_host().rsplit(":", 1)[0] in LOCAL_HOSTS
        and not any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA"))
    )


@never_cache
@require_http_methods(["GET", "POST"])
def accounts(request):
    """Lists one account per role; POST signs in, as if with a second factor."""
    if not is_demo_on_this_machine(request):
        raise Http404
    demo_accounts = (
        User.objects.active().filter(email__endswith=f"@{DOMAIN}").prefetch_related("appointments__role", "appointments__unit")
    )
    if request.method == "POST":
        return _sign_in(request, get_object_or_404(demo_accounts, pk=plain_number(request.POST.get("account", ""))))
    context = {"accounts": demo_accounts.order_by("pk"), "next": _way_back(request)}
    return render(request, "demo/accounts.html", context)


def door(request) -> tuple[str, str] | None:
    """For the sign-in page, which asks for a password that nobody has in the demo: the way to the accounts, and back after it."""
    if not is_demo_on_this_machine(request):
        return None
    way_back = _way_back(request)
    query = "?" + urlencode({"next": way_back}) if way_back else ""
    return gettext("Demo accounts: sign in with one button, no password"), reverse("demo_accounts") + query


def _way_back(request) -> str:
    """The page of this website the person wanted; "" when there is none."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _sign_in(request, account: User):
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    record_authentication(request, account, "mfa", type="demo", reauthenticated=True)
    record(deed="demo.sign_in", subject=account, actor=account)
    if way_back := _way_back(request):
        return redirect(way_back)
    return redirect("wagtailadmin_home" if account.has_perm("wagtailadmin.access_admin") else "intranet:home")
