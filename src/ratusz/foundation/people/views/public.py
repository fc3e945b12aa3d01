"""Pages of accounts that allauth does not bring."""

from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from ratusz.foundation.people.second_factor import has_second_factor, is_last_of_staff


@login_required
def second_factor(request):
    """Asks for a passkey or an authenticator app before the first staff page."""
    target = request.GET.get("next", "")
    if has_second_factor(request.user):
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
        return redirect(target if is_ours else "mfa_index")
    return render(request, "people/second_factor.html", {"next": target})


class RemovePasskey(RemoveWebAuthnView):
    """allauth's, which would take the last one away as well."""

    def form_valid(self, form):
        if is_last_of_staff(self.get_object()):
            messages.error(
                self.request, _("This is your only second factor, so it stays. Add another one first, then remove this one.")
            )
            return redirect(self.get_success_url())
        return super().form_valid(form)
