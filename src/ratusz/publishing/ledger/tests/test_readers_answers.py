"""Was this page useful: counted once, without cookies, without a trace of who answered, and from a page kept for everybody."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.ledger import rules
from ratusz.publishing.ledger.actions import add_comment, answer_page, answers, forget_answers
from ratusz.publishing.ledger.models import AnswerCount, AnswerTry, ReaderAnswer
from ratusz.publishing.website.factories import make_article, make_portal
from ratusz.publishing.website.page_cache import page_cache

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def page():
    return make_article(make_portal(), lead="Wstęp.")


def ask(client, page, answer, **extra):
    return client.post(f"/czy-pomocna/{page.pk}/", {"odpowiedz": answer}, **extra)


def test_the_question_stands_on_a_kept_page_without_a_token_or_a_cookie(client, page, settings):
    settings.PAGE_CACHE_SECONDS = 60
    shown = client.get(page.url)
    assert f'action="/czy-pomocna/{page.pk}/"' in shown.text and "Czy ta strona była pomocna?" in shown.text
    assert ("csrf" in shown.text, bool(shown.cookies), len(page_cache._pages)) == (False, False, 1)
    assert f'action="/en/czy-pomocna/{page.pk}/"' not in client.get("/en/").text


def test_an_answer_counts_and_words_may_follow_once(client, page):
    thanks = ask(client, page, "nie")
    assert thanks.status_code == 302 and not thanks.cookies
    answer = ReaderAnswer.objects.get()
    assert thanks["Location"] == f"/czy-pomocna/dziekujemy/{answer.pk}/"
    assert "Czego brakowało albo co jest nie tak?" in client.get(thanks["Location"]).text
    assert "Napisz zdanie albo wróć na stronę." in client.post(thanks["Location"], {"comment": " "}).text
    words = {"comment": "Brak godzin. Mój PESEL 44051401359, tel. +48 600 100 200, jan@example.pl"}
    for _twice in range(2):
        done = client.post(thanks["Location"], words, follow=True)
        assert "Twoje słowa trafią do komórki" in done.text
    answer.refresh_from_db()
    assert answer.comment == "Brak godzin. Mój PESEL [numer], tel. [numer], [e-mail]"
    assert client.post(thanks["Location"], {"comment": "Jeszcze coś"}).status_code == 410
    count = AnswerCount.objects.get()
    assert (count.page_id, count.useful, count.not_useful, count.month.day) == (page.pk, 0, 1, 1)


def test_a_second_click_is_the_same_answer_and_another_answer_is_another(client, page):
    assert ask(client, page, "tak")["Location"] == ask(client, page, "tak")["Location"]
    ask(client, page, "nie")
    assert [(each.useful, each.not_useful) for each in AnswerCount.objects.all()] == [(1, 1)]
    AnswerTry.objects.update(tried_at=database_now() - timedelta(minutes=2))
    ask(client, page, "tak")
    assert AnswerCount.objects.get().useful == 2


def test_nobody_votes_by_the_thousand(client, page):
    others = [make_article(make_portal(), slug=f"inna-{number}", title=f"Inna {number}") for number in range(4)]
    for number in range(rules.ANSWERS):
        ask(client, others[number % 4], "tak")
        AnswerTry.objects.update(tried_at=database_now() - timedelta(minutes=2))
    refused = ask(client, page, "tak")
    assert refused.status_code == 429 and "Z tego łącza przyszło zbyt wiele odpowiedzi" in refused.text
    assert ask(client, page, "tak", REMOTE_ADDR="192.0.2.7").status_code == 302
    AnswerTry.objects.update(tried_at=database_now() - timedelta(minutes=11))
    assert ask(client, page, "tak").status_code == 302


def test_nobody_makes_the_figure_of_a_page_by_clicking_all_day(client, page):
    for _time in range(rules.ANSWERS_TO_A_PAGE):
        assert ask(client, page, "nie").status_code == 302
        AnswerTry.objects.update(tried_at=database_now() - timedelta(hours=23))
    assert ask(client, page, "nie").status_code == 429
    assert ask(client, make_article(make_portal(), slug="inna", title="Inna"), "nie").status_code == 302
    AnswerTry.objects.update(tried_at=database_now() - timedelta(hours=24))
    assert ask(client, page, "nie").status_code == 302
    assert AnswerCount.objects.get(page=page.pk).not_useful == rules.ANSWERS_TO_A_PAGE + 1


def test_a_line_of_ipv6_is_one_reader_whatever_address_it_takes(client, page):
    for number in range(rules.ANSWERS_TO_A_PAGE):
        assert ask(client, page, "nie", REMOTE_ADDR=f"2001:db8:1:2:{number}::7").status_code == 302
        AnswerTry.objects.update(tried_at=database_now() - timedelta(hours=1))
    assert ask(client, page, "nie", REMOTE_ADDR="2001:db8:1:2:ffff::7").status_code == 429
    assert ask(client, page, "nie", REMOTE_ADDR="2001:db8:1:3::7").status_code == 302


def test_a_form_of_another_website_answers_nothing(client, page):
    for site, answers_now in (("cross-site", 0), ("same-origin", 1)):
        ask(client, page, "nie", headers={"Sec-Fetch-Site": site})
        assert ReaderAnswer.objects.count() == answers_now


def test_what_is_no_answer_only_shows_the_question(client, page):
    for answer in (client.get(f"/czy-pomocna/{page.pk}/"), ask(client, page, "moze")):
        assert answer.status_code == 200 and "Poradnik" in answer.text
    page.unpublish()
    assert ask(client, page, "tak").status_code == 404
    assert not ReaderAnswer.objects.exists()


def test_words_come_within_an_hour(client, page):
    answer = answer_page(page=page, is_useful=True, connection_address="192.0.2.1")
    ReaderAnswer.objects.update(answered_at=database_now() - timedelta(hours=1))
    assert "Uwagę można było dodać raz" in client.get(f"/czy-pomocna/dziekujemy/{answer.pk}/").text
    with pytest.raises(rules.TooLateToComment):
        add_comment(key=answer.pk, text="Za późno")
    assert add_comment(key=answer.pk, text=" \x00 ").comment == ""


def test_tries_go_after_a_day_and_comments_after_a_year_counts_stay(page, monkeypatch):
    answer_page(page=page, is_useful=True, connection_address="192.0.2.1")
    now = database_now()
    for days, left in ((0, (1, 1)), (2, (0, 1)), (366, (0, 0))):
        monkeypatch.setattr(answers, "database_now", lambda days=days: now + timedelta(days=days))
        forget_answers()
        assert (AnswerTry.objects.count(), ReaderAnswer.objects.count()) == left
    assert AnswerCount.objects.get().useful == 1


def test_a_month_has_one_count(page):
    AnswerCount.objects.create(page=page, month=date(2026, 11, 1))
    for month in (date(2026, 11, 1), date(2026, 11, 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerCount.objects.create(page=page, month=month)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zadzwoń: 32 259 35 60", "Zadzwoń: [numer]"),
        ("+48600100200 i 600-100-200", "[numer] i [numer]"),
        ("konto 61 1090 1014 0000 0712 1981 2874", "konto [numer]"),
        ("４４０５１４０１３５９", "[numer]"),
        ("Do 15.12.2026 r., ul. Rynek 1, kwota 1 248 068 zł", "Do 15.12.2026 r., ul. Rynek 1, kwota 1 248 068 zł"),
        ("pisz na Jan.Nowak+x@poczta.example.pl!", "pisz na [e-mail]!"),
    ],
)
def test_numbers_and_addresses_are_hidden(typed, kept):
    assert rules.masked(typed) == kept


@given(st.integers(min_value=0, max_value=99_999_999_999), st.sampled_from(["", " ", "-", "."]))
def test_no_pesel_passes(number, between):
    digits = f"{number:011d}"
    text = between.join((digits[:2], digits[2:4], digits[4:6], digits[6:]))
    assert rules.masked(f"Mój numer to {text}, proszę") == f"Mój numer to {rules.HIDDEN_NUMBER}, proszę"
