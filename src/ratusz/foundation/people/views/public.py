"""Pages of accounts that allauth does not bring."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.views import authenticate_with_password

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.people import rules
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.second_factor import has_second_factor, is_last_of_staff


@login_required
def second_factor(request):
    """Asks for a passkey or an authenticator app before the first staff page."""
    target = request.GET.get("next", "")
    if has_second_factor(request.user):
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
        return redirect(target if is_ours else "mfa_index")
    return render(request, "people/second_factor.html", {"next": target})


def closed_page(request, page_view_restriction_id: int, page_id: int):
    """The password of a page closed with one: ten tries from an address in 15 minutes."""
    key = f"{page_view_restriction_id} from {client_line(request)}"
    within = {"most": rules.SIGN_IN_TRIES, "within": rules.SIGN_IN_WITHIN}
    if request.method == "POST" and not use_up(kind="closed-page", key=key, **within):
        return render(request, "people/too_many_tries.html", status=429)
    return authenticate_with_password(request, page_view_restriction_id, page_id)


def address_under_a_name(request) -> str | None:
    """Where this machine's own page stands under a name, when it was opened under a number: browsers bind passkeys to names.

    "" under another machine's number, which only whoever runs the server can give a name; None under a name.
    """
    try:
        host = urlsplit(f"//{request.get_host()}")
        number = ip_address(host.hostname or "")
    except ValueError:
        return None
    return f"{request.scheme}://localhost:{host.port or request.get_port()}{request.path}" if number.is_loopback else ""


class RemovePasskey(RemoveWebAuthnView):
    """allauth's, which would take the last one away as well."""

    def form_valid(self, form):
        if is_last_of_staff(self.get_object()):
            messages.error(
                self.request, _("This is your only second factor, so it stays. Add another one first, then remove this one.")
            )
            return redirect(self.get_success_url())
        return super().form_valid(form)


class SetUpApp(ActivateTOTPView):
    """allauth's; the code just typed counts as shown, so that the first staff page does not ask for another one."""

    def form_valid(self, form):
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", set_up=True)
        return answer


class AddPasskey(AddWebAuthnView):
    """allauth's; the passkey just made counts as shown."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"under_a_name": address_under_a_name(self.request)}

    def form_valid(self, form):
        answer = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn", set_up=True)
        return answer
