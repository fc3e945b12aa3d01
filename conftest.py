"""What every test may rely on: a private database, Polish, no outside sockets, the shared data when they are there."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import hypothesis
import pytest

# A busy machine is no failure: no deadlines, no complaint about slow generation.
hypothesis.settings.register_profile("ratusz", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# The fast stage of `ratusz test` takes this one; the slow stage runs the same tests again with the full number.
hypothesis.settings.register_profile("quick", hypothesis.settings.get_profile("ratusz"), max_examples=25)
hypothesis.settings.load_profile("ratusz")

CHECKOUT = Path(__file__).resolve().parent


class Lazy:
    """The database of this process's tests; imported late, because Django is not yet set up when pytest reads this file."""

    database = None

    def start(self) -> None:
        from ratusz.config.database_for_tests import DatabaseForTests

        self.database = self.database or DatabaseForTests()
        self.database.start()

    def stop(self) -> None:
        if self.database:
            self.database.stop()


private_database = Lazy()


def _is_xdist_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    # Workers cannot start it one by one; a run in one process waits until a test asks for the database.
    from pytest_django.plugin import blocking_manager_key

    if getattr(session.config.option, "numprocesses", None) and not _is_xdist_worker(session.config):
        with session.config.stash[blocking_manager_key].unblock():
            private_database.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _is_xdist_worker(config):
        return
    private_database.stop()
    if temporary := os.environ.get("RATUSZ_TEST_HOME_IS_TEMPORARY"):
        shutil.rmtree(temporary, ignore_errors=True)


@pytest.fixture(scope="session")
def database_server(request, django_db_blocker):
    """Makes sure that the private PostgreSQL runs; for tests that reach it through a process of their own."""
    if not _is_xdist_worker(request.config):
        with django_db_blocker.unblock():
            private_database.start()


@pytest.fixture(scope="session")
def django_db_setup(database_server, django_test_environment, django_db_blocker, django_db_modify_db_settings_parallel_suffix):
    """Instead of pytest-django's, which runs `migrate` once more in every process: a copy of the migrated template as it is."""
    from ratusz.config.database_for_tests import copy_of_template

    with django_db_blocker.unblock():
        copy = copy_of_template()
        copy.__enter__()
    yield
    with django_db_blocker.unblock():
        copy.__exit__(None, None, None)


@pytest.fixture(scope="session", autouse=True)
def _restore_after_committed_tests():
    """Tests with real transactions leave a fresh copy of the template behind instead of empty tables."""
    from django.test import TransactionTestCase

    def restore(case):
        from ratusz.config.database_for_tests import restore

        restore()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield


@pytest.fixture(autouse=True)
def _same_start():
    """Polish, and no page or value that an earlier test left in memory: a rolled-back version number comes again."""
    from django.core.cache import caches
    from django.utils import translation

    from ratusz.publishing.website.page_cache import page_cache

    page_cache.clear()
    for cache in caches.all(initialized_only=True):
        cache.clear()
    with translation.override("pl"):
        yield


@pytest.fixture
def as_role(db):
    """`with as_role("app") as cursor: …` runs SQL as another database role; whatever fails inside is undone."""
    from django.db import connection, transaction

    @contextmanager
    def run_as(role: str):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'SET LOCAL ROLE "{role}"')
            yield cursor
            cursor.execute("RESET ROLE")

    return run_as


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder `data` of the shared design, which is no part of the checkout; the test is skipped where it is absent."""
    folder = Path(os.environ.get("RATUSZ_SHARED") or CHECKOUT.parent / "shared") / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared data beside the checkout (set RATUSZ_SHARED): {folder.name}")
    return folder


@pytest.fixture
def staff_client(db):
    """`staff_client("editor", unit=…)`: a client signed in as somebody appointed to that role, second factor shown just now."""
    import time

    from django.test import Client

    from ratusz.foundation.units.actions import sync_access
    from ratusz.foundation.units.factories import AppointmentFactory

    def sign_in(role_code: str, **appointment) -> Client:
        made = AppointmentFactory(role_code=role_code, **appointment)
        sync_access(person=made.person, at=made.starts)
        client = Client()
        client.person = made.person
        client.person.refresh_from_db()
        client.force_login(client.person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}]
        session["account_authentication_methods_user"] = str(client.person.pk)
        session.save()
        return client

    return sign_in


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]):
    """The stages of `ratusz test` read the files that name their mark, so a mark given from elsewhere would leave a test out.

    Around all other hooks: before `-m` takes items away, after whatever gives them marks.
    """
    from ratusz.config.suite import NAMED_BY, is_read_for

    collected = list(items)
    yield
    for item in collected:
        for mark in NAMED_BY:
            if item.get_closest_marker(mark) and not is_read_for(mark, item.path):
                raise pytest.UsageError(f"{item.nodeid}: name {mark} in this file, and keep it where ratusz test looks")
    # Begun last, one of them would let the other core wait for a minute. The order is otherwise the shuffled one.
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item):
    """With `--dist loadgroup` one process reads the whole code for the tests of the architecture; two would both do."""
    if item.path.is_relative_to(CHECKOUT / "tests" / "architecture"):
        item.add_marker(pytest.mark.xdist_group("architecture"))


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays for ever: walking over it in every collection of garbage costs a tenth of the run."""
    import gc

    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
