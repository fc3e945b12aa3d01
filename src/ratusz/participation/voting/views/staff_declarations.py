"""Staff screens of declarations: the queue, one declaration with what is known of it, the decision with reasons."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.dates import polish_moment
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions.declarations import decide_declaration
from ratusz.participation.voting.models import Declaration, RegisterEntry
from ratusz.participation.voting.views.staff_doors import attempt, require_may, vote_for

SHOWN = 200


class DecisionForm(forms.Form):
    """Yes or no, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("The person may vote")), ("no", gettext_lazy("The person is not let in"))],
    )  # fmt: skip
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The person reads them in the answer: which circumstances you looked at, what decided."),
    )  # fmt: skip


def declarations(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue of a vote: open ones first, the oldest on top."""
    vote = vote_for(request, pk, "decide_declaration")
    open_ones = vote.declarations.filter(state=Declaration.State.OPEN)
    decided = vote.declarations.exclude(state=Declaration.State.OPEN).order_by("-decided_at")
    rows = [_row(each) for each in [*open_ones[:SHOWN], *decided.select_related("decided_by")[:SHOWN]]]
    context = {"vote": vote, "rows": rows, "open": open_ones.count()}
    return render(request, "voting/staff/declarations.html", context)


def _row(made: Declaration) -> dict[str, object]:
    return {"made": made, "when": polish_moment(made.made_at), "is_open": made.state == Declaration.State.OPEN}


def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """One declaration; reading it is recorded."""
    require_may(request, "decide_declaration")
    made = get_object_or_404(Declaration.objects.select_related("vote__edition", "decided_by"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        grant = form.cleaned_data["decision"] == "yes"

        def decide() -> None:
            decide_declaration(declaration=made, grant=grant, reasons=form.cleaned_data["reasons"], person=request.user)

        if attempt(request, decide, _("Decided; the person gets the answer.")):
            return redirect("voting_declarations", made.vote_id)
    record_read(subject=made, fields=["name", "street", "contact", "grounds"])
    context = {
        "made": made, "vote": made.vote, "form": form, "when": polish_moment(made.made_at),
        "is_open": made.state == Declaration.State.OPEN,
        "district": dict(made.vote.edition.pools.values_list("code", "name")).get(made.district, made.district),
        "is_listed": RegisterEntry.objects.filter(vote=made.vote, voter_key=bytes(made.voter_key)).exists(),
        "alike": _alike(made), "decided": polish_moment(made.decided_at) if made.decided_at else "",
    }  # fmt: skip
    return render(request, "voting/staff/declaration.html", context, status=422 if form.errors else 200)


def _alike(made: Declaration) -> int:
    """How many other declarations of the vote name the same street, house and flat."""
    street = residents.plain(made.street)
    others = made.vote.declarations.exclude(pk=made.pk).exclude(street="").values_list("street", flat=True)
    return sum(residents.plain(each) == street for each in others) if street else 0
