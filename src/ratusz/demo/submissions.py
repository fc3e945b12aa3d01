"""Submissions of the demo's environment unit, one at each step, a link of approval and a release set. Repeatable."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.demo.topics import topic
from ratusz.foundation.audit.acting import acting
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing import actions
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.release_kinds import key_of_redirect

CONTACT = "srodowisko@ratusz.example"
TEXTS = {
    # step: (title, introduction, text)
    "draft": ("Jesienna zbiórka liści", "Co zrobić z liśćmi z ogrodu.", "Liście z ogrodu wrzuć do brązowego pojemnika."),
    "sent": ("Nowe drzewa w Parku Kościuszki", "Sadzimy 40 lip.", "Drzewa sadzimy od poniedziałku do piątku."),
    "claimed": ("Zmienione dni odbioru bioodpadów", "Odbiór przesuwa się o jeden dzień.", "Sprawdź dzień odbioru swojej ulicy."),
    "returned": ("Dzień Otwartego Ogrodu", "Zapraszamy na spacer z ogrodnikiem.", "Spotykamy się przy bramie głównej."),
    "second_eyes": ("Miejska wypożyczalnia kompostowników", "Kompostownik pożyczysz na rok.", "Zgłoś się do wydziału e-mailem."),
    "approved": ("Lato w parkach: program zajęć", "Zajęcia są bezpłatne.", "Zajęcia odbywają się w każdą sobotę."),
    "scheduled": ("Konkurs na najładniejszy balkon", "Zgłoszenia przyjmujemy przez miesiąc.", "Przyślij jedno zdjęcie balkonu."),
    "published": ("Poidełka dla ptaków stoją już w trzech parkach", "Wodę wymieniamy codziennie.", "Poidełka stoją przy alejkach."),
    "alone": ("Zamknięta alejka w parku po wichurze", "Alejka jest zamknięta do odwołania.", "Omijaj ją ścieżką przy stawie."),
    "closed": ("Ulotka o segregacji", "Ulotka jest już na portalu.", "Treść powtarza istniejącą stronę."),
}  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: when the first of them is there, all are."""
    report("zgłoszenia komórek")
    unit = Unit.objects.get(short_name="KST")
    if Submission.objects.filter(unit=unit, title=TEXTS["draft"][0]).exists():
        return
    author, one, two, head = (_account(code) for code in ("unit-editor", "editor", "deputy-head", "head"))
    made = {step: _written(unit, author, *words) for step, words in TEXTS.items()}
    for step, submission in made.items():
        if step != "draft":
            _deed(author, actions.send_submission, submission=submission, person=author)
    _at_the_department(made, one, two, head)
    _together(made["approved"], one, two)


def _account(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")


def _deed(who: User, action: Any, /, **given: Any) -> Any:
    with acting(who):
        return action(**given)


def _written(unit: Unit, author: User, title: str, lead: str, text: str) -> Submission:
    content = Content(
        title=title,
        lead=lead,
        body=[{"type": "paragraph", "value": f"<p>{text}</p>"}],
        contact=CONTACT,
        topic_numbers=[topic("Zieleń").pk],
    )
    return _deed(author, actions.start_submission, unit=unit, kind=Submission.Kind.NEWS, content=content, person=author)


def _at_the_department(made: dict[str, Submission], one: User, two: User, head: User) -> None:
    """Each text is brought to its step by those whose work it is."""
    _deed(one, actions.claim, submission=made["claimed"], person=one)
    _deed(one, actions.ask_back, submission=made["returned"], reason="Od której godziny i czy trzeba się zapisać?", person=one)
    changed = Content.of(made["second_eyes"])
    changed = Content(**{**changed.__dict__, "lead": "Kompostownik pożyczysz na rok, bez opłat."})
    _deed(one, actions.save_submission, submission=made["second_eyes"], content=changed, seen_version=1, person=one)
    for step in ("approved", "scheduled", "published"):
        _deed(two, actions.approve, submission=made[step], seen_version=1, person=two)
    moment = database_now() + timedelta(days=3)
    _deed(one, actions.schedule, submission=made["scheduled"], moment=moment, person=one)
    _deed(one, actions.publish, submission=made["published"], person=one)
    _deed(head, actions.publish_alone, submission=made["alone"], reason="Wichura w nocy, nikt inny nie miał dyżuru.", person=head)
    _deed(one, actions.close, submission=made["closed"], reason="To samo jest już na portalu.", person=one)
    _deed(
        one, actions.make_link, submission=made["sent"], recipient="dyrekcja Zakładu Zieleni Miejskiej",
        email="zielen@ratusz.example", person=one,
    )  # fmt: skip


def _together(approved: Submission, one: User, two: User) -> None:
    """A set that waits for its moment: the programme of the summer and the redirect from last year's address."""
    moment = database_now() + timedelta(days=2)
    release = _deed(one, actions.make_set, name="Lato w parkach", goes_out_at=moment, person=one)
    for kind, key in (("submission", str(approved.pk)), ("redirect", key_of_redirect("/lato-2025/", "/aktualnosci/"))):
        _deed(one, actions.add_item, release=release, kind=kind, key=key, person=one)
    _deed(two, actions.approve_set, release=release, person=two)
