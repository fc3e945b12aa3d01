"""Moderation of the demo city: comments of the intranet that wait, were hidden, changed, appealed; examples of the catalogue."""

from __future__ import annotations

from ratusz.casework.moderation import actions
from ratusz.casework.moderation.models import Item
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.models import User
from ratusz.publishing.intranet import actions as intranet
from ratusz.publishing.intranet.models import Comment, Notice

COMMENTS = [
    # key, notice, author, words
    ("calls", "Nowa centrala", "goniec", "Kto wybierał tę centralę, chyba nigdy nie odbierał telefonu. Banda leni."),
    ("phone", "Nowa centrala", "employee", "Jak nie działa, dzwońcie do koleżanki z pokoju 12 na prywatny: 600 000 000."),
    ("advert", "Karta sportowa", "portiernia", "Sprzedam rower, stan bardzo dobry, cena do uzgodnienia. Zapraszam do portierni!"),
    ("again", "Karta sportowa", "goniec", "A czy basen wchodzi w kartę? W zeszłym roku nikt nie umiał powiedzieć."),
    ("joke", "Karta sportowa", "employee", "Może niech najpierw kierownictwo pobiega po schodach."),
    ("link", "Nowa centrala", "portiernia", "Instrukcja jest też tutaj: htp:/intranet//centrala???"),
]


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("moderacja")
    with acting(system("demo")):
        if not Item.objects.exists():
            _judge(_comments())
            _teach()


def _person(code: str) -> User:
    return User.objects.get(email=f"{code}@{DOMAIN}")


def _comments() -> dict[str, Comment]:
    made = {}
    for key, title, author, words in COMMENTS:
        notice = Notice.objects.get(title__startswith=title)
        made[key] = intranet.write_comment(notice=notice, text=words, person=_person(author))
    return made


def _flag(comment: Comment, author: str, reason: str, words: str = "") -> Item:
    intranet.flag_comment(comment=comment, reason=reason, words=words, person=_person(author))
    return Item.objects.open().get(thing=comment.key)


def _judge(made: dict[str, Comment]) -> None:
    moderator, deputy = _person("moderator"), _person("deputy-head")
    _flag(made["calls"], "portiernia", "insult", "Obraża osoby, które to wdrażały.")
    _flag(made["calls"], "employee", "insult")
    _flag(made["calls"], "press-officer", "off_topic")
    number = _flag(made["phone"], "portiernia", "personal_data", "Prywatny numer koleżanki.")
    facts = "Wpis podaje prywatny numer telefonu osoby, która nie zgodziła się na jego podanie."
    words = "Jak nie działa, dzwońcie na numer 120 do Wydziału Informatyki."
    actions.judge(item=number, deed="edit", reason="personal_data", facts=facts, words=words, person=moderator)
    _flag(made["again"], "employee", "off_topic")
    _appealed(made, moderator, deputy)
    asked = _flag(made["link"], "employee", "technical", "Ten link nie działa.")
    actions.judge(
        item=asked, deed="ask", reason="technical", facts="Adres w komentarzu jest urwany i nie otwiera się.", person=moderator
    )


def _appealed(made: dict[str, Comment], moderator: User, deputy: User) -> None:
    """One appeal waits, another was right."""
    advert = _flag(made["advert"], "goniec", "spam")
    facts = "Ogłoszenie o sprzedaży pod zapisami na kartę sportową."
    hidden = actions.judge(item=advert, deed="hide", reason="spam", facts=facts, person=moderator)
    actions.appeal(judgement=hidden, words="To jeden rower, nie reklama. Gdzie mam to napisać?")
    joke = _flag(made["joke"], "press-officer", "other")
    facts = "Żart z przełożonych; moderatorka nie wiedziała, czy zasady na to pozwalają."
    other = actions.judge(item=joke, deed="hide", reason="other", facts=facts, person=moderator)
    filed = actions.appeal(judgement=other, words="Żartować chyba wolno?")
    answer = "Wolno. Żart nikogo nie obraża, więc komentarz wraca. Sprawa idzie na zebranie moderatorów."
    actions.decide_appeal(appeal=filed, outcome="reversed", answer=answer, person=deputy)


def _teach() -> None:
    head = _person("head")
    facts = {"source": "zebranie moderatorów, listopad", "person": head, "is_public": True}
    case = "Ktoś żartuje z decyzji urzędu, nie wskazując osoby."
    actions.add_example(reason="insult", case=case, reading="Zostaje: krytyka i żart z decyzji to nie obrażanie osoby.", **facts)
    case = "Ktoś podaje służbowy numer telefonu pracownika."
    actions.add_example(reason="personal_data", case=case, reading="Zostaje: numer służbowy jest na stronie urzędu.", **facts)
