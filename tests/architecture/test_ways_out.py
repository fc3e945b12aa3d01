"""Outside connections are opened in the guarded way out and in the listed adapters, nowhere else."""

import ast
from pathlib import Path

from tests.architecture.sources import nodes

SOURCE = Path(__file__).resolve().parents[2] / "src" / "ratusz"
NETWORK = {
    "requests", "httpx", "aiohttp", "urllib3", "urllib.request", "http.client", "smtplib", "ftplib", "imaplib", "poplib",
    "telnetlib",
    "websockets", "pycurl",
}  # fmt: skip
ALLOWED = {
    "foundation/fetching/actions.py": "the guarded way out",
    "foundation/fetching/adapters/pinned.py": "the guarded way out",
    "foundation/incoming/adapters/imap.py": "the mailbox of the settings",
    "foundation/notifications/adapters/smtp.py": "the mail server of the settings",
    "foundation/notifications/adapters/sms.py": "the text-message gateway of the settings",
    "participation/voting/adapters/node.py": "login.gov.pl of the settings",
    "participation/voting/adapters/oidc.py": "the provider of identity of the settings",
    "config/demo_command.py": "asks its own server whether it is up",
}


def _imports(path: Path) -> set[str]:
    found = set()
    for node in nodes(path, ast.Import):
        found |= {alias.name for alias in node.names}
    for node in nodes(path, ast.ImportFrom):
        if node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _opens_connections(name: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in NETWORK)


def test_nothing_else_opens_outside_connections():
    paths = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts and path.name != "testing.py"]
    found = {str(path.relative_to(SOURCE)) for path in paths if any(map(_opens_connections, _imports(path)))}
    assert found - set(ALLOWED) == set(), "fetch foreign addresses by foundation.fetching.actions.fetch, or list the adapter here"
    assert set(ALLOWED) - found == set(), "listed, but opens nothing any more"
