"""ratusz manage verify_audit: does the chain of the record hold? Exit 1 and the first broken row when not."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ratusz.foundation.audit.heads import heads_file, published_heads
from ratusz.foundation.audit.queries import verify
from ratusz.foundation.kit.clock import database_now


class Command(BaseCommand):
    """Compares with heads published outside the database: those of the file in RATUSZ_HOME, and any given by hand."""

    help = "Verifies the hash chain of the record of who did what."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--head", action="append", default=[], metavar="NUMBER:HEX", help="a head published elsewhere")
        parser.add_argument("--heads", type=Path, default=None, help="a file of published heads, one NUMBER:HEX a line")

    def handle(self, *args, head: list[str], heads: Path | None, **options) -> None:
        published = [*head, *published_heads(heads or heads_file())]
        verdict = verify(published=published, at=database_now())
        if verdict.broken:
            kind, _space, number = verdict.broken.where.rpartition(" ")
            raise CommandError(f"{_(kind)} {number}: {_(verdict.broken.why)}", returncode=1)
        told = _(
            "The record holds. Entries: {entries}, with erased values: {erased}, past their time: {expired}, "
            "not sealed yet: {unsealed}."
        ).format(entries=verdict.entries, erased=verdict.erased, expired=verdict.expired, unsealed=verdict.unsealed)
        self.stdout.write(told)
        told = _("Seals: {seals}. Compared with heads published before: {heads}. Newest head: {head}")
        self.stdout.write(told.format(seals=verdict.seals, heads=len(published), head=verdict.head or "-"))
