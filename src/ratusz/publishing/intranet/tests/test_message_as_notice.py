"""A message sent to the intranet is a notice; a correction makes its next version, a withdrawal closes it."""

from datetime import UTC, datetime

import pytest

from ratusz.publishing.intranet.actions import close_message, close_notice, show_message
from ratusz.publishing.intranet.message_outlet import address
from ratusz.publishing.intranet.models import Notice
from ratusz.publishing.intranet.structure import lines_of
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message

pytestmark = pytest.mark.django_db


def test_a_message_becomes_a_notice_and_stays_in_step():
    author, second = make_author(), make_author("head")
    message = make_message(author, places=["intranet"])
    assert address(message) == ""
    let_everything_out(message, second)
    notice = Notice.objects.get()
    assert notice.title == "Przerwa w dostawie wody: ul. Mikołowska 10–44"
    assert "nie będzie wody" in notice.lead and "Beczkowóz stoi przed szkołą nr 1." in lines_of(notice.body)
    assert (notice.current_version, notice.owner_unit, address(message)) == (
        1,
        message.owner_unit,
        f"/intranet/ogloszenia/{notice.pk}/",
    )
    actions.withdraw_message(message=message, person=second, because="Awaria usunięta.")
    notice.refresh_from_db()
    assert notice.state == "closed"


@pytest.fixture
def shown():
    """A message that stands in the intranet; whoever approved it has left the Office since."""
    author, left = make_author(), make_author("head")
    message = make_message(author, places=["intranet"])
    let_everything_out(message, left)
    left.appointments.all().delete()
    message.refresh_from_db()
    return message, author


def test_it_follows_although_the_one_who_approved_has_left(shown):
    message, author = shown
    until = datetime(2026, 12, 1, tzinfo=UTC)
    actions.change_message(message=message, person=author, valid_until=until)
    notice = Notice.objects.get()
    assert (notice.valid_until, notice.current_version) == (until, 1), "the same words are no new version"
    actions.withdraw_message(message=message, person=make_author("head"), because="Awaria usunięta.")
    notice.refresh_from_db()
    assert notice.state == "closed"


def test_new_words_are_a_new_version_and_what_was_closed_here_stays_closed(shown):
    message, _author = shown
    notice = Notice.objects.get()
    facts = {"title": "Woda już płynie", "lead": notice.lead, "body": notice.body, "valid_until": None}
    common = {"source": notice.source, "owner_unit": notice.owner_unit, "person": notice.author}
    show_message(**common, facts=facts, what_changed="Awaria usunięta.")
    version = notice.versions.get(number=2)
    assert (version.title, version.what_changed, version.is_major) == ("Woda już płynie", "Awaria usunięta.", True)
    close_notice(notice=notice, person=make_author())
    show_message(**common, facts={**facts, "title": "Inaczej"})
    notice.refresh_from_db()
    assert (notice.title, notice.state, notice.current_version) == ("Woda już płynie", "closed", 2)
    close_message(source=notice.source)
    close_message(source="messages.message:0")
