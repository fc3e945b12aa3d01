"""One remark for staff: its words, the public words, the position with every earlier version and what changed, deeds."""

from __future__ import annotations

from difflib import ndiff
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from ratusz.casework.moderation.catalogue import reason_name
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.units.models import Unit
from ratusz.participation.remarks import queries, rules, terms, wording
from ratusz.participation.remarks.actions import grouping, positions, routing, showing
from ratusz.participation.remarks.forms_staff import PositionForm, PublicWordsForm
from ratusz.participation.remarks.models import Position
from ratusz.participation.remarks.place_map import place_map
from ratusz.participation.remarks.rules_grouping import GroupingRefused
from ratusz.participation.remarks.views.staff.deeds import press, remark_for, rights


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one remark; the form writes a draft of the position, for the whole group when that is ticked."""
    found, at = remark_for(request, pk)
    last = positions.newest(found)
    start = {"verdict": last.verdict, "reasons": last.reasons, "due_on": last.due_on} if last else {}
    form = PositionForm(request.POST) if request.method == "POST" else PositionForm(initial=start)
    if form.is_valid():
        try:
            if request.POST.get("for_group") and found.cluster is not None:
                positions.write_for_cluster(cluster=found.cluster, stand=form.stand(), person=request.user)
            else:
                positions.write_position(remark=found, stand=form.stand(), person=request.user)
            messages.success(request, _("The draft of the position is saved."))
            for words in rules.warnings_of(
                form.cleaned_data["reasons"], terms.term("shortest_reasons", at), terms.term("empty_reasons", at)
            ):
                messages.warning(request, words)
            return redirect("remarks_remark", pk)
        except rules.NotYours:
            form.add_error(None, _("This remark belongs to another unit."))
        except rules.RemarkRefused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "remarks/staff/remark.html", _context(request, found, at, form))


def _context(request: HttpRequest, found: Any, at: Any, form: PositionForm) -> dict[str, Any]:
    versions = list(found.positions.select_related("written_by", "approved_by", "unit").order_by("-version"))
    pairs = zip(versions, [*versions[1:], None], strict=False)
    return {
        "map": place_map(found),
        "remark": found, "consultation": found.consultation, "intake": found.intake, "form": form, "may": rights(request, at,
        found),
        "speaks": wording.speaks(found.intake), "area": wording.area_words(found.intake), "where": wording.where_words(found),
        "received": polish_moment(found.intake.received_at), "units": Unit.objects.working().order_by("name"),
        "versions": [{"position": each, "changes": changes(before, each)} for each, before in pairs],
        "last": versions[0] if versions else None,
        "decision": _decision(found),
        "words_form": PublicWordsForm(initial={"words": found.public_content or found.content}),
        "same": wording.same_words(queries.same_of([found.cluster_id]).get(found.cluster_id or 0, 0)),
        "others": found.cluster.remarks.exclude(pk=found.pk).order_by("number")[:50] if found.cluster else [],
    }  # fmt: skip


def _decision(found: Any) -> dict[str, str] | None:
    """What a moderator decided about a remark that nobody else sees."""
    made = showing.hidden_by(found)
    if made is None:
        return None
    return {
        "what": str(made.get_deed_display()), "day": polish_moment(made.judged_at),
        "reason": reason_name(made.reason, made.judged_at), "facts": made.facts,
    }  # fmt: skip


def changes(before: Position | None, after: Position) -> list[tuple[str, str]]:
    """Lines taken out ("-") and added ("+") between two versions, the verdict first."""
    if before is None:
        return []
    old = [str(before.get_verdict_display()), *before.reasons.splitlines()]
    new = [str(after.get_verdict_display()), *after.reasons.splitlines()]
    return [(line[0], line[2:]) for line in ndiff(old, new) if line[0] in "+-"]


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """The deeds behind buttons: review, back, approve, route, the public words, out of the group."""
    found, _at = remark_for(request, pk)
    person, note = request.user, request.POST.get("note", "")
    deeds = {
        "review": (partial(positions.send_to_review, remark=found, person=person), _("Sent to whoever approves.")),
        "back": (partial(positions.send_back, remark=found, note_words=note, person=person), _("Sent back to the writer.")),
        "approve": (
            partial(positions.approve, remark=found, person=person),
            _("Approved. Everybody reads it, the author is told."),
        ),
        "hide": (partial(showing.hide_by_staff, remark=found, person=person), _("Taken out of sight.")),
        "show": (
            partial(showing.show_by_staff, remark=found, person=person, overrules="overrules" in request.POST),
            _("Everybody may read it now."),
        ),
        "words": (partial(_words, request, found), _("The public words are changed.")),
        "route": (partial(_route, request, found), _("The unit is told of it among its remarks.")),
        "alone": (partial(_alone, request, found), _("The remark stands alone again.")),
    }
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    return press(request, *deeds[name], reverse("remarks_remark", args=[pk]))


def _alone(request: HttpRequest, found: Any) -> None:
    rules.check_may(request.user, "run", found, database_now())
    try:
        grouping.move_remarks(consultation=found.consultation, remarks=[found.pk], to=None, person=request.user)
    except GroupingRefused as refusal:
        raise rules.RemarkRefused(str(refusal)) from refusal


def _words(request: HttpRequest, found: Any) -> None:
    form = PublicWordsForm(request.POST)
    if not form.is_valid():
        raise rules.RemarkRefused(_("Write the words everybody reads, at most 20,000 characters."))
    showing.change_words_by_staff(remark=found, words=form.cleaned_data["words"], person=request.user)


def _route(request: HttpRequest, found: Any) -> None:
    unit = Unit.objects.working().filter(pk=plain_number(request.POST.get("unit", "")) or 0).first()
    if unit is None:
        raise rules.RemarkRefused(_("Choose the unit that answers."))
    routing.route(remarks=[found], unit=unit, person=request.user)
