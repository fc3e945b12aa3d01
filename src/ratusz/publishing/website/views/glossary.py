"""The glossary: what the Office's words mean, on screen and as an accessible PDF."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ratusz.casework.documents.pdf import pdf_of
from ratusz.foundation.kit.glossary import Term, terms

TEMPLATE = Path(__file__).parents[1] / "typst" / "glossary.typ"


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "website/glossary.html", {"letters": _by_letter()})


@require_safe
def glossary_pdf(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="slownik.pdf"'
    return response


def _by_letter() -> list[tuple[str, list[Term]]]:
    """Terms under the capital letter of their Polish word, in Polish order."""
    return [(letter, list(group)) for letter, group in groupby(terms(), key=lambda term: term.polish[0].upper())]


@lru_cache(maxsize=1)
def _pdf() -> bytes:
    """Made once by each process: the glossary changes only with the program. Its words are Polish in every language version."""
    with override("pl"):
        content = {
            "title": _("Glossary of the Office"),
            "subtitle": _("What the words mean that you meet in our letters and on our pages."),
            "footer": "Urząd Miasta Katowice",
            "careful": _("Not to be confused:"),
            "letters": [
                {
                    "letter": letter,
                    "terms": [
                        {"polish": term.polish, "meaning": term.meaning, "not_to_confuse": term.not_to_confuse} for term in group
                    ],
                }
                for letter, group in _by_letter()
            ],
        }
    return pdf_of(TEMPLATE, content)
