"""A message sent to the intranet is a notice; a correction makes its next version, a withdrawal closes it."""

import pytest

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
