"""The database refuses to change an append-only table, to the owner as to the application, and the guard can be taken back."""

import pytest
from django.db import DatabaseError, connection, models
from django.db.migrations.state import ModelState, ProjectState

from ratusz.foundation.kit.append_only import AppendOnly

CHANGES = ["UPDATE kit_note SET word = 'x'", "DELETE FROM kit_note", "TRUNCATE kit_note"]


@pytest.fixture
def state(db):
    state = ProjectState()
    state.add_model(ModelState("kit", "Note", [("id", models.BigAutoField(primary_key=True)), ("word", models.TextField())]))
    with connection.schema_editor(atomic=False) as editor:
        editor.create_model(state.apps.get_model("kit", "Note"))
    return state


def guard(state, *, backwards=False):
    operation = AppendOnly("Note")
    with connection.schema_editor(atomic=False) as editor:
        (operation.database_backwards if backwards else operation.database_forwards)("kit", editor, state, state)


def outcome(as_role, role, statement):
    try:
        with as_role(role) as cursor:
            cursor.execute(statement)
    except DatabaseError as refusal:
        return type(refusal.__cause__).__name__
    return "done"


def test_nobody_changes_a_guarded_table(state, as_role):
    guard(state)
    assert outcome(as_role, "app", "INSERT INTO kit_note (word) VALUES ('a')") == "done"
    assert [outcome(as_role, "owner", change) for change in CHANGES] == ["RestrictViolation"] * 3
    assert [outcome(as_role, "app", change) for change in CHANGES] == ["InsufficientPrivilege"] * 3
    with as_role("app") as cursor:
        cursor.execute("SELECT word FROM kit_note")
        assert cursor.fetchall() == [("a",)]


def test_the_guard_can_be_taken_back(state, as_role):
    guard(state)
    guard(state, backwards=True)
    assert [outcome(as_role, "app", change) for change in CHANGES[:2]] == ["done", "done"]
    assert outcome(as_role, "owner", CHANGES[2]) == "done"
