"""Messages of the demo city: made-up disruptions, invitations, decisions and an exercise, two of them corrected after publication.

Places are real (their points are set by eye), what happens there is not: the demo says so on its
pages. Moments follow the day of loading.
"""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.demo.topics import topic
from ratusz.foundation.audit.acting import acting, as_actor
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.models import Message

EXERCISE = "Ćwiczenie: wichura"
"""What the last one is about: whoever finds it has loaded all."""


def load(report: Report) -> None:
    """Repeatable: with the messages there already, nothing happens."""
    if Message.objects.filter(facts__what=EXERCISE).exists():
        return
    report("komunikaty")
    author, second = (User.objects.get(email=f"{code}@{DOMAIN}") for code in ("editor", "press-officer"))
    with acting(as_actor(author)):
        _water(author, second)
        _road(author, second)
        _event(author, second)
        _invitation(author, second)
        _decision(author, second)
        _library(author, second)
        _draft(author)
        _voters(author, second)
        _exercise(author, second)


def _day(days: int, hour: int, minute: int = 0) -> datetime:
    """An hour of a day counted from today."""
    day = timezone.localdate(database_now()) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _write(author: User, unit: str, kind: str, facts: dict[str, Any], about: str = "", **own: Any) -> Message:
    facts = {"as_of": database_now() - timedelta(minutes=20)} | facts
    own["topic_numbers"] = [topic(about).pk] if about else []
    return actions.write_message(person=author, owner_unit=Unit.objects.get(short_name=unit), kind=kind, facts=facts, **own)


def _send(message: Message, author: User, second: User, but: tuple[str, ...] = ()) -> None:
    actions.hand_in_message(message=message, person=author)
    approved, refused = actions.approve_all(message=message, person=second)
    if refused:
        raise ValueError(f"{message}: {refused}")
    for variant in approved:
        if variant.outlet not in but:
            actions.send_variant(variant=variant, person=second)
    message.refresh_from_db()


def _told(author: User, second: User, unit: str, kind: str, facts: dict[str, Any], **own: Any) -> Message:
    """Written, approved by the second person, sent to every place."""
    message = _write(author, unit, kind, facts, **own)
    _send(message, author, second)
    return message


def _water(author: User, second: User) -> None:
    """Out everywhere, corrected after publication: the page at once, the posters one by one."""
    message = _told(
        author, second, "WOD", "disruption", {
            "title": "Przerwa w dostawie wody: {gdzie}",
            "short_text": "{kiedy} nie będzie wody. Naprawiamy wodociąg.",
            "long_text": "Beczkowóz z wodą do picia stoi przy skrzyżowaniu z ul. Żwirki i Wigury.\n\n"
            "- Przygotuj zapas wody na czas przerwy.\n"
            "- Zakręć krany, żeby nie zalać mieszkania, gdy woda wróci.\n- Po przerwie spuść pierwszą wodę z kranu.",
            "what": "Przerwa w dostawie wody", "place": "ul. Mikołowska 10–44", "district_numbers": [1],
            "latitude": 50.2546, "longitude": 19.0095,
            "starts": _day(0, 8), "ends": _day(1, 16), "for_whom": "mieszkańcy budynków przy ul. Mikołowskiej 10–44",
            "what_to_do": "Przygotuj zapas wody.", "contact": "Pogotowie wodociągowe, tel. 994",
            "source_document": "WOD.7021.115.2026",
        }, urgency="urgent", places=["www", "screen", "poster"],
    )  # fmt: skip
    poster = message.variants.get(outlet="poster")
    now = database_now()
    for place, minutes in (("tablica przy ul. Mikołowskiej 20", 15), ("klatki w budynkach 10–18", 10)):
        actions.hang_poster(
            variant=poster, person=author, place=place, hung_by="administracja budynków", hung_at=now - timedelta(minutes=minutes),
            upload=io.BytesIO(_photo()), name="tablica.jpg",
        )  # fmt: skip
    words = {
        "nature": "change", "was_wrong": "Woda wróci jutro o godz. 16.00.", "is_right": "Woda wróci jutro o godz. 20.00.",
        "cause": "Naprawa jest trudniejsza, niż zakładano.",
    }  # fmt: skip
    actions.change_facts(
        message=message, person=author, expected=1, facts={"ends": _day(1, 20), "as_of": database_now()}, correction=words
    )
    actions.publish_correction(correction=message.corrections.get(), person=second)
    actions.take_poster_down(hanging=poster.hangings.order_by("pk")[0], person=author)
    actions.hang_poster(
        variant=poster,
        person=author,
        place="tablica przy ul. Mikołowskiej 20",
        hung_by="administracja budynków",
        hung_at=database_now(),
    )


def _photo() -> bytes:
    """A drawn notice board: no photograph of a real place."""
    picture = Image.new("RGB", (800, 600), "#c9b79c")
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((220, 80, 580, 540), fill="#ffffff", outline="#14181f", width=4)
    drawing.rectangle((240, 100, 560, 150), fill="#0b4ea2")
    for line in range(7):
        drawing.rectangle((240, 180 + line * 40, 540 - line % 3 * 40, 196 + line * 40), fill="#4a5463")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()


def _road(author: User, second: User) -> None:
    _told(
        author, second, "MZUIM", "disruption", {
            "title": "Zamknięty przejazd: {gdzie}",
            "short_text": "{kiedy} nie przejedziesz tędy samochodem. Wymieniamy nawierzchnię.",
            "long_text": "Objazd prowadzi ul. Gliwicką. Autobusy jadą objazdem i stają na przystankach zastępczych.\n\n"
            "Chodnik jest otwarty przez cały czas.",
            "what": "Zamknięty przejazd", "place": "ul. Bracka przy ul. Gliwickiej", "district_numbers": [7],
            "latitude": 50.2655, "longitude": 18.9775,
            "starts": _day(2, 6), "ends": _day(5, 22), "for_whom": "kierowcy i pasażerowie autobusów",
            "what_to_do": "Jedź objazdem.", "contact": "Miejski Zarząd Ulic i Mostów, kancelaria",
            "source_document": "MZUIM.5541.27.2026",
        }, about="Drogi i objazdy", places=["www", "screen", "poster"],
    )  # fmt: skip


def _event(author: User, second: User) -> None:
    message = _write(
        author, "K", "event", {
            "title": "Spacer po modernistycznych Katowicach",
            "short_text": "Zapraszamy na spacer z przewodnikiem: {kiedy}. Zbiórka: {gdzie}.",
            "long_text": "Spacer trwa dwie godziny. Trasa nie ma schodów. Na miejscu czeka tłumacz PJM.\n\n"
            "Zapisy nie są potrzebne.",
            "what": "Spacer po mieście", "place": "plac Miarki", "district_numbers": [1],
            "latitude": 50.2521, "longitude": 19.0195,
            "starts": _day(12, 11), "ends": _day(12, 13),
            "for_whom": "wszyscy chętni", "what_to_do": "Przyjdź na zbiórkę.", "contact": "Wydział Kultury, sekretariat",
        }, about="Kultura", places=["www", "screen", "poster"],
    )  # fmt: skip
    _send(message, author, second, but=("poster",))


def _invitation(author: User, second: User) -> None:
    _told(
        author, second, "KS", "invitation", {
            "title": "Dyżur w sprawie budżetu obywatelskiego",
            "short_text": "Przyjdź i zapytaj, jak zgłosić pomysł. Czekamy: {kiedy}.",
            "long_text": "Pomożemy opisać pomysł i policzyć koszt. Weź ze sobą adres miejsca, którego dotyczy pomysł.",
            "what": "Dyżur dla mieszkańców", "place": "Biuro Obsługi Mieszkańców",
            "starts": _day(6, 15), "ends": _day(6, 18),
            "for_whom": "mieszkańcy, którzy mają pomysł", "what_to_do": "Przyjdź w godzinach dyżuru.",
            "contact": "Wydział Komunikacji Społecznej, sekretariat",
        }, about="Budżet obywatelski", places=["www", "screen"],
    )  # fmt: skip


def _decision(author: User, second: User) -> None:
    """Goes to BIP by hand: the package waits for its link."""
    _told(
        author, second, "ES", "decision", {
            "title": "Nowe godziny szkolnych boisk",
            "short_text": "Od {od} boiska przy szkołach będą otwarte do godz. 21.00.",
            "long_text": "Decyzja dotyczy boisk przy 12 szkołach. Ich lista jest w sekretariacie wydziału.",
            "what": "Boiska otwarte dłużej",
            "starts": _day(10, 8), "for_whom": "mieszkańcy miasta",
            "what_to_do": "Korzystaj z boisk do wieczora.",
            "contact": "Wydział Edukacji i Sportu, sekretariat",
            "source_document": "ES.4424.9.2026",
        }, about="Sport", places=["www", "bip"],
    )  # fmt: skip


def _library(author: User, second: User) -> None:
    """Corrected because it was wrong, with its link and proof from another city site brought back."""
    message = _told(
        author, second, "MBP", "information", {
            "title": "Biblioteka w Ligocie czynna krócej",
            "short_text": "{kiedy} filia jest otwarta od godz. 10.00 do godz. 14.00. Liczymy zbiory.",
            "long_text": "Książki oddasz we wrzutni przed wejściem o każdej porze.",
            "what": "Krótsze godziny biblioteki", "place": "filia w Ligocie", "district_numbers": [6],
            "starts": _day(1, 10), "ends": _day(4, 14), "for_whom": "czytelnicy filii", "what_to_do": "Oddaj książki we wrzutni.",
            "contact": "Miejska Biblioteka Publiczna, dział obsługi",
        }, about="Kultura", places=["www", "cms"],
    )  # fmt: skip
    other = message.variants.get(outlet="cms")
    given = {"variant": other, "person": author, "published_by": "redakcja strony biblioteki"}
    actions.record_by_hand(**given, url="https://biblioteka.example/ligota", published_at=database_now())
    words = {
        "nature": "mistake",
        "was_wrong": "Krótsze godziny: 4 dni.",
        "is_right": "Krótsze godziny: 2 dni.",
        "cause": "pomyłka w dacie",
    }
    actions.change_facts(message=message, person=author, expected=1, facts={"ends": _day(2, 14)}, correction=words)
    actions.publish_correction(correction=message.corrections.get(), person=second)
    actions.record_by_hand(**given, url="https://biblioteka.example/ligota", published_at=database_now())


def _draft(author: User) -> None:
    """Waits for a second person; one text was written by hand and holds an old fact."""
    message = _write(
        author, "ZZM", "information", {
            "title": "Sadzimy drzewa w Parku Kościuszki",
            "short_text": "{kiedy} posadzimy 40 lip i klonów.",
            "long_text": "Alejki będą otwarte. Ławki wrócą na miejsce po pracach.",
            "what": "Sadzenie drzew", "place": "Park Kościuszki", "district_numbers": [3],
            "starts": _day(8, 9), "ends": _day(8, 15),
            "for_whom": "osoby, które odwiedzają park", "what_to_do": "Omijaj miejsca prac.",
            "contact": "Zakład Zieleni Miejskiej, biuro",
        }, about="Zieleń", places=["www", "screen"],
    )  # fmt: skip
    screen = message.variants.get(outlet="screen")
    actions.edit_variant(variant=screen, written="{tytul}\n\nZaczynamy o godz. 9.", person=author, expected=0)
    actions.change_facts(message=message, person=author, expected=1, facts={"starts": _day(8, 10)})
    actions.hand_in_message(message=message, person=author)


def _voters(author: User, second: User) -> None:
    """Where and how to vote: it may leave in the election silence too."""
    message = _write(
        author, "K", "voters", {
            "title": "Sprawdź, gdzie głosujesz",
            "short_text": "Adres lokalu wyborczego znajdziesz na obwieszczeniu i w BIP.",
            "long_text": "Weź dowód osobisty albo paszport. Lokale są otwarte od godz. 7.00 do godz. 21.00.\n\n"
            "Wyborca z niepełnosprawnością może zamówić bezpłatny dowóz do lokalu.",
            "what": "Gdzie i jak głosować", "for_whom": "osoby, które mają prawo głosu w Katowicach",
            "what_to_do": "Sprawdź adres swojego lokalu przed dniem głosowania.",
            "contact": "Urząd Miasta, infolinia",
        }, places=["www", "screen"],
    )  # fmt: skip
    _send(message, author, second)


def _exercise(author: User, second: User) -> None:
    """Not sent: an exercise is written and approved, so that the words are ready."""
    message = _write(
        author, "KP", "crisis", {
            "title": "ĆWICZENIE: zostań w domu, idzie wichura",
            "short_text": "To tylko ćwiczenie. {kiedy} wieje bardzo mocno.",
            "long_text": "Zamknij okna. Zabierz z balkonu lekkie rzeczy.",
            "what": EXERCISE,
            "starts": _day(3, 12), "ends": _day(3, 13), "for_whom": "wszyscy w mieście",
            "what_to_do": "Zostań w domu.",
            "contact": "Centrum zarządzania kryzysowego, tel. 987",
        }, urgency="urgent", places=["www", "screen"],
    )  # fmt: skip
    actions.hand_in_message(message=message, person=author)
    approved, refused = actions.approve_all(message=message, person=second)
    if refused:
        raise ValueError(f"{message}: {refused}")
