"""Every route against every role: who gets in stands in routes.tsv, and a new route fails until it is there.

`RATUSZ_WRITE_TABLES=1 pytest tests/harness -k "roles_get_in or looked_at"` adds what is new to routes.tsv and fields.txt; read the
difference before you commit it: who is let in there is your decision.
"""

from __future__ import annotations

import copy
import os
import tomllib
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.contrib import auth
from django.core.management.color import no_style
from django.db import connection

from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.people.roles import PACK
from tests.harness.routes import TABLE, Route, all_routes, outcome, table

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
RAISES = {"admin/failwhale/"}
"""Wagtail's page that fails on purpose."""
HARMLESS: dict[str, str] = {}
WITHOUT_THE_ADMIN = ("employee",)
"""Staff who have the intranet alone; that no staff page opens for them has a test of its own, so they stand in no row."""
ROLES = tuple(sorted(tomllib.loads(PACK.read_text())["roles"].keys() - set(WITHOUT_THE_ADMIN)))


@pytest.fixture(scope="module")
def routes() -> list[Route]:
    return all_routes()


@pytest.fixture
def quiet(settings):
    """Pages may be missing here; a server error is an answer to be counted, not an exception."""
    settings.DEBUG = False


@pytest.fixture
def first_numbers(db):
    """Numbers of rows start after what is there, so that the address /1/ leads to the same row in any order of tests."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def test_every_route_stands_in_the_table(routes):
    known = table()
    assert sorted({route.pattern for route in routes} - known.keys()) == [], "new routes: decide who may enter, then add them"
    assert sorted(known.keys() - {route.pattern for route in routes}) == [], "gone: remove them from the table"


def test_every_route_can_be_reached(routes):
    assert [route.pattern for route in routes if not route.address] == []


def test_visitors_see_what_the_table_says(routes, client, quiet):
    client.raise_request_exception = False
    said = {pattern: anonymous for pattern, (anonymous, _roles) in table().items()}
    seen = {route.pattern: outcome(client, route.address) for route in routes if route.address}
    assert {pattern: answer for pattern, answer in seen.items() if answer != said.get(pattern, answer)} == {}


def test_no_staff_page_opens_for_residents_or_without_the_second_factor(routes, client, quiet):
    client.raise_request_exception = False
    staff_routes = [route for route in routes if route.is_staff]
    assert len(staff_routes) > 150
    client.force_login(UserFactory())
    assert {route.pattern: answer for route in staff_routes if (answer := outcome(client, route.address)) != "refused"} == HARMLESS
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    assert {route.pattern: answer for route in staff_routes if (answer := outcome(client, route.address)) != "second"} == HARMLESS


@contextmanager
def one_person():
    """Whoever is signed in is read once with their permissions, not on each of five hundred pages: nothing changes them meanwhile."""
    read, known = auth.get_user, {}

    def get_user(request):
        key = request.session.session_key
        if key not in known:
            known[key] = read(request)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(auth, "get_user", get_user)
        yield


def let_in(routes: list[Route], staff_client, role: str) -> set[str]:
    """The routes that open for one role."""
    client = staff_client(role)
    client.raise_request_exception = False
    signed_in = copy.deepcopy(client.cookies)
    found = set()
    for route in routes:
        # Wagtail's way out takes the cookie even when it refuses a GET; the routes after it are for somebody signed in.
        client.cookies = copy.deepcopy(signed_in)
        answer = outcome(client, route.address)
        assert not answer.isdigit() or route.pattern in RAISES, f"{route.address} answers {answer} to {role}"
        if answer == "open":
            found.add(route.pattern)
    return found


def said_of(role: str) -> set[str]:
    return {pattern for pattern, (_anonymous, roles) in table().items() if roles == "all" or role in roles.split(",")}


def test_every_role_is_tried(db):
    assert set(ROLES) | set(WITHOUT_THE_ADMIN) == set(Role.objects.values_list("code", flat=True))
    named = {role for _anonymous, roles in table().values() for role in roles.split(",")}
    assert named - set(ROLES) == {"all", "none", "-"}


@pytest.mark.parametrize("role", ROLES)
def test_roles_get_in_where_the_table_says(first_numbers, routes, staff_client, client, quiet, role):
    if os.environ.get("RATUSZ_WRITE_TABLES"):
        return add_to_table(routes, staff_client, client) if role == ROLES[0] else None
    with one_person():
        found, said = let_in([route for route in routes if route.is_staff], staff_client, role), said_of(role)
    assert (sorted(found - said), sorted(said - found)) == ([], []), "too much and too little"


def test_no_staff_page_opens_for_those_without_the_admin(routes, staff_client, quiet):
    staff_routes = [route for route in routes if route.is_staff and route.pattern != "admin/logout/"]
    for role in WITHOUT_THE_ADMIN:
        assert let_in(staff_routes, staff_client, role) == set()


def add_to_table(routes: list[Route], staff_client, client) -> None:
    """Writes what is new and leaves out what is gone; lines that are there stay as somebody decided them."""
    client.raise_request_exception = False
    known = table()
    new = [route for route in routes if route.pattern not in known]
    open_to = {role: let_in([route for route in new if route.is_staff], staff_client, role) for role in ROLES}
    for route in new:
        anonymous = outcome(client, route.address) if route.address else "shadowed"
        codes = [role for role in ROLES if route.pattern in open_to[role]]
        words = "all" if codes == list(ROLES) else ",".join(codes) or "none"
        known[route.pattern] = (anonymous, words if route.is_staff else "-")
    lines = [
        "route\tanonymous\troles",
        *(f"{route.pattern}\t{known[route.pattern][0]}\t{known[route.pattern][1]}" for route in routes),
    ]
    TABLE.write_text("\n".join(lines) + "\n")


def test_a_link_to_signing_out_signs_nobody_out(staff_client):
    client = staff_client("editor")
    assert client.get("/admin/logout/").status_code == 405
    assert client.get("/admin/").status_code == 200
