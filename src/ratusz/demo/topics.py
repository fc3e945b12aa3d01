"""Topics of the demo city, for whoever says what a text is about."""

from __future__ import annotations

from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.subjects.actions import save_topic

TOPICS = {
    "Drogi i objazdy": "Remonty ulic, zamknięcia, objazdy, odśnieżanie.",
    "Komunikacja": "Autobusy, tramwaje, rozkłady, bilety, parkowanie.",
    "Zieleń": "Parki, drzewa, skwery, łąki.",
    "Kultura": "Koncerty, wystawy, festyny, biblioteki.",
    "Sport": "Zawody, boiska, baseny, zajęcia dla wszystkich.",
    "Budżet obywatelski": "Zgłaszanie projektów, głosowanie, wyniki, budowa.",
    "Konsultacje": "O co miasto pyta mieszkańców i co odpowiedziało.",
    "Opłaty i odpady": "Odbiór odpadów, zbiórki, podatki i opłaty lokalne.",
    "Edukacja": "Przedszkola, szkoły, zapisy, zajęcia.",
    "Zdrowie i seniorzy": "Badania, szczepienia, zajęcia i pomoc dla starszych osób.",
}


def topic(name: str) -> Topic:
    """One of them, made when it is not there yet."""
    return Topic.objects.filter(name=name).first() or save_topic(topic=Topic(name=name, description=TOPICS[name]))
