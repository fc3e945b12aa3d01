"""Everybody reads: the pages in a fixed number of questions, orders and pages of a thread, feeds, search, and words that never run."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.files.factories import make_image
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.consultations.factories import AreaFactory
from ratusz.participation.forum import actions, found_by, queries, texts
from ratusz.participation.forum.factories import TopicFactory, make_many, make_opening
from ratusz.participation.forum.models import Comment
from ratusz.participation.forum.moves import dated_things

pytestmark = pytest.mark.django_db
HOME_QUERIES, THREAD_QUERIES, TOPIC_QUERIES = 7, 12, 6


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_a_fixed_number_of_questions(client, django_assert_num_queries, ewa, number):
    topic = TopicFactory(closes_at=database_now() + timedelta(days=3))
    for each in range(number):
        first = make_opening(topic, ewa, title=f"Wątek {each}")
    make_many(first.thread, number, ewa, answers_to_each=number)
    for address, count in (
        ("/pks/", HOME_QUERIES),
        (f"/pks/temat/{topic.slug}/", TOPIC_QUERIES),
        (f"/pks/watek/{first.thread_id}/", THREAD_QUERIES),
    ):
        client.get(address)
        with django_assert_num_queries(count):
            assert client.get(address).status_code == 200


@pytest.mark.slow
def test_the_label_scope_and_days_stand_on_every_page(client, ewa):
    area = AreaFactory(of_district=True)
    topic = TopicFactory(consultation=area.consultation, is_formal=True)
    first = make_opening(topic, ewa)
    for address in (
        f"/pks/temat/{topic.slug}/",
        f"/pks/watek/{first.thread_id}/",
        f"/pks/wpis/{first.pk}/",
        f"/pks/watek/{first.thread_id}/druk/",
    ):
        page = client.get(address).text
        assert "część formalnych konsultacji" in page
    assert area.name in client.get(f"/pks/temat/{topic.slug}/").text
    other = TopicFactory()
    other.districts.add(DistrictFactory(name="Koszutka"))
    page = client.get(f"/pks/kategoria/{other.category.slug}/").text
    assert "Koszutka" in page and "rozmowa bez trybu" in page
    assert client.get(f"/pks/temat/{TopicFactory(opens_at=database_now() + timedelta(days=1)).slug}/").status_code == 404
    now = database_now()
    told = [thing.title for thing in dated_things(now, now + timedelta(days=1))]
    assert set(told) == {topic.title, other.title}


@pytest.mark.slow
def test_a_thread_is_sorted_and_paged_without_losing_or_repeating(client, topic, ewa):
    first = make_opening(topic, ewa)
    make_many(first.thread, 120, ewa, answers_to_each=1)
    everything = set(Comment.objects.filter(thread=first.thread).roots().values_list("pk", flat=True))
    for order in queries.ORDERS:
        seen, start = [], None
        while True:
            found = queries.page_of_thread(first.thread, order, start, None)
            seen += [branch.root.pk for branch in found.branches]
            start = found.following
            if start is None:
                break
        assert len(seen) == len(everything) and set(seen) == everything
    page = client.get(f"/pks/watek/{first.thread_id}/?kolejnosc=najwyzej-oceniane").text
    assert "Pokaż następne" in page and page.index("49 popar") < page.index("48 popar")
    assert client.get(f"/pks/watek/{first.thread_id}/?kolejnosc=x").status_code == 404
    assert "Od początku" in client.get(f"/pks/watek/{first.thread_id}/?od={found.branches[0].root.pk}").text
    assert client.get(f"/pks/watek/{first.thread_id}/?od=²").status_code == 200


@pytest.mark.slow
def test_a_long_branch_has_a_page_of_its_own(client, topic, ewa):
    first = make_opening(topic, ewa)
    make_many(first.thread, 1, ewa, answers_to_each=60)
    assert "jeszcze 57 odpowiedzi" in client.get(f"/pks/watek/{first.thread_id}/").text
    answers = list(Comment.objects.exclude(root=None).order_by("written_at", "pk").values_list("pk", flat=True))
    page = client.get(f"/pks/wpis/{answers[-1]}/").text
    assert all(f'id="wpis-{pk}"' in page for pk in answers[50:]) and f'id="wpis-{answers[49]}"' not in page


def test_files_feeds_and_search(client, topic, ewa, browser_of):
    picture = SimpleUploadedFile("plac.png", make_image("PNG"), content_type="image/png")
    first = make_opening(topic, ewa, words="Chcemy żagli nad piaskownicą.", files=[picture])
    file = first.attachments.get()
    got = client.get(f"/pks/plik/{file.pk}/")
    assert (
        got.status_code == 200
        and b"".join(got.streaming_content).startswith(b"\x89PNG")
        and "plac.png" in client.get(f"/pks/watek/{first.thread_id}/").text
    )
    for address in ("/pks/kanal.atom", f"/pks/temat/{topic.slug}/kanal.atom"):
        assert f"/pks/watek/{first.thread_id}/" in client.get(address).text
    assert client.get("/pks/kanal.json").json()["items"][0]["title"] == first.thread.title
    assert client.get("/pks/kanal.rss").status_code == 404
    entry = found_by.search_entry(f"thread:{first.thread_id}")
    assert "żagli" in entry.body and {each.key for each in found_by.search_entries()} == {
        f"topic:{topic.pk}",
        f"thread:{first.thread_id}",
    }
    assert found_by.search_entry("thread:0") is None and found_by.search_entry(f"topic:{topic.pk}").title == topic.title
    assert "Nic nie znaleziono" in client.get("/pks/?q=rakieta").text
    actions.hide_comment(comment=first, person=None)
    assert client.get(f"/pks/plik/{file.pk}/").status_code == 404 and found_by.search_entry(f"thread:{first.thread_id}") is None


TEMPLATES = [
    "{}", "**{}**", "> {}", "- {}", "`{}`", "[{}](http://a.pl)", "<{}>", "[x]({})", "![x]({})", "# {}", "    {}", "```\n{}\n```", "{}\n===",
    "[x]: {}\n\n[x]", "&lt;{}&gt;", "\u202e{}", "a{}b",
]  # fmt: skip
ATTACKS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>",
    "<svg/onload=alert(1)>", "vbscript:msgbox(1)", "<a href='javascript:1'>x</a>", "<iframe src=//x></iframe>", "java\tscript:alert(1)",
    "<math><mi xlink:href='javascript:1'>", "<form><button formaction=javascript:1>x", "&#106;avascript:alert(1)",
]  # fmt: skip
OPENING = re.compile(r"<\s*/?\s*([a-z][a-z0-9]*)([^>]*)>", re.IGNORECASE)


def test_scripts_in_221_shapes_never_run():
    shapes = [template.format(attack) for template in TEMPLATES for attack in ATTACKS]
    assert len(shapes) == 221
    for shape in shapes:
        assert_harmless(texts.rendered(shape))


def assert_harmless(html):
    for name, attributes in OPENING.findall(html):
        assert name.lower() in texts.TAGS, html
        assert not re.search(r"\bon\w+\s*=|style\s*=", attributes, re.IGNORECASE), html
        assert re.fullmatch(r'\s*(href="(https?://|mailto:)[^"]*" rel="nofollow ugc noopener noreferrer")?\s*/?', attributes) or (
            attributes.strip() == f'rel="{texts.RELATION}"'
        ), html


@pytest.mark.slow
@settings(max_examples=60)
@given(st.text(alphabet="<>\"'&;:/()[]!*_`#-=\n\t axsrcriptjvoneh\u202e\x00", max_size=120))
def test_nothing_that_is_typed_is_more_than_text(words):
    assert_harmless(texts.rendered(words))


def test_links_and_marks_work():
    assert texts.rendered("Zobacz https://www.katowice.eu/park.") == (
        f'<p>Zobacz <a href="https://www.katowice.eu/park" rel="{texts.RELATION}">https://www.katowice.eu/park</a>.</p>\n'
    )
    assert texts.rendered("1 < 2\n*tak*") == "<p>1 &lt; 2<br>\n<em>tak</em></p>\n"
    assert texts.plain("**Tak** [strona](https://x.pl)\n\nnie " * 30, 12) == "Tak strona…"


def test_a_sign_of_more_in_the_middle_stays_and_a_quote_loses_its_mark():
    assert (
        texts.plain("> Cisza po 22.\n**Tak**, <script>alert(1)</script>, 3 > 2")
        == "Cisza po 22. Tak, <script>alert(1)</script>, 3 > 2"
    )
