"""Remarks and positions in the portal's search: how many of each consultation say so, with the way to its list, narrowed.

Twenty thousand remarks would push everything else out of the results, so they are gathered by consultation below them. They are
counted in the register itself at each search: what was hidden a moment ago is found no more.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Intake, Position, Remark
from ratusz.publishing.website.registries import Gathered
from ratusz.publishing.website.search.words import query_of

MOST_COUNTED = 1_000
"""Of a word that stands in half of all remarks no number helps anybody, and counting them all takes a tenth of a second."""
MOST = 5
"""Consultations that are named; the rest are counted."""
_CONSULTATION = re.compile(r"\bKS/(\d{4})/(\d{1,6})\b", re.IGNORECASE)
_AFTER_IT = re.compile(r"^\D{0,20}(\d{1,6})\s*$")
"""What follows the number of a consultation: "/17", ": 17", "uwaga nr 17"."""
_ALONE = re.compile(r"^(?:uwag\w*|remarks?)\s*(?:nr|no)?\.?\s*(\d{1,6})$", re.IGNORECASE)


def found_beside(text: str, at: datetime) -> Gathered | None:
    """By number ("uwaga nr 17", "KS/2026/0003/17"), else by words in any form; None when nobody said so in public."""
    return _by_number(text) or _by_words(text)


def _standing() -> Any:
    """What everybody reads and its author did not take back."""
    return Remark.objects.public().exclude(intake__state=Intake.State.WITHDRAWN)


def _by_number(text: str) -> Gathered | None:
    consultation = _CONSULTATION.search(text)
    number = _AFTER_IT.match(text[consultation.end() :]) if consultation else _ALONE.match(text.strip())
    if number is None:
        return None
    found = _standing().filter(number=int(number[1])).select_related("consultation")
    if consultation:
        found = found.filter(consultation__number=f"KS/{consultation[1]}/{int(consultation[2]):04}")
    rows = list(found.order_by("-consultation__starts_on", "-pk").defer("words", "public_words")[: MOST + 1])
    named = [(_title(each), each.get_absolute_url(), "") for each in rows[:MOST]]
    note = _("More consultations have a remark of this number: add the number of yours.") if len(rows) > MOST else ""
    return Gathered(_("Remarks by number"), named, note, len(named)) if rows else None


def _title(remark: Remark) -> str:
    return _("Remark no. %(number)s: %(title)s") % {"number": remark.number, "title": remark.consultation.title}


def _by_words(text: str) -> Gathered | None:
    query = query_of(text)
    if not query:
        return None
    found = _consultations_of(SearchQuery(query, config="simple", search_type="raw"))
    if not found:
        return None
    is_cut, total = found.total() > MOST_COUNTED, min(found.total(), MOST_COUNTED)
    order = sorted(found.items(), key=lambda pair: (-pair[1], -pair[0]))
    titles = Consultation.objects.in_bulk([number for number, _of in order[:MOST]])
    rows = [_row(titles[number], 0 if is_cut else of, text) for number, of in order[:MOST]]
    return Gathered(_("Remarks of residents and the city's positions"), rows, _left_out(len(order) - len(rows), is_cut), total)


def _consultations_of(searched: SearchQuery) -> Counter[int]:
    """How many remarks of each consultation say so, or were answered so; of very many only the first are counted."""
    own = _standing().filter(public_words=searched).values_list("pk", "consultation")[: MOST_COUNTED + 1]
    approved = Position.objects.filter(state=Position.State.APPROVED, words=searched, remark__in=_standing())
    answered = approved.values_list("remark", "remark__consultation")[: MOST_COUNTED + 1]
    return Counter((dict(own) | dict(answered)).values())


def _left_out(more: int, is_cut: bool) -> str:
    if is_cut:
        return _("There are more. Add a word to find what you are looking for.")
    words = ngettext("and in %(count)s more consultation", "and in %(count)s more consultations", more)
    return words % {"count": more} if more else ""


def _row(consultation: Consultation, count: int, text: str) -> tuple[str, str, str]:
    words = ngettext("%(count)s remark", "%(count)s remarks", count) % {"count": count} if count else ""
    query = urlencode({"q": text[:100]})
    return consultation.title, f"{reverse('remarks:list', args=[consultation.slug])}?{query}", words
