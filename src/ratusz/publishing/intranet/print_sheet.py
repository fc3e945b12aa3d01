"""A notice on paper, for people without a desk: the text, a QR code to the same on a telephone, and lines to sign."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _

from ratusz.casework.documents.pdf import pdf_of
from ratusz.foundation.kit.dates import polish_date, polish_until
from ratusz.publishing.intranet.models import Notice, NoticeVersion
from ratusz.publishing.intranet.structure import text_of

TEMPLATE = Path(__file__).parent / "typst" / "notice.typ"
SPARE_LINES = 3
"""For colleagues who came since the list was printed."""


def pdf(notice: Notice, version: NoticeVersion, unit: Any, names: list[str], address: str) -> bytes:
    """The sheet of one unit as accessible PDF; `names` of those who have yet to confirm, `address` of the notice."""
    blocks = [{"kind": block["kind"], "lines": [text_of(line) for line in block["lines"]]} for block in version.body]
    return pdf_of(TEMPLATE, {
        "title": version.title, "lead": version.lead, "blocks": blocks, "names": [*names, *[""] * SPARE_LINES],
        "facts": _facts(notice, version, unit), "qr": qr_code(address), "address": address.partition("://")[2],
        "words": {
            "qr": _("QR code: the address of this notice"),
            "scan": _("Have you got a telephone? Scan the code, sign in and confirm there."),
            "list": _("I have read this notice"), "name": _("Name"), "day": _("Day"), "signature": _("Signature"),
            "footer": _("Notice no. %(number)s, version %(version)s") % {"number": notice.pk, "version": version.number},
        },
    })  # fmt: skip


def _facts(notice: Notice, version: NoticeVersion, unit: Any) -> list[str]:
    facts = [str(unit), _("Published: %(day)s") % {"day": polish_date(version.written_at)}]
    if notice.due_at:
        facts.append(_("Confirm %(until)s") % {"until": polish_until(notice.due_at)})
    return facts


def qr_code(address: str) -> str:
    """The address as SVG, with enough redundancy for a creased sheet."""
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=2, xmldecl=False)
    return target.getvalue().decode()
