"""The kit for authors as one document: days, rules, what to write, what it costs, how it is judged; and a poster with its QR.

Page, PDF, DOCX and poster are made of the edition's own calendar, rules, form, price list and criteria: nothing is typed twice.
"""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Table
from ratusz.casework.documents.pdf import pdf_of
from ratusz.foundation.kit.dates import polish_range
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.budget.models import Edition, Pool, Stage, StageCode
from ratusz.participation.budget.rules_page import shown
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.form_pack import form_pack, price_list
from ratusz.participation.projects.models import Stage as CheckStage
from ratusz.participation.projects.rules import most_cost
from ratusz.participation.projects.settings import entry, setting
from ratusz.publishing.website.own_sites import full_address

POSTER = Path(__file__).parent / "typst" / "poster.typ"
TOLD = ("guardian_age", "appeal_working_days")
"""Rules that an author asks about, beside the costs."""


def address_of(edition: Edition) -> str:
    """Where a project is submitted, as it stands in QR codes."""
    return full_address(reverse("projects:start", args=[edition.slug]))


def document(edition: Edition) -> Document:
    """Everything an author needs, in the order in which it is needed."""
    blocks: list[Block] = [*_days(edition), *_rules(edition), *_form(), *_costs(edition), *_judging()]
    return Document(
        title=_("Kit for authors of projects"), subtitle=_("Participatory budget, edition %(edition)s") % {"edition": edition},
        blocks=blocks, address=address_of(edition), address_words=_("Submit a project here:"),
    )  # fmt: skip


def _days(edition: Edition) -> list[Block]:
    stages = list(Stage.objects.filter(edition=edition).order_by("starts_at", "pk"))
    if not stages:
        return [Notice(_("The calendar of this edition is not set yet."))]
    rows = [(_capital(str(StageCode(each.code).label)), days_of(each)) for each in stages]
    return [Heading(_("When")), Facts(rows)]


def days_of(stage: Stage) -> str:
    """ "11 marca – 9 kwietnia 2026 r.": the last day is the one before the stage closes."""
    return polish_range(stage.starts_at, stage.closes_at - timedelta(seconds=1))


def _rules(edition: Edition) -> list[Block]:
    told = [entry(edition, name) for name in TOLD]
    unsure = "; " + _("to be confirmed")
    rows = [(each.title, f"{shown(each)} ({each.legal_basis}){'' if each.is_confirmed else unsure}") for each in told]
    return [Heading(_("What the rules say")), Facts(rows)]


def _form() -> list[Block]:
    blocks: list[Block] = [Heading(_("What the form asks"))]
    for section, fields in form_pack().sections():
        lines = [f"{field.label}{' *' if field.required else ''}" + (f" – {field.hint}" if field.hint else "") for field in fields]
        blocks += [Heading(section, 3), Items(lines)]
    return [*blocks, Notice(_("* needed to submit. A draft may be kept with gaps, by a link, without an account."))]


def _costs(edition: Edition) -> list[Block]:
    local, city = setting(edition, "local_cost_share_percent"), setting(edition, "city_cost_share_percent")
    pools = Pool.objects.filter(edition=edition).order_by("position").select_related("edition")
    rows = [[pool.name, zlotys(pool.budget_grosze), zlotys(most_cost(pool, local, city))] for pool in pools]
    blocks: list[Block] = [Heading(_("What it may cost"))]
    if rows:
        columns = [_("Where"), _("In the pool"), _("A project costs at most")]
        blocks.append(Table(columns, rows, caption=_("Pools of the edition")))
    prices = [[price.name, price.unit, zlotys(price.grosze)] for price in price_list()]
    caption = _("Prices that help with an estimate")
    return [*blocks, Table([_("What"), _("Unit of measure"), _("Price of one")], prices, caption=caption)]


def _judging() -> list[Block]:
    blocks: list[Block] = [Heading(_("How projects are judged"))]
    for stage in (CheckStage.FORMAL, CheckStage.SUBSTANTIVE):
        lines = [f"{each.words} ({each.basis})" for each in criteria(stage)]
        blocks += [Heading(_capital(str(stage.label)), 3), Items(lines, numbered=True)]
    return blocks


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def poster(edition: Edition) -> bytes:
    """An A4 sheet for a notice board: what, until when, the QR of where to submit. Raises DocumentError."""
    address = address_of(edition)
    submission = Stage.objects.filter(edition=edition, code=StageCode.SUBMISSION).first()
    target = io.BytesIO()
    segno.make(address, error="m", micro=False).save(target, kind="svg", border=2, xmldecl=False)
    content: dict[str, Any] = {
        "title": _("Submit a project"), "lead": _("Participatory budget, edition %(edition)s") % {"edition": edition},
        "days": days_of(submission) if submission else "", "qr": target.getvalue().decode(),
        "address": address.partition("://")[2].rstrip("/"),
        "words": {
            "qr": _("QR code of the page where a project is submitted"),
            "how": _("Scan the code or type the address. You need no account; a draft is kept by a link."),
            "footer": _("Kit for authors, price list and criteria stand at the same address."),
        },
    }  # fmt: skip
    return pdf_of(POSTER, content)
