"""All migrations as one file of SQL: three hundred migrations take minutes of computing, restoring their result two seconds.

Its first line names every migration in it with the digest of its file, and the digest of what follows. It is good while all of
them are installed unchanged; newer ones are run after it. Otherwise the migrations run one by one, as they do on every database
that exists already.
`python -m ratusz.config.schema_snapshot` renews it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from ratusz.config.database_server import DatabaseServer, binaries_folder

SNAPSHOT = Path(__file__).with_name("schema.sql.gz")


def manifest() -> dict[str, str]:
    """Every migration file, ours and the libraries', with the digest of its content. Needs Django's apps."""
    from django.apps import apps

    return {
        f"{config.label}/{path.stem}": hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for config in apps.get_app_configs()
        for path in Path(config.path, "migrations").glob("*.py")
    }


def is_good() -> bool:
    """True when every migration in the snapshot is installed and unchanged."""
    return SNAPSHOT.exists() and held().items() <= manifest().items()


def held() -> dict[str, str]:
    """The migrations in the snapshot with the digests of their files; a file that was changed by hand holds none of them."""
    header, _, body = gzip.decompress(SNAPSHOT.read_bytes()).partition(b"\n")
    written = json.loads(header.removeprefix(b"-- "))
    return written["migrations"] if written["body"] == hashlib.sha256(body).hexdigest() else {"": "changed by hand"}


# A dump names what was granted, not what was taken back from the defaults: with them in force every restored table would let `app`
# change what is append-only. The dump grants them anew at its end.
WITHOUT_DEFAULTS = b"""
ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE ALL ON TABLES FROM app;
ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE ALL ON SEQUENCES FROM app;
"""


def restore(server: DatabaseServer, database: str) -> bool:
    """Fills an empty database, in one transaction, as the role `owner`; False when psql refused it."""
    command = [
        binaries_folder() / "psql",
        "-X",
        "-q",
        "-1",
        "-v",
        "ON_ERROR_STOP=1",
        "-h",
        server.socket,
        "-U",
        "owner",
        "-d",
        database,
    ]
    content = WITHOUT_DEFAULTS + gzip.decompress(SNAPSHOT.read_bytes())
    done = subprocess.run([str(word) for word in command], input=content, capture_output=True)
    return done.returncode == 0


def dump(server: DatabaseServer, database: str) -> bytes:
    """The whole database as SQL."""
    command = [binaries_folder() / "pg_dump", "--no-owner", "-h", server.socket, "-U", "postgres", "-d", database]
    return subprocess.run([str(word) for word in command], capture_output=True, check=True).stdout


def main() -> int:
    """Migrates an empty database on a server of its own and writes what came out."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"RATUSZ_HOME": folder, "RATUSZ_ROLE": "owner", "DJANGO_SETTINGS_MODULE": "ratusz.config.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        server = DatabaseServer(Path(folder), is_for_tests=True)
        server.start(ends_with_us=True)
        try:
            call_command("migrate", interactive=False, verbosity=0)
            body = dump(server, "ratusz")
        finally:
            server.remove()
    header = {"body": hashlib.sha256(body).hexdigest(), "migrations": manifest()}
    # No moment and no name in the header, so that the same content is the same file.
    SNAPSHOT.write_bytes(gzip.compress(f"-- {json.dumps(header, sort_keys=True)}\n".encode() + body, 9, mtime=0))
    print(f"{SNAPSHOT.name}: {SNAPSHOT.stat().st_size} B")
    return 0


if __name__ == "__main__":
    sys.exit(main())
