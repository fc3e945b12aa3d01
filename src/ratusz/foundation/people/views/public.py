"""Pages of accounts that allauth does not bring."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from ratusz.foundation.people.second_factor import has_second_factor


@login_required
def second_factor(request):
    """Asks for a passkey or an authenticator app before the first staff page."""
    target = request.GET.get("next", "")
    if has_second_factor(request.user):
        is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
        return redirect(target if is_ours else "mfa_index")
    return render(request, "people/second_factor.html", {"next": target})
