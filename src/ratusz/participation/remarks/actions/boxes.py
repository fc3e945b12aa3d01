"""How a remark box works is set before people take part; what becomes of repeated intakes is not changed after that."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.boxes import box_of
from ratusz.participation.remarks.models import Box

SET = ("schema", "proof", "uniqueness", "is_read_before", "takes_places")
DECLARED = ("schema", "proof", "uniqueness")
"""Facts that people must know before they take part."""


@transaction.atomic
def set_box(*, form: Form, person: Any, **facts: Any) -> Box:
    """Sets how the box works; `facts` are of SET. Raises NotYours, RemarkRefused."""
    now = database_now()
    rules.check_may(person, "run", form, now)
    form = Form.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=form.pk)
    box = box_of(form)
    before = {name: getattr(box, name) for name in SET}
    after = before | {name: value for name, value in facts.items() if name in SET}
    starts, _ends = rules.period_of(form.consultation, form)
    has_begun = form.consultation.announced_at is not None and starts is not None and starts <= now
    if has_begun and any(before[name] != after[name] for name in DECLARED):
        words = _("People take part already: the form, how sure we must be, and the rule on repeated intakes stay as announced.")
        raise rules.RemarkRefused(words)
    made, _is_new = Box.objects.update_or_create(form=form, defaults=after)
    record(deed="remarks.set_box", subject=made, before=before, after=after, actor=person)
    return made
