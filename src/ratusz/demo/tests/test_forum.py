"""The platform of the demo city: talk with an official answer, one answer owed, the archive at its old address."""

import pytest

from ratusz.demo import forum, people, territory
from ratusz.participation.forum import queries
from ratusz.participation.forum.models import Comment, Thread


@pytest.mark.slow
@pytest.mark.django_db
def test_the_platform_is_loaded_once_and_opens_at_old_addresses(client):
    for part in (territory.load, people.load, forum.load, forum.load):
        part(lambda words: None)
    assert Thread.objects.filter(topic__is_archive=False).count() == 5 and Comment.objects.filter(unit__isnull=False).count() == 2
    assert queries.owed().count() == 1
    page = client.get("/default.aspx?g=posts&t=8383", follow=True).text
    assert "projekt-programu.pdf" in page and "wydzial_ps" not in page
    assert "Cień na placach zabaw" in client.get("/pks/").text
