"""What stands after the plus in our address leads a letter to its consultation and form: konsultacje+ks-2026-0003.12@…"""

from __future__ import annotations

import re
from typing import Any

from ratusz.foundation.incoming.queries import address_for
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks.boxes import KINDS

MAILBOX = "remarks"
_NUMBER = re.compile(r"[a-z]{1,6}/\d{4}/\d{1,8}")
_TAG = re.compile(r"([a-z]{1,6}-\d{4}-\d{1,8}|\d{1,9})(?:\.(\d{1,9}))?")
IN_WORDS = re.compile(r"\b[A-Za-z]{1,6}/\d{4}/\d{1,8}\b")


def tag_of(consultation: Consultation, form: Form | None = None) -> str:
    """The number of the consultation as an address may hold it, with that of the form behind a dot."""
    number = (consultation.number or "").lower()
    tag = number.replace("/", "-") if _NUMBER.fullmatch(number) else str(consultation.pk)
    return f"{tag}.{form.pk}" if form is not None else tag


def read_tag(tag: str) -> tuple[Consultation | None, Form | None]:
    """The announced consultation, and its form that takes remarks; None for what the tag does not name."""
    match = _TAG.fullmatch(tag.lower())
    if match is None:
        return None, None
    wanted = {"pk": int(match[1])} if match[1].isdecimal() else {"number__iexact": match[1].replace("-", "/")}
    found = Consultation.objects.public().filter(**wanted).first()
    if found is None or not match[2]:
        return found, None
    return found, found.forms.filter(pk=int(match[2]), kind__in=KINDS).first()


def address_of(consultation: Any, form: Any = None) -> str:
    """Where e-mails with remarks go; "" while no mailbox is set."""
    return address_for(MAILBOX, tag_of(consultation, form))
