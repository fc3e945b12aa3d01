"""The remark box of a form with its settings and its schema; a form without settings of its own has the usual ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.models import Box

ON_MAP = "map_remarks"
KINDS = ("remarks", "document_review", ON_MAP)
"""Forms with a remark box: on anything, on passages of a text, and on places of a map."""
BALLOT = "ballot"
"""A form whose intakes answer one question, with or without words: see participation/polls."""
ON_PAPER = (*KINDS, BALLOT)
"""Forms that come back on paper and are typed by two people."""


def box_of(form: Form | None) -> Box:
    """Its settings, or those of a new box; a form of remarks on a map always asks for a place."""
    found = Box.objects.filter(form=form).first() if form is not None else None
    box = found or Box(form=form)
    box.takes_places |= form is not None and form.kind == ON_MAP
    return box


def schema_of(form: Form, box: Box, at: datetime) -> terms.Schema:
    """What one fills in, by the day the consultation began: a changed pack changes no running form."""
    consultation = form.consultation
    begun = consultation.announced_at or at
    return terms.schema_for(box.schema, consultation.modes or [], begun)


def place_of(consultation: int) -> str:
    """The key of a consultation's remarks as a place for moderators."""
    return f"remarks.register:{consultation}"


def default_mode(consultation: Any) -> str:
    """How remarks are published until somebody sets another way: before a look only where every box says so."""
    boxes = list(Box.objects.filter(form__consultation=consultation))
    return "post" if boxes and not any(each.is_read_before for each in boxes) else "pre"
