"""What residents follow in the demo city: topics, pages of units, the civic guide, made-up followers, old banners."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from ratusz.demo.loaders import Report
from ratusz.demo.portal import guide
from ratusz.demo.topics import TOPICS, topic
from ratusz.demo.website import CARE_CONTACT
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.models import Unit
from ratusz.publishing.following.models import PURPOSE, Banner, Follow
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import GuidePage, HomePage, NewsPage, PageCare, SectionPage, Topic, UnitProfile
from ratusz.publishing.website.subjects.actions import save_unit_page
from ratusz.publishing.website.wire.actions import sync_wire

UNITS = {
    "KS": "Prowadzi portal, konsultacje i Budżet Obywatelski. Tu zapytasz, jak zgłosić uwagę albo projekt.",
    "BOM": "Pierwsze miejsce w Urzędzie: przyjmie pismo, wyda dokument, powie, dokąd pójść.",
    "KST": "Drzewa, powietrze, hałas, zwierzęta, odpady. Tu zgłosisz dzikie wysypisko.",
    "K": "Miejskie imprezy, dotacje dla twórców, instytucje kultury.",
    "MZUIM": "Ulice, chodniki, mosty, światła. Tu zgłosisz dziurę w jezdni i śliski chodnik.",
    "KP": "Spotkania mieszkańców z Prezydentem Miasta, patronaty, listy.",
}
NEWS = {
    # slug: topics, owner
    "skwer-przy-gliwickiej": (("Konsultacje", "Zieleń"), "KS"),
    "wyniki-z-powodem-przy-kazdym-projekcie": (("Budżet obywatelski",), "KS"),
    "swiatla-na-rynku": (("Kultura",), "K"),
    "sliskie-chodniki": (("Drogi i objazdy",), "MZUIM"),
    "punkt-informacyjny-dluzej": ((), "BOM"),
    "elektroodpady-w-dzielnicach": (("Opłaty i odpady",), "KST"),
    "warsztaty-dobry-projekt": (("Budżet obywatelski", "Edukacja"), "KS"),
    "autobusy-na-cmentarze": (("Komunikacja",), "MZUIM"),
    "lekcje-smartfona": (("Zdrowie i seniorzy", "Edukacja"), "K"),
    "krzewy-przy-szkolach": (("Zieleń", "Edukacja"), "KST"),
}
FOLLOWERS = {
    # made-up addresses of a domain that nobody can have: what they follow, how often
    "obserwatorka.pierwsza@mieszkaniec.example": (("Drogi i objazdy", "Komunikacja"), (17,), "at_once"),
    "obserwator.drugi@mieszkaniec.example": (("Kultura",), (), "weekly"),
    "obserwatorka.trzecia@mieszkaniec.example": ((), (1, 14), "daily"),
}


def load(report: Report) -> None:
    """Repeatable: topics, units, pages and followers that are there already stay."""
    report("tematy, strony komórek, przewodnik")
    with acting(system("demo")):
        topics = {name: topic(name) for name in TOPICS}
        for symbol, purpose in UNITS.items():
            _unit_page(symbol, purpose)
        for slug, (names, owner) in NEWS.items():
            _tell_what_it_is_about(slug, [topics[name] for name in names], owner)
        _civic_guide()
        report("obserwujący i dawne banery")
        sync_wire()
        for email, (names, numbers, rhythm) in FOLLOWERS.items():
            _follower(email, [topics[name] for name in names], numbers, rhythm)
        _old_banners()


def _unit_page(symbol: str, purpose: str) -> None:
    unit = Unit.objects.filter(short_name=symbol).first()
    if unit and not UnitProfile.objects.filter(unit=unit).exists():
        save_unit_page(profile=UnitProfile(unit=unit, purpose=purpose))


def _tell_what_it_is_about(slug: str, topics: list[Topic], owner: str) -> None:
    page = NewsPage.objects.filter(slug=slug, locale__language_code="pl").first()
    if page is None or page.topics.exists():
        return
    page.topics = topics
    for care in page.care.all():
        care.owner_unit = Unit.objects.filter(short_name=owner).first()
        page.care = [care]
    page.save_revision().publish()


def _civic_guide() -> None:
    home = HomePage.objects.filter(locale__language_code="pl", depth=2).first()
    if home is None:
        return
    section = _place(home, SectionPage(**guide.SECTION, show_in_menus=True))
    for page in guide.PAGES:
        _place(section, GuidePage(**page))


def _place(parent: Page, page: Page) -> Page:
    review = timezone.localdate() + timedelta(days=180)
    page.care = [PageCare(owner_unit=Unit.objects.filter(short_name="KS").first(), contact=CARE_CONTACT, review_date=review)]
    return add_page(parent, page)


def _follower(email: str, topics: list[Topic], districts: tuple[int, ...], rhythm: str) -> None:
    if Address.objects.known_as("email", email).exists():
        return
    address = notifications.add_address(channel="email", value=email)
    notifications.give_consent(address=address, purpose=PURPOSE, through="link")
    notifications.choose_rhythm(address=address, purpose=PURPOSE, rhythm=rhythm)
    subjects = [{"topic": topic} for topic in topics]
    subjects += [{"district": district} for district in District.objects.filter(number__in=districts)]
    now = database_now()
    Follow.objects.bulk_create([Follow(address=address, followed_at=now, **subject) for subject in subjects])


def _old_banners() -> None:
    """Two that are over, so that the list of earlier ones says something; none shows."""
    staff = list(User.objects.filter(is_staff=True, is_active=True).order_by("pk")[:2])
    if len(staff) < 2 or Banner.objects.exists():
        return
    now = database_now()
    for days, text, level, hours in (
        (41, "Załęże: ulica Gliwicka zamknięta po awarii sieci. Tramwaje jadą objazdem.", "warning", 6),
        (12, "Silny wiatr do godz. 22. Nie wchodź do parków i lasów, zabezpiecz rzeczy na balkonie.", "danger", 9),
    ):
        starts = now - timedelta(days=days)
        Banner.objects.create(
            text=text, level=level, author=staff[0], written_at=starts, approved_by=staff[1], approved_at=starts,
            starts_at=starts, expires_at=starts + timedelta(hours=hours),
        )  # fmt: skip
