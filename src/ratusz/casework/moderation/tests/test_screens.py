"""Moderators' screens and the author's page: what they show, who gets in, what a refusal keeps."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ratusz.casework.moderation import actions
from ratusz.casework.moderation.actions.letters import link_of
from ratusz.casework.moderation.models import Appeal, Example, Item, Judgement, State
from ratusz.casework.moderation.tests.test_judging import WHY, moderator, posts
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import sign_link
from ratusz.foundation.people.factories import UserFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
__all__ = ["posts"]


def address(made: Judgement) -> str:
    return re.sub(r"^https?://[^/]+", "", link_of(made))


def read(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("name", ["moderation_queue", "moderation_appeals", "moderation_reasons"])
def test_moderators_and_heads_get_in(staff_client, name):
    assert [staff_client(role).get(reverse(name)).status_code for role in ("moderator", "head", "editor")] == [200, 200, 302]


@pytest.mark.slow
def test_the_queue_is_narrowed_and_names_nobody(staff_client, posts, django_assert_num_queries):
    author = UserFactory(first_name="Jolanta", last_name="Niewidoczna")
    waiting = posts.in_queue(posts.write(author=author), reporter=UserFactory(), words="obraża mnie")
    urgent = posts.in_queue(posts.write(), sender="a", reason="threat")
    judged = posts.in_queue(posts.write(), sender="b")
    actions.judge(item=judged, deed="hide", person=moderator(), **WHY)
    client = staff_client("moderator")
    page = read(client.get(reverse("moderation_queue")))
    rows = re.findall(r'href="/admin/moderacja/(\d+)/"', page)
    assert rows == [str(urgent.pk), str(waiting.pk)]
    assert "Niewidoczna" not in page and "obraża" not in page and "może być bezprawny" in page
    for query, expected in {
        "stan=zamkniete": [judged], "stan=wszystkie&powod=insult": [judged], "szukaj=wpis+1": [waiting], f"szukaj={urgent.pk}": [urgent],
        "moje=on": [], "rodzaj=test.post&skad=flagged": [urgent, waiting], "stan=po_terminie": [], "stan=quarantine": [], "stan=%00": [urgent, waiting],
    }.items():  # fmt: skip
        found = re.findall(r'href="/admin/moderacja/(\d+)/"', read(client.get(reverse("moderation_queue") + "?" + query)))
        assert found == [str(each.pk) for each in expected], query


def test_the_queue_asks_as_much_of_three_as_of_one(staff_client, posts, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = staff_client("moderator"), []
    client.get(reverse("moderation_queue"))
    for _number in range(2):
        posts.in_queue(posts.write(author=UserFactory()), reporter=UserFactory())
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(reverse("moderation_queue"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.slow
def test_a_whole_decision_through_the_screen(staff_client, posts):
    item = posts.in_queue(posts.write(author=UserFactory()), reporter=UserFactory(), words="Obraża mnie", reason="insult")
    client, page = staff_client("moderator"), reverse("moderation_item", args=[item.pk])
    shown = read(client.get(page))
    assert "Tylko idiota mógł to wymyślić." in shown and "Obraża mnie" in shown and "Co myślicie?" in shown
    assert Entry.objects.filter(is_read=True, subject_id=str(item.pk)).count() == 1
    client.post(reverse("moderation_take", args=[item.pk]), {"instead_of": ""})
    again = client.post(reverse("moderation_take", args=[item.pk]), {"instead_of": "77"}, follow=True)
    assert "Ktoś wziął to przed chwilą" in read(again)
    judge = reverse("moderation_judge", args=[item.pk])
    refused = client.post(judge, {"deed": "hide", "reason": "", "facts": "Nazywa kogoś", "seen": "0"})
    assert refused.status_code == 422 and "Wybierz powód" in read(refused) and "Nazywa kogoś" in read(refused)
    form = {"deed": "hide", "reason": "insult", "facts": "Nazywa kogoś idiotą.", "seen": "0", "words": "x"}
    preview = client.post(judge, form | {"preview": "1"})
    assert "Spieramy się o sprawy" in read(preview) and Judgement.objects.count() == 0
    nothing = client.post(judge, form | {"preview": "1", "deed": "approve"})
    assert "Do autora nic nie wysyłamy" in read(nothing)
    assert client.post(judge, form).status_code == 302
    assert (Judgement.objects.get().statement.splitlines()[0], posts.made[1].is_hidden) == ("Dzień dobry,", True)
    late = client.post(judge, form)
    assert late.status_code == 422 and "już oceniony" in read(late)
    assert "Nazywa kogoś idiotą." in read(client.get(page))


@pytest.mark.slow
def test_an_appeal_from_the_link_to_the_end(staff_client, posts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    first = staff_client("moderator")
    made = actions.judge(item=item, deed="edit", person=first.person, words="Kto to wymyślił?", **WHY)
    public, where = Client(), address(made)
    page = public.get(where)
    assert page.status_code == 200 and "<del>" in read(page) and "noindex" in read(page)
    assert (page["Referrer-Policy"], Appeal.objects.count()) == ("same-origin", 0)
    for _time in range(2):
        assert public.post(where, {"words": ""}).status_code == 302
    assert Appeal.objects.count() == 1 and "Mamy Twoje odwołanie" in read(public.get(where))
    decide, screen = reverse("moderation_decide", args=[item.pk]), reverse("moderation_item", args=[item.pk])
    assert "nie oceniał" in read(first.get(screen))
    answer = {"appeal-outcome": "reversed", "appeal-answer": "Ma Pani rację.", "appeal-words": ""}
    assert first.post(decide, answer).status_code in (302, 403) and Appeal.objects.get().decided_at is None
    second = staff_client("moderator")
    assert "Rozstrzygnij i powiadom autora" in read(second.get(screen)) and str(item) in read(
        second.get(reverse("moderation_appeals"))
    )
    refused = second.post(decide, answer | {"appeal-outcome": "partly"})
    assert refused.status_code == 422 and "Ma Pani rację." in read(refused)
    assert second.post(decide, answer).status_code == 302
    assert (posts.made[1].words, "Twój wpis wrócił" in read(public.get(where))) == ("Tylko idiota mógł to wymyślić.", True)
    assert "Nie ma tu odwołania" in read(second.post(decide, answer, follow=True))
    assert str(item) in read(second.get(reverse("moderation_appeals") + "?stan=rozstrzygniete"))


def test_the_author_changes_by_the_link(posts):
    item = posts.in_queue(posts.write(author=UserFactory()))
    made = actions.judge(item=item, deed="ask", person=moderator(), **WHY)
    public, where = Client(), address(made)
    assert "Tylko idiota mógł to wymyślić.</textarea>" in read(public.get(where))
    refused = public.post(where, {"words": "Tylko idiota mógł to wymyślić."})
    assert refused.status_code == 422 and "Zmień treść" in read(refused)
    assert public.post(where, {"words": "Nie podoba mi się."}).status_code == 302
    assert (Item.objects.get().state, posts.made[1].words) == (State.WAITING, "Nie podoba mi się.")
    assert "Mamy Twoją poprawkę" in read(public.get(where))
    actions.judge(item=item, deed="hide", person=moderator(), **WHY)
    assert "zastąpiła nowsza" in read(public.get(where))


def test_a_link_that_is_not_ours_late_or_of_erased_words(posts, monkeypatch):
    made = actions.judge(item=posts.in_queue(), deed="hide", person=moderator(), **WHY)
    where = reverse("moderation:statement", args=["x"])
    assert (Client().get(where).status_code, Client().post(where).status_code) == (404, 404)
    old = sign_link("moderation.statement", [made.item_id, 1], database_now() - timedelta(seconds=1))
    assert "nie otwiera decyzji" in read(Client().get(reverse("moderation:statement", args=[old])))
    good = address(made)
    actions.erase_items(items=Item.objects.all())
    assert Client().get(good).status_code == 404


def test_a_signed_form_is_needed_to_appeal(posts):
    made = actions.judge(item=posts.in_queue(), deed="hide", person=moderator(), **WHY)
    assert Client(enforce_csrf_checks=True).post(address(made)).status_code == 403


def test_the_catalogue_and_its_public_page(staff_client):
    head, editor = staff_client("head"), staff_client("moderator")
    where, facts = reverse("moderation_reasons"), {"reason": "insult", "case": "Ktoś pisze „idiota”.", "reading": "Ukrywamy."}
    assert editor.post(where, facts).status_code in (302, 403) and Example.objects.count() == 0
    assert head.post(where, facts | {"case": ""}).status_code == 422
    assert head.post(where, facts | {"is_public": "on"}).status_code == 302
    head.post(where, facts | {"case": "Tylko dla nas"})
    page = read(Client().get("/zasady-moderacji/"))
    assert "Ktoś pisze „idiota”." in page and "Tylko dla nas" not in page and "Agitacja wyborcza" in page and "4 godzin" in page
    assert "w ciągu 7 dni" in page
    shown = Example.objects.get(is_public=True)
    assert editor.post(reverse("moderation_retire", args=[shown.pk])).status_code in (302, 403)
    assert Example.objects.filter(retired_at=None).count() == 2
    head.post(reverse("moderation_retire", args=[shown.pk]))
    assert "Ktoś pisze" not in read(Client().get("/zasady-moderacji/"))


@pytest.mark.parametrize("deed", ["take", "judge", "decide"])
def test_others_do_nothing(staff_client, posts, deed):
    item = posts.in_queue()
    assert staff_client("editor").post(
        reverse(f"moderation_{deed}", args=[item.pk]), {"deed": "approve", "seen": "0"}
    ).status_code in (302, 403)
    author = staff_client("moderator")
    own = posts.in_queue(posts.write(author=author.person))
    assert "oceni ją ktoś inny" in read(author.get(reverse("moderation_item", args=[own.pk])))
    author.post(reverse(f"moderation_{deed}", args=[own.pk]), {"deed": "approve", "seen": "0", "instead_of": ""})
    assert (Judgement.objects.count(), Item.objects.exclude(person=None).count()) == (0, 0)


def test_a_public_example_makes_kept_pages_old(staff_client):
    from ratusz.publishing.website.models import ContentVersion

    head, numbers = staff_client("head").person, []
    for is_public in (False, True):
        actions.add_example(reason="insult", case="x", reading="y", person=head, is_public=is_public)
        numbers.append(ContentVersion.objects.filter(pk=1).values_list("number", flat=True).first())
    assert numbers[0] != numbers[1]
