"""The consultation platform of the demo city: talk for and against, official answers, one owed; the archive with t=8383."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta

from ratusz.casework.documents.blocks import Document, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.participation.forum import actions
from ratusz.participation.forum.archive.reading import read_export
from ratusz.participation.forum.models import Category, Comment, Participant, Topic

CATEGORIES = [
    ("zielen-i-przestrzen", "Zieleń i przestrzeń", "Parki, place zabaw, skwery, drzewa przy ulicach."),
    ("ruch-i-ulice", "Ruch i ulice", "Chodniki, drogi dla rowerów, przejścia, parkowanie."),
    ("projekty-uchwal", "Projekty uchwał dla organizacji", "Projekty prawa miejscowego do opinii organizacji pozarządowych."),
]
TOPICS = [
    # slug, category, title, about, unit, district numbers, days since it opened, days until it closes
    ("cien-na-placach-zabaw", 0, "Cień na placach zabaw",
     "Latem na wielu placach zabaw nie ma gdzie usiąść. Piszcie, gdzie brakuje cienia i co wolicie: drzewa, żagle czy pergole.",
     "ZZM", (), 20, 6),
    ("uspokojenie-ruchu-koszutka", 1, "Uspokojenie ruchu wokół szkół na Koszutce",
     "Zbieramy głosy przed projektem: progi, wyniesione przejścia, ulica szkolna rano.", "MZUIM", (12,), 12, 25),
    ("program-wspolpracy", 2, "Program współpracy z organizacjami na przyszły rok",
     "Projekt uchwały jest w załączniku pierwszego wpisu. Organizacje mogą też wysłać formularz opinii.", "PS", (), 5, 10),
]  # fmt: skip
PEOPLE = ["Wiewiórka z Koszutki", "Rowerzysta 32", "Babcia Stefana", "Klon zwyczajny", "Tata dwóch uczniów", "Sowa z Ligoty"]
TALK = [
    # topic, title, author, stance, words, asks the Office, answers: (author, stance, words)
    (0, "Plac przy Szkolnej bez jednego drzewa", 0, "for",
     "Od maja metalowa zjeżdżalnia parzy. **Wystarczą trzy drzewa** od południa. Czy można je posadzić jesienią?", True,
     [(1, "for", "Drzewa tak, ale zanim urosną, żagiel na dwa lata."), (2, "for", "I ławka w cieniu, nie w słońcu."),
      (3, "neutral", "Pod zjeżdżalnią idzie rura. Sprawdźcie najpierw mapę sieci.")]),
    (0, "Żagle zamiast drzew to pozór", 3, "against",
     "Żagiel rwie wiatr po jednej zimie, tak było na placu w parku. Lepiej:\n\n- lipy albo klony,\n- podlewanie przez trzy lata,\n"
     "- żagiel tylko tam, gdzie jest beton.", False,
     [(0, "against", "Nie zgadzam się: na betonowym podwórku drzewa nie będzie nigdy."), (5, "neutral", "Da się jedno i drugie.")]),
    (1, "Rano przed szkołą nie da się przejść", 4, "for",
     "Między 7.40 a 8.00 stoją auta na chodniku po obu stronach. Proszę o ulicę szkolną: zamknięcie na 30 minut.", True,
     [(1, "for", "Popieram. W innych miastach działa to od lat."), (2, "against", "A kto ma odwieźć wnuka, kiedy pada?"),
      (4, "neutral", "Można podjechać na parking przy hali, to dwie minuty.")]),
    (1, "Progi hałasują", 5, "against", "Próg pod oknem to huk o piątej rano. Wyniesione przejście tak, próg nie.", False, []),
]  # fmt: skip
ANSWER = (
    "Dziękujemy. Sprawdziliśmy mapę sieci: dwa drzewa zmieszczą się od strony ulicy. Posadzimy je **w październiku**, "
    "a do tego czasu "
    "stanie żagiel. O ławce zdecyduje rada dzielnicy do końca miesiąca."
)
OLD = [
    (20101, 8383, "Projekt programu współpracy z organizacjami na 2015 rok", "Uchwały dla organizacji", "wydzial_ps",
     "2014-10-06 12:30", "[b]Zapraszamy[/b] do opinii. Projekt w załączniku. Termin: 14 dni.", ["projekt-programu.pdf"]),
    (20102, 8383, "Projekt programu współpracy z organizacjami na 2015 rok", "Uchwały dla organizacji", "fundacja_x",
     "2014-10-08 09:15", "[quote=wydzial_ps]Termin: 14 dni.[/quote]Prosimy o dopisanie [i]dyżurów[/i] dla małych organizacji.", []),
    (20140, 8391, "Stojaki rowerowe w centrum", "Transport", "kolarz", "2014-11-02 18:40", "Przy dworcu brakuje stojaków.", []),
]  # fmt: skip


def load(report: Report) -> None:
    """Repeatable: nothing is added to a platform that is there."""
    if Topic.objects.filter(slug=TOPICS[0][0]).exists():
        return
    report("rozmowy na PKS")
    with acting(system("demo")):
        head = User.objects.get(email=f"head@{DOMAIN}")
        topics, people = _topics(head), _people()
        for row in TALK:
            _talk(topics, people, *row)
        first = Comment.objects.filter(asks_office=True).order_by("pk")[0]
        actions.answer_officially(thread=first.thread, parent=first, words=ANSWER, person=head)
        actions.start_office_thread(
            topic=topics[2], title="Projekt programu: prosimy o opinie", person=head,
            words="Najważniejsze zmiany: dłuższe umowy, mniej załączników, jeden formularz sprawozdania.",
        )  # fmt: skip
        _old_forum()


def _topics(head: User) -> list[Topic]:
    now = database_now()
    shelves = [
        actions.save_category(
            category=Category(slug=slug, name=name, about=about, position=10 * place,
                              house_rules="Piszemy o sprawie, nie o osobach. Jeden wątek to jedna sprawa."),
            person=head,
        )
        for place, (slug, name, about) in enumerate(CATEGORIES, start=1)
    ]  # fmt: skip
    made = []
    for slug, shelf, title, about, unit, numbers, since, until in TOPICS:
        topic = Topic(
            slug=slug, category=shelves[shelf], title=title, about=about, unit=Unit.objects.get(short_name=unit), moderation="post",
            opens_at=now - timedelta(days=since), closes_at=now + timedelta(days=until),
        )  # fmt: skip
        made.append(actions.save_topic(topic=topic, districts=District.objects.filter(number__in=numbers), person=head))
    return made


def _people() -> list[Participant]:
    return [actions.make_participant(email=f"pks-{number}@{DOMAIN}", nickname=name) for number, name in enumerate(PEOPLE, start=1)]


def _talk(topics, people, topic, title, author, stance, words, asks_office, answers) -> None:
    first = actions.start_thread(
        topic=topics[topic], title=title, words=words, participant=people[author], stance=stance, asks_office=asks_office
    )
    parent = first
    for who, its_stance, its_words in answers:
        parent = actions.write_comment(
            thread=first.thread, parent=parent, words=its_words, participant=people[who], stance=its_stance
        )
    for each in people:
        if each.pk != first.author_id and (each.pk + first.pk) % 3:
            actions.support(comment=first, participant=each)


def _old_forum() -> None:
    pdf = pdf_of_document(
        Document(title="Projekt programu współpracy na 2015 rok", blocks=[Text("Przykładowy załącznik dawnego forum.")])
    )
    digest = hashlib.sha256(pdf).hexdigest()
    posts = [
        {
            "post": number, "thread": thread, "title": title, "category": category, "author": author, "written": written,
            "words": words, "edited": written if files else "", "attachments": [{"name": each, "sha256": digest} for each in files],
        }
        for number, thread, title, category, author, written, words, files in OLD
    ]  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("forum.json", json.dumps({"posts": posts}, ensure_ascii=False))
        archive.writestr("attachments/projekt-programu.pdf", pdf)
    actions.bring_in(export=read_export(buffer.getvalue(), "forum.zip"), file_name="eksport-starego-forum.zip")
