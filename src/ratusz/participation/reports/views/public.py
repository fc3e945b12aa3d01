"""Reports as everybody reads them: all published ones, one version with its files, its register page by page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.participation.reports import queries, register
from ratusz.participation.reports.forms import RegisterPage
from ratusz.participation.reports.models import Effect, EffectState, Version, VersionFile
from ratusz.participation.reports.registries import decisions
from ratusz.ui.parts import Cell, Column, Download, Fact, Link

PAGE = 20
ROWS = 50


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """All published reports, newest first."""
    years = list(Version.objects.published().dates("published_at", "year", order="DESC"))
    form = RegisterPage(request.GET, years=years)
    chosen = {"words": form.cleaned_data["q"], "year": form.cleaned_data["rok"]} if form.is_valid() else {}
    page = Paginator(queries.published(**chosen), PAGE).get_page(request.GET.get("strona"))
    rows = [
        {"title": Cell(each.title, url=reverse("reports:report", args=[each.report.consultation.slug])),
         "day": polish_date(each.published_at), "remarks": each.remarks, "version": each.number}
        for each in page if each.published_at
    ]  # fmt: skip
    columns = [
        Column("title", _("Report"), is_heading=True), Column("day", _("Published on")),
        Column("remarks", _("Remarks"), is_number=True), Column("version", _("Version"), is_number=True),
    ]  # fmt: skip
    return render(request, "reports/list.html", {"form": form, "page": page, "rows": rows, "columns": columns})


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed thanks to remarks: each effect with its remarks, where it stands and what was told last."""
    state = request.GET.get("stan", "")
    state = state if state in EffectState.values else ""
    page = Paginator(queries.effects(state), PAGE).get_page(request.GET.get("strona"))
    shown, counts = list(page), queries.effect_counts()
    readable = queries.readable(shown)
    context = {
        "page": page, "state": state, "rows": [_changed(each, readable) for each in shown],
        "counts": [(code, label, counts.get(code, 0)) for code, label in EffectState.choices],
    }  # fmt: skip
    return render(request, "reports/changes.html", context)


def _changed(effect: Effect, readable: set[tuple[int, int]]) -> dict[str, Any]:
    consultation, steps = effect.report.consultation, list(effect.steps.all())
    remarks = [number for number in effect.remarks if (consultation.pk, number) in readable]
    return {
        "effect": effect, "consultation": consultation, "state": effect.get_state_display(),
        "remarks": [Link(str(number), reverse("remarks:remark", args=[consultation.slug, number])) for number in remarks],
        "last": steps[0] if steps else None, "day": polish_date(steps[0].told_at) if steps else "",
        "due": polish_date(effect.due_on) if effect.due_on and effect.state == EffectState.IN_PROGRESS else "",
    }  # fmt: skip


@require_safe
def report(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """The newest version, or the one of that number; an older one says that there is a newer."""
    version = _version(slug, number)
    at = database_now()
    versions = list(version.report.versions.published().defer("sections", "changes").order_by("-number"))
    consultation = version.report.consultation
    context = {
        "version": version, "consultation": consultation, "facts": _facts(version), "is_newest": versions[0].pk == version.pk,
        "sections": [each for each in version.sections if each["code"] not in ("in_short", "annexes")],
        "in_short": next((each for each in version.sections if each["code"] == "in_short"), None),
        "contents": [Link(each["title"], f"#{each['code']}") for each in version.sections],
        "downloads": _downloads(version, slug), "annexes": _annexes(version, slug),
        "register_url": reverse("reports:register", args=[slug, version.number]) if version.remarks else "",
        "evidence": [Fact(each.get_place_display(), _evidence(each)) for each in version.evidence.all()],
        "versions": [_version_link(each, slug) for each in versions], "latest_url": reverse("reports:report", args=[slug]),
    }  # fmt: skip
    return render(request, "reports/report.html", context | _effects(version, at))


def _version(slug: str, number: int | None) -> Version:
    version = queries.version_of(slug, number)
    if version is None:
        raise Http404
    return version


def _facts(version: Version) -> list[Fact]:
    kept = version.report
    facts = [
        Fact(_("Number of the report"), kept.number or ""),
        Fact(_("Consultation"), kept.consultation.number or kept.consultation.title),
        Fact(_("Version"), _("%(number)s, published on %(moment)s") % {"number": version.number, "moment": _moment(version)}),
        Fact(_("Digest of the content (SHA-256)"), version.digest),
    ]
    unit = kept.consultation.owner_unit
    return [*facts, Fact(_("Unit that answers in substance"), unit.name)] if unit else facts


def _moment(version: Version) -> str:
    return polish_moment(version.published_at) if version.published_at else ""


def _files(version: Version) -> dict[str, Any]:
    return {each.name: each for each in version.files.defer("content")}


def _downloads(version: Version, slug: str) -> list[Download]:
    return [_download(each, version, slug) for each in _files(version).values() if not each.is_annex]


def _download(file: VersionFile, version: Version, slug: str) -> Download:
    what = _("Public register of remarks") if file.name.startswith("wykaz") else _("Report")
    size = filesizeformat(file.size)
    return Download(
        f"{what} ({file.title})", _url(version, slug, file.name), file.title.partition(",")[0], size, f"SHA-256: {file.sha256}"
    )


def _url(version: Version, slug: str, name: str) -> str:
    return reverse("reports:file", args=[slug, version.number, name])


def _annexes(version: Version, slug: str) -> list[dict[str, Any]]:
    files = _files(version)
    return [
        each | {"url": _url(version, slug, each["file"]) if each["file"] else "", "made": files.get(each["file"])}
        for each in version.annexes
    ]


def _evidence(evidence: Any) -> str:
    return ", ".join(filter(None, [polish_date(evidence.done_on), evidence.words]))


def _version_link(version: Version, slug: str) -> dict[str, Any]:
    url = reverse("reports:version", args=[slug, version.number])
    return {"number": version.number, "day": _moment(version), "reason": version.reason, "url": url}


def _effects(version: Version, at: datetime) -> dict[str, Any]:
    kept = version.report
    return {
        "outcomes": list(kept.outcomes.all()),
        "effects": list(kept.effects.select_related("unit").prefetch_related("steps")),
        "decided_polls": queries.decided_polls(kept.consultation),
        "ballots": 0 if version.remarks else queries.ballots_in(kept.consultation),
        "decided": [each for ask in decisions for each in ask(kept.consultation, at)],
        "states": dict(Effect._meta.get_field("state").flatchoices),
    }


@require_safe
def register_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The register as it stands in that version, fifty remarks a page; `nr` opens the page of one remark."""
    version = _version(slug, number)
    paginator = Paginator(version.rows.order_by("number"), ROWS)
    page = paginator.get_page(_page_number(request, version))
    labels = register.columns()
    rows = [{"number": each.number, "facts": _cells(labels, each.cells)} for each in page]
    context = {
        "version": version, "consultation": version.report.consultation, "page": page, "rows": rows,
        "report_url": reverse("reports:version", args=[slug, number]),
        "files": [each for each in _downloads(version, slug) if "wykaz" in each.url],
    }  # fmt: skip
    return render(request, "reports/register.html", context)


def _cells(labels: list[str], cells: list[str]) -> list[Fact]:
    return [Fact(label, cell) for label, cell in zip(labels[1:], cells[1:], strict=True) if cell]


def _page_number(request: HttpRequest, version: Version) -> str | int:
    wanted = request.GET.get("nr", "")
    if wanted.isascii() and wanted.isdecimal() and len(wanted) < 8:
        return version.rows.filter(number__lt=int(wanted)).count() // ROWS + 1
    return request.GET.get("strona", "1")


@require_safe
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponse:
    """The bytes of a file as they were published; they never change, so they may be kept for ever."""
    version = _version(slug, number)
    found = version.files.filter(name=name).first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{slug}-v{number}-{name}"'
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
