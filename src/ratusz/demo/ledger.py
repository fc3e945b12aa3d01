"""The ledger of content in the demo city: pages in every state, answers of the link check as if it had run, readers' answers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from ratusz.demo.accounts import DEMO_ACCOUNTS
from ratusz.demo.loaders import Report
from ratusz.demo.portal.writing import bullets, text
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.ledger.actions import (
    archive_page,
    measure_text,
    read_links,
    rebuild_links,
    sync_review,
    sync_reviews,
    take_down_page,
)
from ratusz.publishing.ledger.models import AnswerCount, ForeignAddress, ReaderAnswer
from ratusz.publishing.ledger.rules import months_later
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import ArticlePage, PageCare, PageStanding, PublicPage, SectionPage

CONTACT = "srodowisko@ratusz.example"
SECTION = "sprawy"
PAGES = [
    # slug, title, introduction, body
    (
        "gdzie-oddac-sprzet",
        "Gdzie oddać zużyty sprzęt",
        "Zużyty sprzęt oddasz bez opłat w trzech miejscach.",
        [
            text("Przynieś sprzęt w całości. Nie trzeba dowodu zakupu."),
            bullets(
                '<a href="https://punkty.odpady.example/mapa">Mapa punktów</a>',
                '<a href="https://dawny.odpady.example/cennik">Cennik odbioru z domu</a>',
                '<a href="https://zieleni.example/godziny">Godziny otwarcia</a>',
            ),
        ],
    ),
    (
        "dzikie-wysypisko",
        "Jak zgłosić dzikie wysypisko",
        "Zadzwoń albo wyślij zdjęcie. Podaj najbliższy adres.",
        [text("Zgłoszenie trafia do dyżurnego. Sprzątanie trwa zwykle kilka dni.")],
    ),
    (
        "smieci-w-lesie",
        "Śmieci w lesie: komu powiedzieć",
        "Las miejski sprząta miasto, pozostałe sprząta nadleśnictwo.",
        [text("Najpierw sprawdź na mapie, czyj to las.")],
    ),
    (
        "dotacja-na-piec",
        "Dotacja na wymianę pieca",
        "Zasady naboru, który skończył się w zeszłym roku.",
        [text("Wniosek składało się do końca października.")],
    ),
    (
        "zbiorka-choinek",
        "Zbiórka choinek",
        "Kiedy i skąd zabieramy choinki po świętach.",
        [text("Wystaw drzewko bez ozdób przed dom.")],
    ),
    (
        "oplata-na-probe",
        "Opłata za odpady: tekst próbny",
        "Ten tekst nie miał się ukazać.",
        [text("Treść do sprawdzenia.")],
    ),
]
ANSWERED = {
    # address: state, last answer, moved to, failures
    "https://punkty.odpady.example/mapa": ("works", "200", "", 0),
    "https://dawny.odpady.example/cennik": ("broken", "404", "", 4),
    "https://zieleni.example/godziny": ("moved", "200", "https://zieleni.example/kontakt/godziny", 0),
}
USEFUL = {"gdzie-oddac-sprzet": (41, 19), "dzikie-wysypisko": (63, 7), "petycja-skarga-wniosek": (28, 4), "rada-dzielnicy": (12, 3)}
COMMENTS = {
    "gdzie-oddac-sprzet": ["Cennik się nie otwiera.", "Brakuje godzin w sobotę."],
    "dzikie-wysypisko": ["Zgłosiłam w poniedziałek, w czwartek było posprzątane. Dziękuję."],
}


def load(report: Report) -> None:
    """Repeatable: what is there stays. No address is asked: what the check would have found is written down here."""
    report("rejestr treści")
    with acting(system("demo")):
        found = {page.slug: page for page in _pages()}
        for page in Page.objects.live().type(PublicPage):
            measure_text(page=page)
        rebuild_links()
        _answer_links()
        _answers_of_readers()
        _overdue(found["gdzie-oddac-sprzet"])
        sync_reviews()
        _put_aside(found)


def _pages() -> list[ArticlePage]:
    section = SectionPage.objects.get(slug=SECTION)
    unit = Unit.objects.get(short_name="KST")
    review = timezone.localdate() + timedelta(days=150)
    return [
        add_page(
            section,
            ArticlePage(
                slug=slug,
                title=title,
                lead=lead,
                body=body,
                care=[PageCare(owner_unit=unit, contact=CONTACT, review_date=review)],
            ),
        )
        for slug, title, lead, body in PAGES
    ]


def _answer_links() -> None:
    now = database_now()
    for address, (state, answer, moved_to, failures) in ANSWERED.items():
        ForeignAddress.objects.filter(address=address).update(
            state=state, last_answer=answer, moved_to=moved_to, failures=failures, checked_at=now - timedelta(hours=5),
            first_failed_at=now - timedelta(days=2) if failures else None, next_check_at=now + timedelta(days=3),
        )  # fmt: skip


def _answers_of_readers() -> None:
    month = timezone.localdate().replace(day=1)
    pages = {page.slug: page for page in Page.objects.filter(slug__in=USEFUL)}
    for slug, (useful, not_useful) in USEFUL.items():
        for back in range(3):
            counts = {"useful": useful - 5 * back, "not_useful": max(not_useful - back, 0)}
            AnswerCount.objects.get_or_create(page=pages[slug], month=months_later(month, -back), defaults=counts)
        if not ReaderAnswer.objects.filter(page=pages[slug]).exists():
            for days, comment in enumerate(COMMENTS.get(slug, ()), start=2):
                at = database_now() - timedelta(days=days)
                ReaderAnswer.objects.create(page=pages[slug], is_useful="Dziękuję" in comment, comment=comment, answered_at=at)


def _overdue(page: ArticlePage) -> None:
    """Its day is over, and nobody has confirmed it yet."""
    PageCare.objects.filter(page=page.pk).update(review_date=timezone.localdate() - timedelta(days=6))
    sync_review(page=page)


def _put_aside(found: dict[str, ArticlePage]) -> None:
    """One page archived, one withdrawn, one merged into another, one published in error; each only the first time."""
    address = next(account.email for account in DEMO_ACCOUNTS if account.code == "editor")
    editor = User.objects.get(email=address)
    if not _is_as_published(found["zbiorka-choinek"]):
        return
    archive_page(page=found["zbiorka-choinek"])
    take_down_page(
        page=found["dotacja-na-piec"], reason="withdrawn", person=editor,
        public_note="Nabór zakończył się w zeszłym roku. O nowym napiszemy w aktualnościach.",
    )  # fmt: skip
    take_down_page(page=found["smieci-w-lesie"], reason="merged", redirect_to=found["dzikie-wysypisko"], person=editor)
    take_down_page(page=found["oplata-na-probe"], reason="error", public_note="Opłaty się nie zmieniły.", person=editor)
    for slug in ("smieci-w-lesie", "oplata-na-probe"):
        read_links(page=Page.objects.get(slug=slug))


def _is_as_published(page: ArticlePage) -> bool:
    return not PageStanding.objects.filter(page=page.pk).exists()
