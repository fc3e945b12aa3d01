"""Scripts in two hundred shapes, in questions and in answers: on no page of a survey does one run, and no sheet takes one for a formula."""

import csv
import io
import zipfile

import pytest
from django.urls import reverse
from tests.harness.scripts import runs_in, two_hundred

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.surveys import actions, links
from ratusz.participation.surveys.factories import answer, content_of, make_survey, question, words
from ratusz.participation.surveys.models import Answer, Survey


@pytest.mark.slow
@pytest.mark.django_db
def test_scripts_in_questions_and_answers_are_words_on_every_page(client, staff_client):
    shapes = two_hundred()
    asked = [
        question(f"p{number}", "long_text" if number % 2 else "short_text", shape) for number, shape in enumerate(shapes, 1)
    ] + [
        question("q1", "single", choices=[{"code": "a", "text": words(shapes[0]), "other": True}]),
        question("q2", "map", not_applicable=words(shapes[1])),
    ]  # fmt: skip
    survey = make_survey(content_of(*asked), title=shapes[0], lead=shapes[1], who_could=shapes[2], thanks=shapes[3])
    given = {f"p{number}": shape for number, shape in enumerate(shapes, 1)}
    given |= {"q1": "a", "q1_other": shapes[0], "q2": {"features": [], "place": shapes[1]}}
    key, head, desk = links.new_key(), staff_client("head"), staff_client("desk_officer")
    version = survey.versions.get()
    draft = actions.start_draft(version=version, key=key)
    actions.keep_page(draft=draft, pages=[0], given=given)
    done = answer(survey, given)
    assert Answer.objects.get().content == given
    facts = {"place": shapes[0], "seal": shapes[1], "cards": 1, "second_person": shapes[2]}
    batch = actions.count_batch(survey=survey, facts=facts, person=head.person)
    card = batch.paper_cards.get()
    actions.type_card(card=card, given=given, person=head.person)
    actions.type_card(card=card, given=given | {"p1": "x"}, person=desk.person)
    pages = [
        client.get(reverse("answer:part", args=[survey.slug, "pl", key, 1])), client.get(survey.get_absolute_url()),
        client.get(reverse("answer:start", args=[survey.slug, "pl"])),
        client.get(reverse("answer:done", args=[survey.slug, "pl", done.submission.receipt])),
        *(head.get(reverse(f"surveys_{name}", args=[survey.pk])) for name in ("survey", "preview", "questions", "results", "heard", "paper")),
        head.get(reverse("surveys_card", args=[card.pk])),
    ]  # fmt: skip
    Survey.objects.filter(pk=survey.pk).update(closed_at=database_now(), close_reason=shapes[4])
    pages += [client.get(survey.get_absolute_url()), head.get(reverse("surveys_results", args=[survey.pk]))]
    assert [(page.status_code, runs_in(page.content.decode())) for page in pages] == [(200, [])] * len(pages)
    came = b"".join(head.get(reverse("surveys_answers", args=[survey.pk, "zip"])).streaming_content)
    answers = zipfile.ZipFile(io.BytesIO(came)).read("odpowiedzi.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(answers), delimiter=";") for cell in row]
    assert not any(cell.lstrip(" \u200b").startswith(("=", "+", "-", "@", "%", "|")) for cell in cells)
