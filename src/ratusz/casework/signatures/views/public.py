"""Pages of everybody: how many have signed, signing, taking it back, sheets to print. Nobody's name stands on any of them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from ratusz.casework.documents.made_files import document_file
from ratusz.casework.signatures import actions, links, papers, queries, rules
from ratusz.casework.signatures.forms import PrintForm, SignForm
from ratusz.casework.signatures.models import Collection, Signature, State
from ratusz.casework.signatures.registries import thing_of
from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import moment_in_words, until_in_words
from ratusz.foundation.kit.links import is_safe_url
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.people.views.own_page import CONFIRM, deed_of_own_page
from ratusz.ui.languages import also_in_ukrainian


@also_in_ukrainian
@never_cache
@csrf_protect
@require_safe
def collection(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How many signatures count, how many are missing, and the ways to sign."""
    return render(request, "signatures/collection.html", _context(_found(public_id), database_now()))


def _found(public_id: UUID) -> Collection:
    return get_object_or_404(Collection, public_id=public_id)


def _context(found: Collection, at: datetime, **more: Any) -> dict[str, Any]:
    thing, valid = thing_of(found.subject), queries.valid_count(found)
    missing = max(found.needed - valid, 0)
    is_open, spoken = found.is_open(at), get_language() or "pl"
    return {
        "collection": found, "thing": thing, "valid": valid, "missing": missing, "is_open": is_open,
        "still": ngettext("%(count)s more needed", "%(count)s more needed", missing) % {"count": missing},
        "is_online": is_open and thing is not None and thing.is_online_allowed and (thing.until is None or at < thing.until),
        "until": until_in_words(found.until, spoken) if found.until else "", "print_form": PrintForm(),
        "url": found.url if is_safe_url(found.url) else "", "check": found.checks.last(),
        "check_made": moment_in_words(found.checks.last().made_at, spoken) if found.checks.last() else "", **more,
    }  # fmt: skip


@also_in_ukrainian
@csrf_protect
@private
@sensitive_post_parameters()
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form; the code follows to the mailbox or telephone, whoever has signed before."""
    found, at, status = _found(public_id), database_now(), 200
    try:
        thing = rules.check_online(found, thing_of(found.subject), at)
    except rules.SignatureRefused as refusal:
        return render(request, "signatures/closed.html", _context(found, at, words=str(refusal)), status=409)
    form = SignForm(request.POST if request.method == "POST" else None, at=at, thing=thing)
    if form.is_valid():
        if form.cleaned_data["homepage"]:
            return redirect("signatures:collection", public_id)
        if use_up(kind="signature", key=client_line(request), most=rules.SIGNS, within=rules.LINE_WITHIN):
            try:
                mine = actions.sign_online(collection=found, signer=form.signer())
                return redirect("signatures:my-signature", links.token_of(mine))
            except rules.SignatureRefused as refusal:
                form.add_error(None, str(refusal))
        else:
            form.add_error(None, _("Many signatures came from this connection within an hour. Wait an hour, or sign on paper."))
            status = 429
    context = {"collection": found, "form": form, "thing": thing, "clause": papers.clause(found, at)}
    return render(request, "signatures/sign.html", context, status=status)


@also_in_ukrainian
@csrf_protect
@private
@sensitive_post_parameters()
def my_signature(request: HttpRequest, token: str) -> HttpResponse:
    """One link for all: type the code, ask for another, take the signature back. Opening it changes nothing."""
    mine = links.signature_of(token)
    if mine is None:
        return render(request, "signatures/bad_link.html", status=404)
    leads_to = {"withdraw": reverse("signatures:collection", args=[mine.collection.public_id])}
    form, answer = deed_of_own_page(request, partial(_do, mine), refused=rules.SignatureRefused, leads_to=leads_to)
    if answer is not None:
        return answer
    contact = mine.contact
    context = {
        "mine": mine, "collection": mine.collection, "form": form, "waits": mine.state == State.UNCONFIRMED,
        "may_withdraw": rules.is_withdrawable(mine), "by_phone": contact is not None and contact.channel == "sms",
    }  # fmt: skip
    return render(request, "signatures/my_signature.html", context)


def _do(mine: Signature, deed: str, digits: str) -> str:
    """Does it; gives what to tell. A repeated signature is thanked for in the same words as a first one."""
    if deed == CONFIRM:
        actions.confirm_signature(signature=mine, digits=digits)
        return _("Thank you. Your signature is with us.")
    if deed == "again":
        actions.send_code_again(signature=mine)
        return _("We have sent a new code. The older one is good no more.")
    if deed == "withdraw":
        actions.withdraw_signature(signature=mine)
        return _("Your signature is taken back and your data are deleted.")
    raise Http404


@also_in_ukrainian
@csrf_protect
@require_POST
def print_sheets(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """New numbered sheets as PDF."""
    found, at = _found(public_id), database_now()
    form = PrintForm(request.POST)
    if form.is_valid():
        if use_up(kind="signature-sheets", key=client_line(request), most=rules.SHEETS, within=rules.LINE_WITHIN):
            try:
                sheets = actions.issue_sheets(collection=found, count=form.cleaned_data["count"])
                return made_file(papers.sheets_pdf(found, sheets, at), "application/pdf", "arkusze.pdf")
            except rules.SignatureRefused as refusal:
                form.add_error("count", str(refusal))
        else:
            form.add_error("count", _("Many sheets were printed from this connection. Wait an hour, or copy a sheet you have."))
    context = _context(found, at) | {"print_form": form}
    return render(request, "signatures/collection.html", context, status=422)


@never_cache
@require_safe
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR of a sheet leads to: which thing it is for; staff go on to receive it."""
    found = queries.sheet_of_code(code)
    if found is None:
        raise Http404
    if rules.may(request.user, "enter", found.collection, database_now()):
        return redirect(reverse("signatures_receive", args=[found.collection_id]) + f"?numer={found.number}")
    return redirect("signatures:collection", found.collection.public_id)


@never_cache
@require_safe
def protocol(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponse:
    """The newest protocol of the check, without anybody's name."""
    made = _found(public_id).checks.select_related("collection").last()
    if made is None:
        raise Http404
    return document_file(papers.protocol_document(made), kind, "protokol-sprawdzenia")
