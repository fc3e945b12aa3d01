"""What becomes of a remark by the number on its receipt, without an account; never its words, never a name."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.casework.moderation.queries import decided
from ratusz.foundation.kit.codes import normalised
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.kit.registries import Receipt
from ratusz.participation.remarks import queries, rules, terms, wording
from ratusz.participation.remarks.boxes import BALLOT
from ratusz.participation.remarks.models import Intake, PaperReturn


def find_receipt(text: str, at: datetime) -> Receipt | None:
    """State, numbers and positions; the page of each public remark says more."""
    code = normalised(text)
    found = Intake.objects.select_related("consultation", "form").filter(receipt=code).first() if code else None
    if found is None:
        return _paper(code)
    remarks = list(found.remarks.select_related("unit", "consultation").order_by("number"))
    held = queries.positions_of([each.pk for each in remarks], is_public=True)
    hidden = decided([each.key for each in remarks if not each.is_public])
    facts = [(_("Consultation"), found.consultation.title), (_("Received"), polish_date(found.received_at))]
    if found.reason_code:
        facts.append((_("Reason"), terms.reason_name(found.reason_code, found.judged_at or at)))
    for each in remarks:
        said = wording.position_words(held.get(each.pk)) or _("no position yet")
        if each.key in hidden:
            said += "; " + _("a moderator hid it: the reason and the appeal are on your own page")
        facts.append((_("Remark no. %(number)s") % {"number": each.number}, said))
    last = found.changes.exclude(words="").order_by("-happened_at", "-pk").first()
    if last is not None and found.state == Intake.State.COMPLETION_ASKED:
        facts.append((_("What is missing"), last.words))
    public = [each for each in remarks if each.is_public]
    url = public[0].get_absolute_url() if public else ""
    title = _("Ballot in a consultation") if rules.is_ballot(found) else _("Remark in a consultation")
    return Receipt(title=title, status=wording.status(found), url=url, facts=tuple(facts))


def _paper(code: str) -> Receipt | None:
    """A paper that is in the house and waits to be typed."""
    found = PaperReturn.objects.select_related("form__consultation").filter(receipt=code).first() if code else None
    if found is None:
        return None
    facts = ((_("Consultation"), found.form.consultation.title), (_("Received"), polish_date(found.arrived_at)))
    title = _("Ballot in a consultation") if found.form.kind == BALLOT else _("Remark in a consultation")
    return Receipt(title=title, status=_("We have the paper. It waits to be typed into the register."), facts=facts)
