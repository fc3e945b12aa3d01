"""The tree of annexes in its order, with numbers such as "3.1", and what each is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Table
from ratusz.foundation.files.models import FileState
from ratusz.participation.reports.models import Annex, Report


@dataclass(frozen=True)
class Placed:
    """An annex in its place."""

    annex: Annex
    number: str
    level: int
    has_children: bool = False

    @property
    def title(self) -> str:
        return self.annex.title

    @property
    def source(self) -> str:
        return self.annex.source

    @property
    def sha256(self) -> str:
        return self.annex.file.sha256 if self.annex.file else ""

    @property
    def is_heading(self) -> bool:
        """A title over annexes under it, without a file of its own."""
        return self.has_children and self.annex.file is None and not self.annex.source

    @property
    def lacks_file(self) -> bool:
        """Whether there is nothing to publish: no file, or one that is not checked or gone."""
        if self.annex.source or self.is_heading:
            return False
        return self.annex.file is None or self.annex.file.state != FileState.CLEAN


def tree_of(report: Report) -> list[Placed]:
    """All annexes, each before those under it."""
    under: dict[int | None, list[Annex]] = {}
    for each in report.annexes.select_related("file").order_by("number", "pk"):
        under.setdefault(each.parent_id, []).append(each)
    return list(_walk(under, None, "", 0))


def _walk(under: dict[int | None, list[Annex]], parent: int | None, prefix: str, level: int) -> Iterable[Placed]:
    for each in under.get(parent, ()):
        number = f"{prefix}{each.number}"
        yield Placed(each, number, level, each.pk in under)
        yield from _walk(under, each.pk, f"{number}.", level + 1)


def listed(tree: list[Placed]) -> list[Block]:
    """The list of annexes with the checksum of each file."""
    rows = [[each.number, each.title, str(each.annex.get_kind_display()), each.sha256[:16] or "–"] for each in tree]
    headings = [_("No."), _("Annex"), _("Kind"), _("Checksum (first signs)")]
    return [Table(headings, rows, _("List of annexes"))] if rows else []
