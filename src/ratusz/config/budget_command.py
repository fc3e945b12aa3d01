"""`ratusz budget recount|import|export …`."""

from __future__ import annotations

from ratusz.config.progress import Stopped


def main(arguments: list[str]) -> int:
    """Recounting needs no database and no Django; import and export are management commands."""
    if arguments[:1] == ["recount"]:
        from ratusz.participation.budget.recount import main as recount

        return recount(arguments[1:])
    if arguments and arguments[0] in ("import", "export"):
        from ratusz.config.manage_command import main as manage

        return manage([f"budget_{arguments[0]}", *arguments[1:]])
    raise Stopped("Użycie: ratusz budget recount ŚCIEŻKA… | import ŚCIEŻKA… | export EDYCJA FOLDER")
