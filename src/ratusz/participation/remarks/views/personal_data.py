"""The screen of personal data in public words: each mark is covered or let stand, then all is signed off."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit import personal_marks as kinds
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import personal_data, rules
from ratusz.participation.remarks.actions import signing_off
from ratusz.participation.remarks.models import Remark
from ratusz.participation.remarks.views.grouping import check

PAGE = 25
WORDS = {
    kinds.NAME: gettext_lazy("name of a person"), kinds.NATIONAL: gettext_lazy("PESEL"), kinds.TELEPHONE: gettext_lazy("telephone"),
    kinds.MAILBOX: gettext_lazy("e-mail address"), kinds.HOME: gettext_lazy("postal address"),
    kinds.PLATE: gettext_lazy("number plate"), kinds.BANK: gettext_lazy("bank account"),
}  # fmt: skip


@require_safe
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """Remarks with open marks in the order of their numbers."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    found, later = personal_data.marked_after(consultation, plain_number(request.GET.get("po", "")) or 0, PAGE)
    signed = personal_data.sign_off_in_force(consultation)
    record_read(subject=consultation, fields=["public_content"], actor=request.user)
    context = {
        "consultation": consultation, "rows": found, "later": later, "signed": signed, "words": WORDS,
        "moment": polish_moment(signed.signed_at) if signed else "", "count": personal_data.public_remarks(consultation).count(),
        "here": request.GET.get("po", ""),
    }  # fmt: skip
    return render(request, "remarks/staff/personal_data.html", context)


@require_POST
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Covers one mark of a remark, or lets it stand."""
    check(request)
    remark = get_object_or_404(Remark.objects.select_related("consultation"), pk=pk)
    kind = request.POST.get("kind", "")
    deed, said = (
        (signing_off.cover, _("Covered.")) if request.POST.get("deed") == "cover" else (signing_off.let_stand, _let_words(kind))
    )
    try:
        deed(remark=remark, kind=kind, digest=request.POST.get("digest", ""), person=request.user)
    except rules.RemarkRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    after = plain_number(request.POST.get("po", "")) or 0
    answer = redirect("remarks_personal_data", remark.consultation_id)
    answer["Location"] += f"?po={after}" if after else ""
    return answer


def _let_words(kind: str) -> str:
    """What letting a mark stand means for the report."""
    if kind == kinds.HOME:
        return _("It may stand. The report does not stop at this address any more.")
    return _("It may stand. If it is the name or contact of somebody who took part, the report will ask to cover it all the same.")


@require_POST
@once_only
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Signs everything off."""
    check(request)
    consultation = get_object_or_404(Consultation, pk=pk)
    try:
        signing_off.sign_off(consultation=consultation, person=request.user)
    except rules.RemarkRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed off. It holds until a public word changes or another remark is let out."))
    return redirect("remarks_personal_data", pk)
