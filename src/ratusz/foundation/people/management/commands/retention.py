"""ratusz manage retention [--dry-run]: deletes personal data whose time is over, or only says how many rows that would be."""

from django.core.management.base import BaseCommand

from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.actions.privacy import expire_personal_data


class Command(BaseCommand):
    help = "Deletes personal data whose retention is over; the worker does the same every night."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args, dry_run: bool, **options) -> None:
        with acting(system("manage retention")):
            counts = expire_personal_data(dry_run=dry_run)
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        self.stdout.write(f"{'would delete' if dry_run else 'deleted'} {sum(counts.values())} rows")
