"""Topics and districts are said once, in the submission: they come along to the page or message, and their followers are told."""

from __future__ import annotations

import pytest

from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.publishing.editing import actions, wording
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.factories import a_unit, appointed, approved, content, draft
from ratusz.publishing.editing.forms import TextForm
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.page_changes import changes_since
from ratusz.publishing.website.factories import make_article
from ratusz.publishing.website.models import NewsPage, Topic
from ratusz.publishing.website.subjects.actions import save_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics(portal):
    named = [("Drogi i objazdy", "Remonty ulic."), ("Zieleń", "Parki i drzewa.")]
    return [save_topic(topic=Topic(name=name, description=words)) for name, words in named]


@pytest.fixture
def districts(portal):
    return [DistrictFactory(number=8, name="Ligota-Panewniki"), DistrictFactory(number=9, name="Brynów")]


def about(page):
    return [topic.name for topic in page.topics.all()], [district.name for district in page.districts.all()]


def published(**fields):
    made = approved(**fields)
    actions.publish(submission=made, person=made.approved_by)
    made.refresh_from_db()
    return made


def test_it_comes_along_to_the_page(topics, districts):
    made = published(topic_numbers=[topics[1].pk], district_numbers=[8])
    assert about(NewsPage.objects.get(pk=made.page_id)) == (["Zieleń"], ["Ligota-Panewniki"])


@pytest.mark.slow
def test_a_change_begins_with_what_the_page_is_about_and_changes_it(topics, districts):
    first = published(topic_numbers=[topics[1].pk], district_numbers=[8])
    writer = appointed("unit_editor", first.unit)
    change = actions.start_change(unit=first.unit, page=first.page, person=writer)
    kept = Content.of(change)
    assert (kept.topic_numbers, kept.district_numbers) == ([topics[1].pk], [8])
    newer = content(topic_numbers=[topics[0].pk], district_numbers=[8, 9])
    actions.save_submission(submission=change, content=newer, seen_version=2, person=writer)
    actions.send_submission(submission=change, person=writer)
    editor = appointed("editor")
    actions.approve(submission=change, seen_version=3, person=editor)
    actions.publish(submission=change, person=editor)
    assert about(NewsPage.objects.get()) == (["Drogi i objazdy"], ["Ligota-Panewniki", "Brynów"])


@pytest.mark.slow
def test_a_topic_put_on_the_page_meanwhile_is_shown(topics, districts):
    first = published(topic_numbers=[topics[1].pk])
    change = actions.start_change(unit=first.unit, page=first.page, person=appointed("unit_editor", first.unit))
    page = NewsPage.objects.get()
    page.topics = topics
    page.save_revision().publish()
    change.refresh_from_db()
    assert [row["label"] for row in changes_since(change).rows] == ["Tematy"]


@pytest.mark.slow
def test_a_page_that_knows_no_topics_is_changed_as_before(portal, topics, districts):
    unit = a_unit()
    page = make_article(portal)
    change = actions.start_change(unit=unit, page=page, person=appointed("unit_editor", unit))
    assert (change.topic_numbers, change.district_numbers) == ([], [])
    assert not {"topic_numbers", "district_numbers"} & set(TextForm(submission=change).fields)
    newer = content(title="Poradnik", topic_numbers=[topics[0].pk])
    change = actions.save_submission(submission=change, content=newer, seen_version=change.version, person=change.author)
    actions.send_submission(submission=change, person=change.author)
    change = actions.approve(submission=change, seen_version=change.version, person=appointed("editor"))
    assert actions.publish(submission=change, person=change.approved_by).page_id == page.pk


def test_a_wish_for_a_message_brings_them_to_the_message(topics, districts):
    made = published(kind=Submission.Kind.MESSAGE, topic_numbers=[topics[0].pk], district_numbers=[9])
    assert (made.message.topic_numbers, made.message.facts.district_numbers) == ([topics[0].pk], [9])


def test_versions_name_what_changed(topics, districts):
    mine, theirs = content(topic_numbers=[topics[0].pk], district_numbers=[8]), content(district_numbers=[8])
    assert wording.compared(mine, theirs) == [{"label": "Tematy", "lines": [("mine", "Drogi i objazdy")]}]
    assert wording.compared(content(district_numbers=[9]), theirs) == [
        {"label": "Dzielnice", "lines": [("theirs", "Ligota-Panewniki"), ("mine", "Brynów")]}
    ]


@pytest.mark.slow
def test_the_unit_marks_them_and_the_department_changes_them(topics, districts, staff_client):
    made = draft()
    client = staff_client("unit_editor", unit=made.unit)
    address = f"/admin/zgloszenia/{made.pk}/tresc/"
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], ())}
    typed.pop("html", None)
    look = client.post(
        address, typed | {"topic_numbers": [topics[1].pk], "district_numbers": ["9", "8"], "deed": "preview"}, follow=True
    )
    assert "Zieleń" in look.text and "Ligota-Panewniki" in look.text, "the preview says what it is about"
    made.refresh_from_db()
    assert (made.topic_numbers, made.district_numbers) == ([topics[1].pk], [8, 9])
    shown = client.get(f"/admin/zgloszenia/{made.pk}/").text
    assert "Zieleń" in shown and "Ligota-Panewniki" in shown
    actions.send_submission(submission=made, person=made.author)
    editor = staff_client("editor")
    editor.post(f"/admin/zgloszenia/{made.pk}/krok/", {"deed": "claim"})
    form = editor.get(address).context["form"]
    assert [form[name].value() for name in ("topic_numbers", "district_numbers")] == [[topics[1].pk], [8, 9]]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [], ())}
    typed.pop("html", None)
    refused = editor.post(address, typed | {"topic_numbers": ["999999"]})
    assert refused.status_code == 200 and refused.context["form"].errors["topic_numbers"]
    editor.post(address, typed | {"topic_numbers": [topics[0].pk], "district_numbers": ["8"]})
    made.refresh_from_db()
    assert (made.topic_numbers, made.district_numbers, made.version) == ([topics[0].pk], [8], 3)
