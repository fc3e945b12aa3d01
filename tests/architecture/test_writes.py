"""Nobody writes to the database except actions (and what fills it: factories, migrations, the demo city)."""

import ast

from tests.architecture.sources import nodes, nothing, place, python_files

WRITING = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
MAY_WRITE = {"actions.py", "actions", "factories.py", "factories", "adapters", "migrations", "demo", "privacy.py"}
"""privacy.py holds a module's erasers, which the one action of the privacy tools calls."""
ALLOWED = {
    # file: reason
    "src/ratusz/publishing/website/founding.py": "makes the first pages of a new city, before anybody can act",
    "src/ratusz/foundation/people/roles.py": "fills roles and Wagtail groups after each migrate, before anybody can act",
    "src/ratusz/publishing/website/page_rights.py": "gives the roles' groups their page rights after each migrate, as roles.py asks",
    "src/ratusz/foundation/people/models.py": "the account manager that Django's own createsuperuser and allauth call",
}


def test_only_actions_write():
    found = sorted(
        f"{place(path)}:{node.lineno} .{node.func.attr}("
        for path in python_files()
        if not MAY_WRITE & set(path.parts) and place(path) not in ALLOWED
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING and _writes(node)
    )
    nothing(found, "Only actions write: move it to actions.py, or allow the file with a reason.")


def test_every_exception_is_still_needed():
    writing = {
        place(path)
        for path in python_files()
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING and _writes(node)
    }
    assert set(ALLOWED) - writing == set()


def _writes(call: ast.Call) -> bool:
    """Tells a write through the ORM from dict.update({…}), image.save(path) and super().save(…) inside a model's own method."""
    receiver, name = call.func.value, call.func.attr
    if isinstance(receiver, ast.Call) and getattr(receiver.func, "id", "") == "super":
        return False
    if name in ("bulk_create", "bulk_update", "get_or_create", "update_or_create"):
        return True
    if name == "create":
        return ast.unparse(receiver).endswith(("objects", "all()", "_set")) or bool(call.keywords and not call.args)
    if name == "update":
        return bool(call.keywords and not call.args) and not isinstance(receiver, ast.Dict)
    return not call.args
