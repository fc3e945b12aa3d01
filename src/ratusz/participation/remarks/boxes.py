"""The remark box of a form with its settings and its schema; a form without settings of its own has the usual ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.modes.pack import KeyDateMissing, NoSuchMode
from ratusz.participation.consultations.standing import rules_of
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.models import Box

ON_MAP = "map_remarks"
OPINION = "opinion_form"
KINDS = ("remarks", "document_review", ON_MAP, OPINION)
"""Forms with a remark box: on anything, on passages of a text, on places of a map, and for organisations."""
PERSONAL = {
    "name": "name", "address": "address", "correspondence": "address", "email": "email", "is_owner": "owner", "plots": "plots",
    "representative": "representative", "krs": "register_number",
}  # fmt: skip
"""Fields of schemas to the data that packs of modes name. Who speaks for whom is public, so it is no data of a person."""
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
    """What one fills in, by the day the consultation began: a changed pack changes no running form.

    Never more of people than the modes of the consultation let a form of its kind ask.
    """
    whole = _whole_schema(form, box, at)
    left_out = {each.name for each in whole.fields if not _may_ask(each.name, allowed_data(form))}
    return replace(whole, fields=tuple(each for each in whole.fields if each.name not in left_out))


def left_out(form: Form, box: Box, at: datetime) -> list[str]:
    """Fields of the schema that the modes do not let this form ask."""
    return [each.name for each in _whole_schema(form, box, at).fields if not _may_ask(each.name, allowed_data(form))]


def _whole_schema(form: Form, box: Box, at: datetime) -> terms.Schema:
    consultation = form.consultation
    begun = consultation.announced_at or at
    code = box.schema or ("opinion" if form.kind == OPINION else "")
    return terms.schema_for(code, consultation.modes or [], begun)


def allowed_data(form: Form) -> tuple[str, ...] | None:
    """The most that the form may ask of people, as the packs of modes name it; None where no mode says anything."""
    try:
        rules = rules_of(form.consultation)
    except (KeyDateMissing, NoSuchMode):
        return None
    return rules.allowed_data(OPINION if form.kind == OPINION else "remarks")


def _may_ask(name: str, allowed: tuple[str, ...] | None) -> bool:
    return allowed is None or name not in PERSONAL or PERSONAL[name] in allowed


def place_of(consultation: int) -> str:
    """The key of a consultation's remarks as a place for moderators."""
    return f"remarks.register:{consultation}"


def default_mode(consultation: Any) -> str:
    """How remarks are published until somebody sets another way: before a look only where every box says so."""
    boxes = list(Box.objects.filter(form__consultation=consultation))
    return "post" if boxes and not any(each.is_read_before for each in boxes) else "pre"
