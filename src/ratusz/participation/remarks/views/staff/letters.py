"""Letters with remarks for staff: the list with what waits, one letter beside the form it fills in, what else becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.incoming.actions import settling
from ratusz.foundation.incoming.models import Letter
from ratusz.foundation.incoming.queries import address_for, last_visit
from ratusz.foundation.incoming.rules import LetterRefused
from ratusz.foundation.incoming.rules import NotYours as NotYourLetter
from ratusz.foundation.kit import buttons
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions import letters as actions
from ratusz.participation.remarks.boxes import KINDS as FORMS_WITH_BOXES
from ratusz.participation.remarks.forms_letters import AsideForm, AssignForm, DuplicateForm, LetterFilter, LetterForm
from ratusz.participation.remarks.mail import queries
from ratusz.participation.remarks.mail import rules as mail_rules
from ratusz.participation.remarks.mail.tags import MAILBOX
from ratusz.participation.remarks.mail.writing import CHOICES, address_in, composed, marked
from ratusz.participation.remarks.wording_letters import KINDS, TABS, WAYS, empty_words

REFUSED = (rules.RemarkRefused, LetterRefused)
NOT_YOURS = (rules.NotYours, NotYourLetter)
State = Letter.State
ODD = timedelta(hours=2)
"""A date in the letter that differs by more from when it arrived is told."""


def _check(request: HttpRequest) -> datetime:
    at = database_now()
    if not mail_rules.reads_some(request.user, at):
        raise PermissionDenied
    return at


def letter_for(request: HttpRequest, pk: int) -> tuple[Letter, datetime]:
    """A letter that the person sees, with the moment."""
    at = _check(request)
    found = queries.letters_for(request.user, at).select_related(
        "sender", "raw", "duplicate_of", "settled_by", "of_remarks__consultation", "of_remarks__intake", "of_remarks__form"
    )
    return get_object_or_404(found, pk=pk), at


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of one state, with the number of those in each; the sender is told only where reading is recorded."""
    at = _check(request)
    mine = queries.letters_for(request.user, at)
    state = request.GET.get("stan", "")
    state = state if state in State.values else State.WAITING
    form = LetterFilter(request.GET, consultations=_with_letters(mine))
    narrowed = queries.narrowed(mine, form.wanted(state))
    order = ("arrived_at", "pk") if state == State.WAITING else ("-arrived_at", "-pk")
    page = Paginator(queries.page_rows(narrowed).order_by(*order), queries.PAGE).get_page(request.GET.get("p"))
    visit, counts = last_visit(MAILBOX), queries.counts(mine)
    context = {
        "form": form, "page": page, "rows": [_row(each) for each in page], "state": state, "visit": visit,
        "looked_at": polish_moment(visit.looked_at) if visit else "", "address": address_for(MAILBOX),
        "problem_since": polish_moment(visit.problem_since) if visit and visit.problem_since else "",
        "tabs": [_tab(request, code, counts.get(code, 0), state) for code in TABS], "empty": empty_words(state),
        "is_narrowed": form.has_changed(), **_pages(request.GET, page),
    }  # fmt: skip
    return render(request, "remarks/staff/letters.html", context)


def _with_letters(mine: Any) -> Any:
    return Consultation.objects.filter(pk__in=mine.order_by().values("of_remarks__consultation"))


def _row(letter: Letter) -> dict[str, Any]:
    ours = letter.of_remarks
    return {
        "letter": letter, "arrived": polish_moment(letter.arrived_at), "consultation": ours.consultation,
        "found_by": ours.get_found_by_display() if letter.state == State.WAITING else "", "intake": ours.intake,
        "number": formatted(ours.intake.receipt) if ours.intake else "",
        "is_new": letter.state == State.WAITING and letter.opened_at is None,
    }  # fmt: skip


def _tab(request: HttpRequest, code: str, count: int, state: str) -> dict[str, Any]:
    query = request.GET.copy()
    query.pop("p", None)
    query["stan"] = code
    return {"name": TABS[code], "count": count, "url": "?" + query.urlencode(), "is_here": code == state}


def _pages(given: QueryDict, page: Any) -> dict[str, str]:
    query, found = given.copy(), {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        found[name] = query.urlencode()
    return found


@once_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter beside the form it fills in; reading it is recorded. Pressed, the form makes the intake."""
    found, at = letter_for(request, pk)
    settling.open_letter(letter=found, person=request.user)
    parts, form = marked(found.text), None
    chosen = _chosen(request, len(parts))
    if _can_be_entered(request, found, at):
        form = _form(request, found, at, composed(parts, chosen))
        if request.POST.get("deed") == "enter" and form.is_valid():
            try:
                return _entered(request, found, form)
            except REFUSED as refusal:
                form.add_error(None, str(refusal))
    return render(request, "remarks/staff/letter.html", _context(request, found, at, parts, chosen, form))


def _can_be_entered(request: HttpRequest, found: Letter, at: datetime) -> bool:
    is_open = found.state == State.WAITING and found.of_remarks.consultation is not None
    return is_open and mail_rules.may(request.user, "settle", found.of_remarks.consultation, at)


def _chosen(request: HttpRequest, count: int) -> dict[int, str]:
    said = {place: request.POST.get(f"czesc-{place}", "") for place in range(count)}
    return {place: choice for place, choice in said.items() if choice in CHOICES}


def _form(request: HttpRequest, found: Letter, at: datetime, content: str) -> LetterForm:
    consultation = found.of_remarks.consultation
    start = {
        "form": found.of_remarks.form or consultation.forms.filter(kind__in=FORMS_WITH_BOXES).first(),
        "address": address_in(found.text),
    }
    given: Any = None
    if request.method == "POST":
        given = request.POST.copy()
        if given.get("deed") == "arrange":  # what was typed beside the words stays
            given["content"] = content
    return LetterForm(given, letter=found, consultation=consultation, at=at, initial=start)


def _entered(request: HttpRequest, found: Letter, form: LetterForm) -> HttpResponse:
    clean = form.cleaned_data
    made = actions.enter_letter(
        letter=found, consultation=found.of_remarks.consultation, points=form.points(), author=form.author(), form=clean["form"],
        language=clean["language"], person=request.user,
    )  # fmt: skip
    messages.success(request, _("In the register. Receipt number: %(number)s") % {"number": formatted(made.receipt)})
    return redirect("remarks_intake", made.pk)


def _context(
    request: HttpRequest, found: Letter, at: datetime, parts: list[Any], chosen: dict[int, str], form: LetterForm | None
) -> dict[str, Any]:
    ours, address = found.of_remarks, address_in(found.text)
    before, after = queries.neighbours(queries.letters_for(request.user, at), found)
    intakes, others = queries.same_sender(found)
    return {
        "letter": found, "named": _("Letter no. %(number)s") % {"number": found.pk}, "ours": ours, "form": form,
        "arrived": polish_moment(found.arrived_at), "dated": _odd_date(found), "parts": _parts(parts, chosen), "ways": WAYS,
        "attachments": found.attachments.select_related("file"), "intakes": intakes, "others": others, "address": address,
        "district": find_district(address=address) if address else None, "before": before, "after": after,
        "number": formatted(ours.intake.receipt) if ours.intake else "",
        "may_settle": mail_rules.may(request.user, "settle", ours.consultation, at), **_other_deeds(found),
    }  # fmt: skip


def _odd_date(found: Letter) -> str:
    """What the sender's program wrote, where it differs much from when the letter arrived."""
    dated = found.dated_at
    return polish_moment(dated) if dated and abs(dated - found.arrived_at) > ODD else ""


def _parts(parts: list[Any], chosen: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": f"czesc-{place}", "words": each.block.words, "kind": KINDS[each.block.kind],
            "choice": chosen.get(place, each.choice),
        }
        for place, each in enumerate(parts)
    ]  # fmt: skip


def _other_deeds(found: Letter) -> dict[str, Any]:
    return {
        "assign_form": AssignForm(initial={"consultation": found.of_remarks.consultation}), "aside_form": AsideForm(),
        "duplicate_form": DuplicateForm(), "is_open": found.state in settling.NOT_SETTLED,
        "can_go_back": found.state in settling.SET_APART and found.erased_at is None,
    }  # fmt: skip


@sensitive_post_parameters()
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """The deeds behind the other buttons of the page."""
    found, _at = letter_for(request, pk)
    person, reason, number = request.user, request.POST.get("reason", ""), request.POST.get("number", "")[:30]
    deeds: dict[str, tuple[Callable[[], Any], str]] = {
        "assign": (partial(_assign, request, found), _("The letter belongs to this consultation.")),
        "aside": (partial(settling.put_aside, letter=found, reason=reason, person=person), _("Put aside.")),
        "duplicate": (partial(actions.mark_duplicate, letter=found, number=number, person=person), _("Put aside.")),
        "back": (partial(settling.put_back, letter=found, person=person), _("It waits with the others.")),
    }  # fmt: skip
    name = request.POST.get("deed", "")
    if name not in deeds:
        raise Http404
    back = reverse("remarks_letter", args=[pk])
    return buttons.press(request, *deeds[name], back, refused=REFUSED, not_yours=NOT_YOURS)  # type: ignore[arg-type]


def _assign(request: HttpRequest, found: Letter) -> None:
    form = AssignForm(request.POST)
    if not form.is_valid():
        raise rules.RemarkRefused(_("Choose the consultation from the list."))
    actions.assign(letter=found, consultation=form.cleaned_data["consultation"], person=request.user)
