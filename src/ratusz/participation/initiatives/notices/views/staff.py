"""Screens of staff: notices of committees, one of them with its people and what may be done."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import rules
from ratusz.participation.initiatives.models import CommitteeNotice, NoticeState
from ratusz.participation.initiatives.notices import actions
from ratusz.participation.initiatives.notices.forms import AdmitForm, DeclineForm
from ratusz.participation.initiatives.views.deeds import check

PAGE = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All notices; those that wait first."""
    check(request, "see")
    found = CommitteeNotice.objects.select_related("initiative")
    page = Paginator(found.order_by("-state", "-received_at"), PAGE).get_page(request.GET.get("p"))
    rows = [(each, polish_moment(each.received_at)) for each in page]
    return render(request, "initiatives/staff/notices/register.html", {"rows": rows, "page": page})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: the draft, the committee, admit or not."""
    at = check(request, "read")
    mine = get_object_or_404(CommitteeNotice.objects.select_related("contact", "statement", "initiative"), pk=pk)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    admit = AdmitForm(request.POST if deed == "admit" else None, prefix="admit")
    decline = DeclineForm(request.POST if deed == "decline" else None, prefix="decline")
    if (deed == "admit" and admit.is_valid()) or (deed == "decline" and decline.is_valid()):
        try:
            return _done(request, mine, deed, decline)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.InitiativeRefused as refusal:
            messages.error(request, str(refusal))
    if request.method == "GET":
        record(deed="initiatives.read_committee", subject=mine, actor=request.user)
    may_judge = mine.state == NoticeState.WAITING and rules.may(request.user, "handle", None, at)
    context = {
        "mine": mine,
        "received": polish_moment(mine.received_at),
        "admit": admit,
        "decline": decline,
        "may_judge": may_judge,
    }
    return render(request, "initiatives/staff/notices/notice.html", context)


def _done(request: HttpRequest, mine: CommitteeNotice, deed: str, decline: DeclineForm) -> HttpResponse:
    if deed == "admit":
        made = actions.admit_notice(notice=mine, person=request.user)
        messages.success(request, _("The initiative has the number %(number)s.") % {"number": made.number})
        return redirect("initiatives_initiative", made.pk)
    actions.decline_notice(notice=mine, words=decline.cleaned_data["words"], person=request.user)
    messages.success(request, _("Written down. The committee was told."))
    return redirect("initiatives_notice", mine.pk)
