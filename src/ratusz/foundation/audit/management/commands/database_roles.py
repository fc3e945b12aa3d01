"""ratusz manage database_roles: may the role `app` do what it must and no more? Exit 1 and the SQL that mends it when not."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ratusz.foundation.audit.roles import DEFAULTS, ROLE, wrong_privileges


class Command(BaseCommand):
    """For servers that RATUSZ_DATABASE_URL names; run it as `owner` after `migrate`."""

    help = "Checks the privileges of the role app, and prints the SQL that is missing."

    def handle(self, *args, **options) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)", [ROLE])
            if not cursor.fetchone()[0]:
                raise CommandError(f"There is no role {ROLE}. Make it first: CREATE ROLE {ROLE} LOGIN PASSWORD '…';", returncode=1)
        found = wrong_privileges()
        if not found:
            self.stdout.write(f"The role {ROLE} may do what it must, and no more.")
            return
        for line in (*DEFAULTS, *(each.sql for each in found)):
            self.stdout.write(line)
        raise CommandError(f"{len(found)} privileges to mend: run the SQL above as owner.", returncode=1)
