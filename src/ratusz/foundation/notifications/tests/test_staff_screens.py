"""Staff see the outbox with masked addresses, settle what is unclear, lift suppressions and print letters."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions
from ratusz.foundation.notifications.factories import make_address, make_message
from ratusz.foundation.notifications.models import OutboxMessage, PrintBatch, Suppression
from ratusz.foundation.notifications.queries import moves_of
from ratusz.foundation.notifications.views import staff

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def boss():
    return User.objects.create_superuser("boss@example.pl")


@pytest.fixture
def ask(boss, client, monkeypatch):
    """Calls a screen as the boss, or as somebody else, behind the sign-in that module people tests."""

    def call(view, *args, person=boss, post=None, **query):
        request = RequestFactory().post("/", post) if post is not None else RequestFactory().get("/", query)
        client.force_login(person)
        request.user, request.session = person, client.session
        request._messages = Kept()
        request._dont_enforce_csrf_checks = True
        return view(request, *args)

    return call


class Kept(list):
    """Django's messages, kept in a list."""

    def add(self, level, message, extra_tags=""):
        self.append(str(message))


def test_the_outbox_shows_no_whole_address_and_filters(ask):
    make_message("jan.kowalski", subject="Pierwszy")
    make_message("anna", subject="Drugi")
    OutboxMessage.objects.filter(content__subject="Drugi").update(state="review")
    page = ask(staff.outbox)
    assert "jan.kowalski" not in page.text
    assert "j…@example.pl" in page.text
    filtered = ask(staff.outbox, state="review").text
    assert ("Drugi" in filtered, "Pierwszy" in filtered, "poślij ponownie" in filtered.lower()) == (True, False, True)


def test_one_and_three_messages_cost_the_same_queries(ask):
    counts = []
    for names in (["a"], ["b", "c"]):
        for name in names:
            make_message(name)
        with CaptureQueriesContext(connection) as queries:
            ask(staff.outbox)
        counts.append(len([query for query in queries if "outboxmessage" in query["sql"]]))
    assert counts == [2, 2]


def test_what_is_unclear_is_settled_by_a_button(ask, boss):
    first, second = make_message("a"), make_message("b")
    OutboxMessage.objects.update(state="review")
    assert [move.what for move in moves_of(boss, database_now())] == ["Rozstrzygnij 2 wiadomości, które mogły już pójść"]
    ask(staff.settle, first.pk, post={"deed": "resend"})
    ask(staff.settle, second.pk, post={"deed": "sent"})
    assert list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True)) == ["waiting", "sent"]


def test_a_suppression_is_lifted(ask):
    address = make_address("jan.kowalski")
    suppression = actions.suppress(channel="email", lookup=address.lookup, reason="hard_bounce")
    page = ask(staff.suppressions)
    assert "adres nie istnieje" in page.text
    assert "kowalski" not in page.text
    ask(staff.lift, suppression.pk, post={})
    assert not Suppression.objects.live().exists()


def test_letters_are_printed_together(ask, boss):
    words = {"channel": "letter", "purpose": "notifications.account", "subject": "Odpowiedź", "text": "Dzień dobry"}
    actions.send(to="Jan Kowalski\nul. Młyńska 4\n40-098 Katowice", dedup_key="l", **words)
    actions.deliver(channel="letter")
    assert [move.what for move in moves_of(boss, database_now())] == ["Wydrukuj 1 list"]
    assert "1 list czeka na wydruk" in ask(staff.letters).text
    ask(staff.print_waiting, post={})
    printed = ask(staff.batch, PrintBatch.objects.get().pk)
    assert "ul. Młyńska 4<br>" in printed.text
    assert ask(staff.print_waiting, post={}).status_code == 302


@pytest.mark.parametrize("view", [staff.outbox, staff.suppressions, staff.letters])
def test_others_see_none_of_it(ask, view):
    from django.core.exceptions import PermissionDenied

    stranger = User.objects.create_user("stranger@example.pl")
    with pytest.raises(PermissionDenied):
        ask(view, person=stranger)
    assert list(moves_of(stranger, database_now())) == []
