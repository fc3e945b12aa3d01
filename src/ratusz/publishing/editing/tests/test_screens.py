"""The screens: a unit editor writes and sends, the department works, both through pages alone; who may not see sees nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ratusz.publishing.editing import actions
from ratusz.publishing.editing.checks import troubles_of
from ratusz.publishing.editing.factories import appointed, approved, content, draft, sent
from ratusz.publishing.editing.models import LonePublication, ReleaseSet, Submission
from ratusz.publishing.website.models import NewsPage

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def posted(client, address, **fields):
    answer = client.post(address, fields, follow=True)
    return answer.text


def typed(client, address, **changes):
    """What the form holds, with changes, as a browser sends it."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], ())}
    data.pop("html", None)
    return data | changes


def test_a_unit_editor_writes_looks_and_sends(portal, staff_client):
    client = staff_client("unit_editor", unit=draft().unit)
    unit = Submission.objects.get().unit
    assert "Zgłoś treść" in client.get("/admin/zgloszenia/nowe/").text
    answer = client.post("/admin/zgloszenia/nowe/", {"unit": unit.pk, "kind": "news"})
    address = answer.url
    assert "Napisz albo wklej z Worda" in client.get(address).text
    text = "## Gdzie\n\nW **Ligocie**, ul. Franciszkańska.\n\n- huśtawki\n- zjeżdżalnia"
    data = typed(client, address, title="Nowy plac zabaw", lead="Zapraszamy.", text=text, deed="save", for_whom="rodzice")
    page = client.post(address, data, follow=True).text
    assert "Zapisano." in page and "**Ligocie**" in page
    made = Submission.objects.get(title="Nowy plac zabaw")
    assert made.body == [
        {"type": "heading", "value": {"text": "Gdzie", "level": "h2"}},
        {"type": "paragraph", "value": "<p>W <strong>Ligocie</strong>, ul. Franciszkańska.</p><ul><li>huśtawki</li><li>zjeżdżalnia</li></ul>"},
    ]  # fmt: skip
    look = client.post(address, typed(client, address, deed="preview"), follow=True)
    assert look.redirect_chain[-1][0].endswith("/podglad/")
    for words in (
        "<h1",
        "Nowy plac zabaw",
        "zjeżdżalnia",
        'id="gdzie"',
        "Tak będzie wyglądać ta strona",
        f'href="/admin/zgloszenia/{made.pk}/"',
    ):
        assert words in look.text
    assert "Tekst jest w wydziale" in client.post(address, typed(client, address, deed="send"), follow=True).text
    made.refresh_from_db()
    assert (made.state, NewsPage.objects.count()) == ("sent", 0)
    shown = client.get(f"/admin/zgloszenia/{made.pk}/").text
    assert '<h2 id="gdzie">Gdzie</h2>' in shown and "<strong>Ligocie</strong>" in shown and "## Gdzie" not in shown
    assert "Ten tekst jest teraz u wydziału" not in client.get(f"/admin/zgloszenia/{made.pk}/").text
    assert client.get(address).status_code == 302, "nothing to write while the department has it"


def test_an_unfinished_text_is_saved_and_not_sent(portal, staff_client):
    made = draft(title="", lead="", body=[], contact="")
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    page = client.post(address, typed(client, address, deed="send"), follow=True).text
    for words in ("Nadaj tekstowi tytuł.", "Nie ma jeszcze tekstu.", "Podaj adres komórki"):
        assert words in page
    refused = client.post(address, typed(client, address, contact="to nie adres", lead="Zostaje.", text="I to też."))
    assert "Zostaje." in refused.text and "I to też." in refused.text


def test_the_department_works_through_pages(portal, staff_client):
    made = sent()
    one, two = staff_client("editor"), staff_client("editor")
    address, step = f"/admin/zgloszenia/{made.pk}/", f"/admin/zgloszenia/{made.pk}/krok/"
    listed = one.get("/admin/zgloszenia/").text
    assert (
        "Nowy plac zabaw w Ligocie" in listed
        and "wydział: kto weźmie" in listed
        and "godz. 24.00" in listed
        and " 00:00" not in listed
    )
    assert "Ten tekst jest teraz u Ciebie." in posted(one, step, deed="claim")
    assert "Ktoś inny wziął ten tekst" in two.post(step, {"deed": "claim"}).text
    assert "Napisz, co komórka ma poprawić" in one.post(step, {"deed": "ask_back", "words": ""}).text
    assert "Uwaga jest w historii." in posted(one, step, deed="comment", words="Sprawdzę adres.")
    edit = f"{address}tresc/"
    one.post(edit, typed(one, edit, lead="Od 9.00."))
    refused = one.post(step, {"deed": "approve", "version": "2", "words": "ważne słowa"}).text
    assert "druga para oczu" in refused and "ważne słowa" in refused
    posted(one, step, deed="release")
    assert "Zatwierdzone." in posted(two, step, deed="approve", version="2")
    assert "Opublikowano." in posted(two, step, deed="publish")
    page = one.get(address).text
    assert "poszło" in page and "Sprawdzę adres." in page and NewsPage.objects.get().url in page
    assert "Wersja 2" in one.get(f"{address}wersje/").text
    assert one.post(step, {"deed": "nothing"}).status_code == 302


def test_two_at_once_and_nothing_is_lost(portal, staff_client):
    made = draft()
    one, two = (staff_client("unit_editor", unit=made.unit) for _ in range(2))
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    mine, theirs = (typed(client, address) for client in (one, two))
    one.post(address, mine | {"lead": "Wersja pierwszej osoby.", "text": "Tekst pierwszej."})
    answer = two.post(address, theirs | {"lead": "Wersja drugiej osoby.", "text": "Tekst drugiej.\n\n**Pogrubione.**"})
    assert answer.status_code == 409
    for words in (
        "Ktoś zmienił ten tekst",
        "Tekst pierwszej.",
        "Tekst drugiej.",
        "Wersja pierwszej osoby.",
        "Wersja drugiej osoby.",
    ):
        assert words in answer.text
    form = answer.context["form"]
    again = {name: form[name].value() for name in ("title", "lead", "text", "contact", "base", "seen")}
    assert again["text"] == "Tekst drugiej.\n\n**Pogrubione.**"
    assert two.post(address, again).status_code == 302
    made.refresh_from_db()
    leads = [version.content["lead"] for version in made.versions.all()]
    assert leads == ["Wersja drugiej osoby.", "Wersja pierwszej osoby.", "Zapraszamy od poniedziałku."]


def test_strangers_see_nothing(portal, staff_client):
    made = sent()
    for client in (
        staff_client("moderator"),
        staff_client("unit_editor", unit=draft(unit=None).unit.__class__.objects.create(name="Inna", short_name="INNA")),
    ):
        for path in ("", "tresc/", "podglad/", "wersje/"):
            assert client.get(f"/admin/zgloszenia/{made.pk}/{path}").status_code == 404
        assert client.post(f"/admin/zgloszenia/{made.pk}/krok/", {"deed": "claim"}).status_code == 404
    assert staff_client("moderator").get("/admin/zgloszenia/").status_code == 302


def test_the_list_costs_the_same_for_one_and_three(portal, staff_client):
    client = staff_client("editor")
    first = sent()
    client.get("/admin/zgloszenia/")
    for expected in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/zgloszenia/?which=all").text.count('class="title"') == expected
        # The menu around the list belongs to all modules; of ours: how many there are, the rows, their clocks, the units.
        ours = ('FROM "ratusz_editing_', 'FROM "ratusz_deadlines_clock"', 'FROM "ratusz_units_unit"')
        assert sum(any(mark in query["sql"] for mark in ours) for query in asked) == 4
        if expected == 1:
            sent(unit=first.unit, author=first.author), sent(unit=first.unit, author=first.author)
    assert client.get("/admin/zgloszenia/?which=mine&state=sent&unit=99").text.count('class="title"') == 0


@pytest.mark.parametrize(
    ("day", "hour", "which", "expected"),
    [
        ("2027-10-31", "2:30", "", "Ta godzina jest tej nocy dwa razy"),
        ("2027-10-31", "2:30", "second", "Termin ustalony"),
        ("2027-03-28", "2.30", "", "Tej nocy nie ma takiej godziny"),
        ("2020-01-01", "8:00", "", "Ten moment już minął"),
    ],
)
def test_a_moment_is_set_on_the_clocks_of_warsaw(portal, staff_client, day, hour, which, expected):
    made, client = approved(), staff_client("editor")
    page = posted(client, f"/admin/zgloszenia/{made.pk}/termin/", day=day, hour=hour, which=which)
    assert expected in page
    made.refresh_from_db()
    assert (f"{made.scheduled_for:%H:%M}" if made.scheduled_for else "") == ("01:30" if which else "")


def test_alone_and_read_afterwards(portal, staff_client):
    made, head, editor = sent(), staff_client("head"), staff_client("editor")
    step = f"/admin/zgloszenia/{made.pk}/krok/"
    assert "Opublikuj bez drugiej pary oczu" in head.get(f"/admin/zgloszenia/{made.pk}/").text
    assert "Opublikuj bez drugiej pary oczu" not in editor.get(f"/admin/zgloszenia/{made.pk}/").text
    assert "Opublikowano bez drugiej pary oczu" in posted(head, step, deed="publish_alone", words="Awaria w nocy.")
    review = f"/admin/zgloszenia/{made.pk}/przeczytane/"
    assert "Przeczyta ją ktoś inny" in posted(head, review, words="ok")
    assert "Przeczytanie jest w historii" in posted(editor, review, words="W porządku.")
    assert LonePublication.objects.get().review == "W porządku."


def test_a_set_through_pages(portal, staff_client):
    made = approved()
    one, two = staff_client("editor"), staff_client("head")
    answer = one.post("/admin/paczki/nowa/", {"name": "Lato w mieście", "day": "2027-06-01", "hour": "8:00"})
    address, step = answer.url, f"{answer.url}krok/"
    assert "Podaj dzień i godzinę" in one.post("/admin/paczki/nowa/", {"name": "x", "day": "2027-06-01"}).text
    assert "Wybierz jedną rzecz" in one.post(step, {"deed": "add"}).text
    assert "Już jest w paczce." in posted(one, step, deed="add", submission=made.pk)
    assert "Już jest w paczce." in posted(one, step, deed="add", old="/lato-2025/", new="/aktualnosci/")
    assert "dokąd prowadzi" in one.post(step, {"deed": "add", "old": "/x/"}).text
    page = one.get(address).text
    assert "Nowy plac zabaw w Ligocie" in page and "/lato-2025 → /aktualnosci/" in page and "/podglad/" in page
    assert "Zatwierdzi ją ktoś inny" in posted(one, step, deed="approve")
    assert "Zatwierdzone." in posted(two, step, deed="approve")
    assert "Zapisano." in posted(one, address, name="Lato w mieście 2027", day="", hour="")
    posted(two, step, deed="approve")
    assert "Cała paczka poszła" in posted(one, step, deed="release")
    assert (NewsPage.objects.get().title, one.get("/lato-2025/").status_code) == ("Nowy plac zabaw w Ligocie", 301)
    assert "Lato w mieście 2027" in one.get("/admin/paczki/").text
    other = actions.make_set(name="Druga", person=one.person)
    item = actions.add_item(release=other, kind="redirect", key="/a /b/", person=one.person)
    assert "Wyjęto." in posted(one, f"/admin/paczki/{other.pk}/krok/", deed="remove", item=item.pk)
    assert "Zamknięte." in posted(one, f"/admin/paczki/{other.pk}/krok/", deed="close")
    assert "już poszła albo jest zamknięta" in posted(one, f"/admin/paczki/{other.pk}/", name="y")
    assert ReleaseSet.objects.get(pk=other.pk).state == "closed"
    assert staff_client("unit_editor").get("/admin/paczki/").status_code == 302


def test_a_change_of_a_page_begins_with_its_text(portal, staff_client):
    from ratusz.publishing.editing.factories import a_unit
    from ratusz.publishing.website.factories import make_article
    from ratusz.publishing.website.models import PageCare

    unit = a_unit()
    page = make_article(portal, body=[("paragraph", "<p>Stary tekst.</p>"), ("contact", {"unit": "Zieleń"})])
    page.care = [PageCare(owner_unit=unit)]
    page.save_revision().publish()
    client = staff_client("unit_editor", unit=unit)
    missing = client.post("/admin/zgloszenia/nowe/", {"unit": unit.pk, "kind": "page_change"}).text
    assert "Wybierz stronę, która ma się zmienić." in missing
    address = client.post("/admin/zgloszenia/nowe/", {"unit": unit.pk, "kind": "page_change", "page": page.pk}).url
    assert "Stary tekst.\n\n[[blok 1]]" in client.get(address).context["form"]["text"].value()
    told = client.post(address, typed(client, address, text="[[blok 1]]\n\nNowy tekst.\n\n[[blok 7]]"), follow=True).text
    assert "Znacznik w tekście nic nie oznacza, więc zostaje jako zwykłe słowa: [[blok 7]]." in told
    made = Submission.objects.get()
    stray = f"/admin/zgloszenia/{made.pk}/tresc/#id_text"
    assert ("Znacznik [[blok 7]] nic nie oznacza i byłby widoczny. Usuń go albo wstaw to, co miał pokazać.", stray) in troubles_of(
        made, made.made_at
    )
    assert made.body[1]["value"] == "<p>Nowy tekst.</p><p>[[blok 7]]</p>"
    assert [block["type"] for block in made.body] == ["contact", "paragraph"]
    assert "Nowy tekst." in client.get(f"/admin/zgloszenia/{made.pk}/podglad/").text


def test_content_can_be_compared_with_a_forged_base(portal, staff_client):
    made = draft()
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    client.post(address, typed(client, address, base="falszywe", text="[[blok 1]]\n\nZostaje."))
    made.refresh_from_db()
    assert made.body == [{"type": "paragraph", "value": "<p>[[blok 1]]</p><p>Zostaje.</p>"}]
    assert content().as_kept()["since"] is None and appointed("editor")


def test_the_desk_of_a_unit_hands_in_and_that_of_the_department_writes(portal, staff_client):
    unit, department = staff_client("unit_editor").get("/admin/").text, staff_client("editor").get("/admin/").text
    assert (
        "desk" in unit
        and 'class="button" href="/admin/zgloszenia/nowe/"' in unit
        and 'class="button" href="/admin/pages/add/' not in unit
    )
    assert (
        'class="button" href="/admin/pages/add/' in department and 'class="button" href="/admin/zgloszenia/nowe/"' not in department
    )
