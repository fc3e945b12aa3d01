"""The root conftest keeps its promises."""

import socket
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils.translation import gettext

from ratusz.config.suite import FOLDERS_OF_TESTS, NAMED_BY


def who_am_i() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_sql_runs_as_another_role_and_comes_back(as_role):
    with as_role("app") as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "app"
    assert who_am_i() == "owner"


def test_a_failure_as_another_role_leaves_the_test_usable(as_role):
    with pytest.raises(ZeroDivisionError), as_role("app"):
        raise ZeroDivisionError
    assert who_am_i() == "owner"


def test_app_may_use_what_owner_makes(as_role):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE made_by_owner (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
    with as_role("app") as cursor:
        cursor.execute("INSERT INTO made_by_owner (word) VALUES ('tak')")
        cursor.execute("UPDATE made_by_owner SET word = 'nie'")
        cursor.execute("SELECT word FROM made_by_owner")
        assert cursor.fetchall() == [("nie",)]
        cursor.execute("DELETE FROM made_by_owner")


def test_the_language_is_polish():
    assert gettext("Yes") == "Tak"


def test_no_socket_reaches_outside():
    with socket.socket() as outgoing, pytest.raises(RuntimeError, match="203.0.113.1"), pytest.warns(UserWarning):
        outgoing.connect(("203.0.113.1", 80))


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_a_test_commits_is_gone_afterwards_and_what_migrations_made_is_there(transactional_db, attempt):
    from wagtail.models import Page

    from ratusz.foundation.people.models import User

    assert (User.objects.count(), Page.objects.filter(depth=1).count()) == (0, 1)
    User.objects.create_user(email="jan@example.com")


@pytest.mark.parametrize("mark", NAMED_BY)
def test_a_mark_given_from_another_file_is_refused(request, tmp_path, mark):
    """The stages of `ratusz test` read only files that name their mark, so it would leave the test out without a word."""
    hooks = request.config.pluginmanager.get_plugin(str(request.config.rootpath / "conftest.py"))
    outside = tmp_path / "test_outside.py"
    outside.write_text(NAMED_BY[mark])
    for path in (request.path, outside):
        marked = SimpleNamespace(path=path, nodeid="test_x", get_closest_marker=lambda name: name == mark)
        around = hooks.pytest_collection_modifyitems([marked])
        next(around)
        with pytest.raises(pytest.UsageError, match="test_x"):
            next(around)


def test_the_stages_look_wherever_tests_are_collected(request):
    assert (request.config.getini("testpaths"), request.config.getini("python_files")) == ([*FOLDERS_OF_TESTS], ["test_*.py"])
