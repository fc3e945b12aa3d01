"""A comment under a notice goes to the moderators and comes back: flagged, hidden with a reason, restored by an appeal."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.casework.moderation import actions as moderation
from ratusz.casework.moderation.models import Item, State
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.intranet import actions, judged, rules
from ratusz.publishing.intranet.factories import make_notice

pytestmark = pytest.mark.django_db
WHY = {"reason": "insult", "facts": "Obraża kolegę."}


@pytest.fixture
def comment():
    notice = make_notice(comments_open=True)
    author = AppointmentFactory(role_code="employee").person
    actions.write_comment(notice=notice, text="Zostają bez zmian.", person=notice.author)
    return actions.write_comment(notice=notice, text="Centralę wybierał idiota.", person=author)


def page_of(client, comment) -> str:
    return client.get(reverse("intranet:notice", args=[comment.notice_id])).content.decode()


@pytest.mark.slow
def test_from_the_flag_to_the_end_of_the_appeal(staff_client, comment):
    reader = staff_client("employee")
    where = reverse("intranet:flag-comment", args=[comment.pk])
    assert where in page_of(reader, comment)
    refused = reader.post(where, {"reason": "", "words": "Tak się nie pisze"})
    assert refused.status_code == 422 and "Tak się nie pisze" in refused.content.decode()
    assert reader.get(where).status_code == 200 and Item.objects.count() == 0
    assert reader.post(where, {"reason": "insult", "words": "Tak się nie pisze"}).status_code == 302
    item = Item.objects.get()
    shown = judged.show(judged.find(comment.pk))
    assert (item.author, item.unit, shown.context) == (comment.author, comment.notice.owner_unit, ("Zostają bez zmian.",))
    first, second = (AppointmentFactory(role_code="moderator").person for _number in range(2))
    made = moderation.judge(item=item, deed="lock", person=first, **WHY)
    page = page_of(reader, comment)
    assert "idiota" not in page and "Ten komentarz ukrył moderator" in page and where not in page
    assert reader.get(where).status_code == 404
    filed = moderation.appeal(judgement=made, words="To cytat.")
    moderation.decide_appeal(appeal=filed, outcome="partly", answer="Zgoda.", words="Nie podoba mi się wybór.", person=second)
    comment.refresh_from_db()
    comment.notice.refresh_from_db()
    assert (comment.text, comment.hidden_at, comment.notice.comments_open) == ("Nie podoba mi się wybór.", None, True)


def test_the_writer_of_the_notice_does_not_judge_what_is_under_it(comment):
    item = moderation.put_in_queue(thing=comment.key, sender="x")
    AppointmentFactory(role_code="moderator", person=comment.notice.author)
    with pytest.raises(Exception, match="^$"):
        moderation.judge(item=item, deed="approve", person=comment.notice.author)


def test_a_removed_comment_leaves_the_queue_and_ones_own_is_not_flagged(comment):
    with pytest.raises(rules.NotThere):
        actions.flag_comment(comment=comment, reason="spam", words="", person=comment.author)
    actions.flag_comment(comment=comment, reason="spam", words="", person=comment.notice.author)
    actions.remove_comment(comment=comment, person=comment.author)
    assert (Item.objects.get().state, judged.find(comment.pk)) == (State.GONE, None)
    with pytest.raises(rules.NotThere):
        actions.flag_comment(comment=comment, reason="spam", words="", person=comment.notice.author)


def test_erased_words_are_judged_by_nobody(comment):
    moderation.put_in_queue(thing=comment.key, sender="x")
    assert actions.erase_comments(person=comment.author) == 1
    assert Item.objects.get().state == State.GONE


def test_words_changed_by_a_moderator_stand_under_the_notice(staff_client, comment):
    item = moderation.put_in_queue(thing=comment.key, sender="x")
    moderation.judge(
        item=item, deed="edit", words="Nie podoba mi się wybór.", person=AppointmentFactory(role_code="moderator").person, **WHY
    )
    page = page_of(staff_client("employee"), comment)
    assert "Nie podoba mi się wybór." in page and "idiota" not in page
