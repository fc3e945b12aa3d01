"""The glossary: what the Office's words mean, on screen and as an accessible PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "website/glossary.html", {})


@require_safe
def glossary_pdf(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"", content_type="application/pdf")
