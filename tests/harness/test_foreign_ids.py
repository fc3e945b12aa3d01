"""A foreign number in an address: whoever works for another unit, or has no role, meets no error, reads nothing and writes nothing.

Every staff route with a number in it, of the modules of issue 3, of advice, of signatures and of Wagtail's pages and pictures, is asked and sent to with the
number of an object that is another unit's. A new route of these modules has to name whose object it leads to (foreign_objects.py).
"""

from __future__ import annotations

import gc
import inspect
import re
import sys

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.people.factories import UserFactory
from tests.harness.foreign_objects import SECRET, City
from tests.harness.routes import Route, all_routes
from tests.harness.signing_in import sign_in_staff

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""Wagtail leaves the smaller copy of a picture, which it draws in memory, to be closed by the collector of garbage."""
MODULES = (
    "ratusz.publishing.", "ratusz.casework.deadlines.", "ratusz.casework.requests.", "ratusz.casework.advice.",
    "ratusz.casework.signatures.", "ratusz.coordination.",
)  # fmt: skip
WAGTAIL = ("admin/pages/", "admin/images/", "admin/topics/", "admin/unit-pages/", "admin/bulk/ratusz_website/")
READ_BY_ALL_STAFF = ("admin/komunikaty/", "intranet/katalog/", "intranet/komentarze/<int:pk>/zglos/")
"""Messages are for all of the city, and whoever works in the Office may read them before they leave; the directory is the Office's.
Who reads a published notice and its comments, which is everybody in the Office, may ask the moderators to look at one."""
NO_OBJECT = {"admin/podrecznik/<slug:name>/", "admin/pages/create/<slug:app_label>/<slug:model_name>"}
"""Their argument names no row."""
DEEDS = (
    *("send", "claim", "release", "ask_back", "comment", "approve", "unschedule", "publish", "publish_alone", "close", "schedule"),
    *("take_in_page_changes", "save", "preview", "add", "remove", "show", "take_down", "review", "settle", "not_needed", "done"),
    *("pause", "resume", "extend", "take", "number", "drop", "override", "withdraw", "undo"),
    *("came", "missed", "cancel", "end", "call_off", "check", "reopen", "same", "two", "reject", "reinstate", "erase"),
)
SLUGS = ("zatwierdz", "potwierdz", "wyslij", "odwolaj", "przepusc", "kiedy", "dowod", "plakat", "oddaj", "dodaj", "wycofaj", "tematy",
         "przyjmij", "zamknij")  # fmt: skip
TYPED = {
    "reason": "Bo tak trzeba.", "words": "Bo tak.", "because": "Bo tak trzeba.", "alone_because": "Pilne.", "note": "Zrobione.",
    "title": "Zmieniony", "text": "Zmieniony tekst", "version": "1", "sure": "yes", "action-publish": "1", "recipient": "Ktoś",
    "email": "ktos@ratusz.example", "name": "Zmieniona", "gate": "owner", "override_because": "Bo tak.", "confirm": "on",
    "public_note": "Nie ma.", "answer": "approved", "outlet": "cms", "scheduled_at": "2027-01-10T10:00", "html": "<p>Inny</p>",
}  # fmt: skip
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.I)
OWN_TRACES = {
    "ratusz_audit_entry",
    "ratusz_audit_detail",
    "ratusz_website_portalrendition",
    "django_session",
    "ratusz_people_user",
    "wagtailadmin_editingsession",
    "django_cache",
    "ratusz_once_sending",
}
"""Of the person who asks, not of the foreign thing: a refused deed stands in the record, and a picture
that is seen for the first time in some size gets its smaller copy."""


@pytest.fixture
def city(settings, db):
    settings.DEBUG = False
    yield City()
    gc.collect()


def is_asked(route: Route) -> bool:
    """Whether a route of issue 3's staff pages takes an argument that names something."""
    if "<" not in route.pattern or not (route.is_staff or route.pattern.startswith("intranet/")):
        return False
    view = inspect.unwrap(route.view)
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    return route.pattern not in NO_OBJECT and (module.startswith(MODULES) or route.pattern.startswith(WAGTAIL))


def values_for(city: City, pattern: str) -> dict:
    """The arguments of the longest beginning that the city knows."""
    known = [start for start in city.owned if pattern.startswith(start)]
    return city.owned[max(known, key=len)] if known else {}


def addresses(city: City, route: Route) -> list[str]:
    """The route with the foreign object in it; with a deed, once for every deed."""
    values = values_for(city, route.pattern)
    fixed = {
        "content_type_app_name": "ratusz_website", "content_type_model_name": "newspage", "action_name": "publish",
        "code": "a4", "spec": "x", "filter_spec": "original", "app_label": "ratusz_website", "model_name": "newspage",
        "action": "delete", "task_state_id": 1, "workflow_state_id": 1, "task_id": 1, "uploaded_file_id": 1,
    }  # fmt: skip
    found = []
    for slug in SLUGS if "<slug:deed>" in route.pattern else ("",):
        given = fixed | values | {"deed": slug}
        path = re.sub(
            r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>",
            lambda match, given=given: str(given.get(match[1] or match[2], "?")),
            route.pattern,
        )
        found.append("/" + re.sub(r"[\^$\\]", "", path))
    return found


def deeds_of(route: Route) -> tuple[str, ...]:
    """The words of the buttons, where the page asks which one was pressed."""
    module = sys.modules[inspect.unwrap(route.view).__module__]
    return DEEDS if module.__name__.startswith("ratusz.") and 'POST.get("deed"' in inspect.getsource(module) else ()


def someone_elsewhere(staff_client, role: str) -> Client:
    client = staff_client(role)
    client.raise_request_exception = False
    return client


def without_a_role() -> Client:
    client = Client(raise_request_exception=False)
    sign_in_staff(client, UserFactory(is_staff=True))
    return client


def is_refused(answer) -> bool:
    """Turned away at the door: Wagtail answers a missing permission by its home page and a message."""
    return answer.status_code in (403, 404, 405) or (answer.status_code == 302 and answer.url == "/admin/")


def wrong_with(client: Client, address: str, data: dict | None, may_read: bool) -> tuple[bool, list[str]]:
    """Whether somebody is turned away, and what is wrong: an error, words of the foreign thing, a row written."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address) if data is None else client.post(address, data)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:
        # Not answer.close(): outside a request that would close the test's database connection too.
        close()
    written = {match[1] for query in asked.captured_queries if (match := WRITES.match(query["sql"]))} - OWN_TRACES
    found = [f"answers {answer.status_code}"] if answer.status_code >= 500 else []
    found += ["shows its words"] if SECRET.encode() in body and not may_read else []
    return is_refused(answer), found + [f"writes {table}" for table in sorted(written)]


@pytest.mark.parametrize("who", ["unit_editor", "unit_verifier", "employee", "nobody"])
def test_foreign_numbers_open_and_change_nothing(city, staff_client, who):
    client = without_a_role() if who == "nobody" else someone_elsewhere(staff_client, who)
    routes = [route for route in all_routes() if is_asked(route)]
    assert len(routes) > 90
    assert [address for route in routes for address in addresses(city, route) if "?" in address] == [], "say whose object it is"
    wrong: dict = {}
    for route in routes:
        may_read = route.pattern.startswith(READ_BY_ALL_STAFF)
        for address in addresses(city, route):
            for data in (None, {}, TYPED, *({"deed": deed} | TYPED for deed in deeds_of(route))):
                is_away, found = wrong_with(client, address, data, may_read)
                wrong |= {(route.pattern, sentence): (address, (data or {}).get("deed", data)) for sentence in found}
                if is_away and data is not None:
                    break
    assert wrong == {}, "\n".join(f"{route} {sentence}: {how}" for (route, sentence), how in wrong.items())


@pytest.mark.parametrize("who", ["unit_editor", "employee", "nobody"])
def test_foreign_files_are_not_given(city, staff_client, who):
    client = without_a_role() if who == "nobody" else someone_elsewhere(staff_client, who)
    answers = [client.get(f"/pliki/plik/{file.public_id}/").status_code for file in city.files]
    assert len(answers) == 2 and set(answers) <= {403, 404}
