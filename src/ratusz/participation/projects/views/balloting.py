"""Staff screen of what goes on the ballot: accepted projects, what stops one of them, what excludes what, what is not settled."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, ballot, rules, wording
from ratusz.participation.projects.models import Application, State
from ratusz.participation.projects.views.staff import check


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def put_on_ballot(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go on the ballot now and what would not; the button puts exactly what is shown."""
    check(request, "put_on_ballot", database_now())
    edition = get_object_or_404(Edition, pk=pk)
    if request.method == "POST":
        try:
            number = actions.put_on_ballot(edition=edition, digest=request.POST.get("digest", ""), person=request.user)
        except rules.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("projects_ballot", pk)
        said = ngettext("%(n)s project is on the ballot.", "%(n)s projects are on the ballot.", number) % {"n": number}
        after = _("Now one person presents the list, another one freezes it.")
        messages.success(request, f"{said} {after}")
        return redirect("budget_staff_ballot", pk)
    found = ballot.candidates(edition)
    on_it = Application.objects.filter(edition=edition, state=State.ON_BALLOT).count()
    context = {
        "edition": edition, "ready": [each for each in found if not each.stops], "stopped": [each for each in found if each.stops],
        "digest": ballot.digest_of(found), "ties": ballot.exclusions(edition), "on_it": on_it,
        "unsettled": [(each, wording.state_words(each.state)) for each in ballot.unsettled(edition)],
        "left": [(each, wording.state_words(each.state)) for each in ballot.left(edition)],
    }  # fmt: skip
    return render(request, "projects/staff/ballot.html", context)
