"""Idea surveys in the demo, one going on and one over with an urn of cards; land that was checked; a substitution."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_date
from ratusz.foundation.people.models import User
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions
from ratusz.participation.projects.actions.ideas import judge_words
from ratusz.participation.projects.ideas.asking import questions_from
from ratusz.participation.projects.models import IdeaSurvey, IdeaWords, Substitution

QUESTIONS = questions_from([
    {"words": "Czego najbardziej brakuje tam, gdzie mieszkasz?", "kind": "one",
     "choices": "zieleni i cienia\nmiejsc do siedzenia\nplacu zabaw\nbezpiecznych przejść\nmiejsca spotkań"},
    {"words": "Kto powinien na tym skorzystać?", "kind": "many",
     "choices": "dzieci\nmłodzież\nseniorzy\nosoby z niepełnosprawnością\nwszyscy"},
    {"words": "Masz pomysł? Napisz, co i gdzie", "kind": "text", "choices": ""},
])  # fmt: skip
SAID = (
    "Zadaszone stojaki na rowery przy filii biblioteki.", "Ławki co sto metrów między przychodnią a przystankiem.",
    "Więcej cienia na placu zabaw, latem nie da się tam być.",
)  # fmt: skip
ONLINE, CARDS = 46, 14
LAND = (
    ("101/7, obręb przykładowy", "city", "fit", ""),
    ("88/2, obręb przykładowy", "cooperative", "open", "czekamy na oświadczenie spółdzielni"),
    ("14, obręb przykładowy", "other", "unfit", "teren nie należy do miasta; autor wskaże inne miejsce"),
)


def load(report: Report) -> None:
    """Repeatable: an edition has one survey at most."""
    report("ankieta pomysłów")
    keeper = User.objects.filter(email=f"budget-coordinator@{DOMAIN}").first()
    editions = list(Edition.objects.of_this_city().filter(opened_at__isnull=False, state="open").order_by("-number")[:8])
    going = next((each for each in editions if "nabór" in each.demonstrates), None)
    past = next((each for each in editions if "ocena formalna" in each.demonstrates), None)
    with acting(system("demo")):
        for edition, is_over in ((going, False), (past, True)):
            if keeper and edition and not IdeaSurvey.objects.filter(edition=edition).exists():
                _survey(edition, keeper, is_over=is_over)


def _survey(edition: Edition, keeper: User, *, is_over: bool) -> None:
    now, drawn = database_now(), random.Random(edition.pk)
    facts = {
        "title": "Czego brakuje w Twojej dzielnicy?", "questions": QUESTIONS, "opens_at": now - timedelta(days=30),
        "lead": "Odpowiedzi podpowiedzą autorom, jakich projektów ludzie potrzebują. Wypełnienie zajmuje dwie minuty.",
        "closes_at": now + timedelta(days=12),
    }  # fmt: skip
    survey = actions.save_survey(edition=edition, facts=facts, person=keeper)
    survey = actions.publish_survey(survey=survey, person=keeper)
    for number in range(ONLINE):
        actions.answer_survey(survey=survey, given=_given(drawn, number), form_key=uuid.UUID(int=drawn.getrandbits(128)))
    urn = actions.count_urn(
        survey=survey, place="Filia biblioteki (próbna)", cards=CARDS, second_person="dyżurny filii", person=keeper
    )
    for card in range(1, CARDS + 1 if is_over else CARDS - 3):
        actions.enter_card(urn=urn, card=card, given={} if card == CARDS - 5 else _given(drawn, card + 10), person=keeper)
    for words in IdeaWords.objects.filter(answer__survey=survey).order_by("pk")[:2]:
        judge_words(words=words, person=None, deed="projects.show_idea", shown_at=now)
    if is_over:
        IdeaSurvey.objects.filter(pk=survey.pk).update(closes_at=now - timedelta(minutes=1))


def _given(drawn: random.Random, number: int) -> dict[str, object]:
    given: dict[str, object] = {
        "p1": str(min(drawn.randrange(5), drawn.randrange(5))), "p2": [str(each) for each in drawn.sample(range(5), 2)],
    }  # fmt: skip
    return given | ({"p3": SAID[number]} if number < len(SAID) else {})


def load_land_and_substitutes(report: Report) -> None:
    """Land checked for some projects of the edition in its substantive check, and one substitution of a week. Repeatable."""
    report("sprawdzenia terenu i zastępstwa")
    keeper = User.objects.filter(email=f"budget-coordinator@{DOMAIN}").first()
    away, here = (User.objects.filter(email=f"{name}@{DOMAIN}").first() for name in ("editor", "head"))
    edition = next(
        (each for each in Edition.objects.of_this_city().filter(state="open") if "merytoryczna" in each.demonstrates), None
    )
    if not keeper or edition is None:
        return
    day, now = polish_date(local_day(database_now())), database_now()
    with acting(system("demo")):
        for number, made in enumerate(
            edition.applications.filter(state="formal_yes", land_checks=None).order_by("pk")[: len(LAND)]
        ):
            plot, owner, result, note = LAND[number]
            source = f"ewidencja gruntów (przykład), {day}"
            actions.check_land(application=made, plot=plot, owner=owner, result=result, source=source, note=note, person=keeper)
        if away and here and not Substitution.objects.exists():
            actions.set_substitute(absent=away, substitute=here, starts_at=now, ends_at=now + timedelta(days=7), person=keeper)
