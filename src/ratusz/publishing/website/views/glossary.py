"""The glossary: what the Office's words mean, on screen and as an accessible PDF."""

from __future__ import annotations

from collections.abc import Sequence
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
from ratusz.foundation.kit.lemmas import lemmas, query_lemmas
from ratusz.foundation.kit.words import search_key
from ratusz.publishing.website.page_cache import shows
from ratusz.ui.chrome import office_lines

LONGEST_QUERY = 100
TEMPLATE = Path(__file__).parents[1] / "typst" / "glossary.typ"


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    shows(request)
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = _found(query)
    return render(request, "website/glossary.html", {"letters": _by_letter(found), "query": query, "number": len(found)})


@require_safe
def glossary_pdf(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_pdf(), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="slownik.pdf"'
    return response


def _found(query: str) -> list[Term]:
    """Terms that have the query as it is typed, or every word of it in some form; all of them for an empty query."""
    whole, asked = search_key(query), query_lemmas(query)
    return [
        term for term in terms() if whole in _text_of(term) or all(any(key in _keys_of(term) for key in keys) for keys in asked)
    ]


def _text(term: Term) -> str:
    return f"{term.polish} {term.meaning} {term.not_to_confuse}"


@lru_cache(maxsize=1024)
def _text_of(term: Term) -> str:
    return search_key(_text(term))


@lru_cache(maxsize=1024)
def _keys_of(term: Term) -> frozenset[str]:
    return frozenset(key for keys in lemmas(_text(term)) for key in keys)


def _by_letter(found: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """Terms under the capital letter of their Polish word, in Polish order."""
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda term: term.polish[0].upper())]


@lru_cache(maxsize=1)
def _pdf() -> bytes:
    """Made once by each process: the glossary changes only with the program. Its words are Polish in every language version."""
    with override("pl"):
        content = {
            "title": _("Glossary of the Office"),
            "subtitle": _("What the words mean that you meet in our letters and on our pages."),
            "footer": office_lines()[0],
            "careful": _("Not to be confused:"),
            "letters": [
                {
                    "letter": letter,
                    "terms": [
                        {"polish": term.polish, "meaning": term.meaning, "not_to_confuse": term.not_to_confuse} for term in group
                    ],
                }
                for letter, group in _by_letter(terms())
            ],
        }
    return pdf_of(TEMPLATE, content)
