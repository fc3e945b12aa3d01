"""The picture of a message that is out changes at once, so whatever holds back such a text refuses it."""

from __future__ import annotations

import io

import pytest

from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.messages.models import MessagePicture
from ratusz.publishing.messages.rules import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("blocks", [True, False])
def test_a_held_picture_is_refused(monkeypatch, settings, tmp_path, blocks):
    settings.MEDIA_ROOT = tmp_path
    message = make_message(make_author(), places=["www"])
    let_everything_out(message, make_author())
    asked = []

    def hold(outgoing, at):
        asked.append(outgoing.text)
        return Hold("silence", "Cisza wyborcza", blocks=blocks)

    monkeypatch.setitem(holds._entries, "silence", hold)
    with pytest.raises(Refused, match="Cisza wyborcza"):
        actions.set_picture(
            message=message, upload=io.BytesIO(make_image("JPEG", (80, 60))), name="a.jpg", alt="Plakat", author="A", licence="CC",
            person=make_author(),
        )  # fmt: skip
    assert (MessagePicture.objects.count(), "Plakat" in asked[0]) == (0, True)
