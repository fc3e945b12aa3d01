"""What must be true before a layout moves on, and the points of the brand book it is looked at by."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ratusz.publishing.newsroom.models import LayoutState, Verdict

PACK = Path(__file__).parents[1] / "packs" / "brand_book.toml"
FILE_KINDS = ("pdf", "png", "jpeg")


class LayoutRefused(ValueError):
    """The layout cannot move as asked; the words say why."""


@cache
def brand_book() -> tuple[tuple[str, str], ...]:
    """(code, words) of every point of the brand book, in its order."""
    return tuple((point["code"], point["words"]) for point in tomllib.loads(PACK.read_text("utf-8"))["point"])


def words_of_points(codes: Collection[str]) -> list[str]:
    """The points as people read them, in the order of the book; one that the book no longer has by its code."""
    book = dict(brand_book())
    return [words for code, words in brand_book() if code in codes] + sorted(code for code in codes if code not in book)


def check_send(request: Any) -> None:
    """Before a file is sent to be looked at. Raises LayoutRefused."""
    if request.state not in (LayoutState.DRAFT, LayoutState.WITH_UNIT):
        raise LayoutRefused(_("This layout is not yours to change now. Wait for the answer or write a new request."))


def check_answer(request: Any, verdict: str, unmet: Collection[str], reasons: str) -> None:
    """Before an answer: the layout waits for one, the verdict fits the points, and a “no” says why. Raises LayoutRefused."""
    if request.state != LayoutState.WITH_BRAND:
        raise LayoutRefused(_("This layout does not wait for an answer."))
    if verdict not in Verdict.values:
        raise LayoutRefused(_("Choose the answer: approved, to be mended or refused."))
    if set(unmet) - {code for code, _words in brand_book()}:
        raise LayoutRefused(_("The brand book has no such point."))
    if verdict == Verdict.APPROVED and unmet:
        raise LayoutRefused(
            _("A layout that misses a point of the brand book is not approved. Choose “to be mended” or untick the point.")
        )
    if verdict != Verdict.APPROVED and not reasons.strip():
        raise LayoutRefused(_("Write the reasons: the unit has to know what to change."))


def check_final(request: Any) -> None:
    """Before the final file is put beside the answer. Raises LayoutRefused."""
    if request.state != LayoutState.APPROVED:
        raise LayoutRefused(_("The final file is added once the layout is approved."))
