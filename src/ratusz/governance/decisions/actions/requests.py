"""A draft from a request of the Office's register; whoever asked by e-mail is told what comes of it."""

from __future__ import annotations

import contextlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.requests.models import Contact, Request
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.rules import NotDeliverable
from ratusz.governance.decisions import from_requests, rules
from ratusz.governance.decisions.actions.writing import add_asker, draft_decision
from ratusz.governance.decisions.models import Decision
from ratusz.governance.decisions.models.decisions import Origin


@transaction.atomic
def draft_from_request(*, request: Request, person: Any) -> Decision:
    """One request makes one draft. The person's words stay in the request: they may hold what is nobody else's. Raises NotYours."""
    if not from_requests.may_draft(request, person, database_now()):
        raise rules.NotYours
    # The row makes a second press wait and find the first.
    request = Request.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.pk)
    if known := Decision.objects.filter(source_key=request.key).first():
        return known
    words = _("What was asked stands in the request: %(request)s.") % {"request": request}
    facts = {"origin": Origin.REQUEST, "title": str(request)[:160], "text": words, "lead_unit": request.unit}
    decision = draft_decision(facts=facts, person=person, source_key=request.key)
    if request.contact == Contact.EMAIL and request.contact_value and request.erased_at is None:
        with contextlib.suppress(NotDeliverable):
            add_asker(decision=decision, person=person, email=request.contact_value, trusted=True)
    return decision
