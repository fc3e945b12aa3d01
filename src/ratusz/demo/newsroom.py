"""The press office of the demo city: drawn pictures with every kind of passport, orders, the mark, layouts; nobody is real."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.demo.drawn import drawn, poster
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.factories import LOGO
from ratusz.publishing.newsroom.models import BrandAsset, LayoutRequest, PhotoOrder
from ratusz.publishing.website.models import NewsPage, PortalImage
from ratusz.publishing.website.passports import actions as passports
from ratusz.publishing.website.passports.incoming import CleanPicture

AUTHOR, LICENCE = "Pracownia Rysunku Demo", "CC BY 4.0"
PICTURES: list[tuple[str, str, str, dict[str, Any]]] = [
    # drawing, title, what it shows, passport
    ("park", "Alejka w parku", "Alejka między drzewami w parku, w słońcu", {"basis": "nobody", "purpose": "promotion"}),
    ("street", "Kamienice w śródmieściu", "Kolorowe kamienice przy pustej ulicy", {"basis": "nobody"}),
    ("river", "Most nad rzeką", "Most i zielone brzegi rzeki", {"basis": "nobody", "purpose": "promotion"}),
    ("tower", "Hala o zmierzchu", "Okrągła hala z zapalonymi światłami",
     {"basis": "nobody", "credit_line": "Rysunek: Pracownia Rysunku Demo"}),
    ("crowd", "Na rynku", "Tłum ludzi na rynku widziany z daleka", {"basis": "detail"}),
    ("stage", "Koncert na Święto Miasta", "Scena w kolorowych światłach i publiczność",
     {"basis": "detail", "event_name": "Święto Miasta", "days_ago": 75}),
    ("crowd", "Uczestnicy biegu", "Grupa osób na starcie biegu",
     {"basis": "consent", "signed": ["person"], "outlets": ["www", "social"]}),
    ("park", "Zajęcia w parku", "Dzieci bawią się między drzewami",
     {"basis": "consent", "minors": "under_13", "signed": ["parents"], "outlets": ["www", "bulletin"], "ends_in": 20}),
    ("stage", "Młodzieżowa próba", "Młode osoby na scenie", {"basis": "consent", "minors": "teens", "signed": ["parents"]}),
    ("street", "Statysta do kampanii", "Osoba idzie ulicą między kamienicami",
     {"basis": "payment", "signed": ["person"], "ends_in": 300}),
    ("tower", "Osoba publiczna na otwarciu", "Osoba z urzędu przecina wstęgę przed halą", {"basis": "public_role"}),
    ("river", "Licencja minęła", "Rzeka w pełnym słońcu",
     {"basis": "nobody", "ends_in": -12, "source": "Bank zdjęć, licencja na rok"}),
    ("crowd", "Zdjęcie wycofane", "Osoby na spotkaniu w parku", {"basis": "consent", "signed": ["person"]}),
]  # fmt: skip
ON_PAGES = (0, 2, 4, 12, 11)
"""Which of them stand on the newest news; the last but one is withdrawn afterwards, the time of the last one is over."""


def load(report: Report) -> None:
    """Repeatable: what is there already stays."""
    report("zdjęcia, znak i projekty graficzne")
    editor, unit_editor = _account("editor"), _account("unit-editor")
    if editor is None or unit_editor is None or PortalImage.objects.filter(title=PICTURES[0][1]).exists():
        return
    with acting(system("demo")):
        images = [_picture(number, editor, *given) for number, given in enumerate(PICTURES)]
        _put_on_pages(images)
        passports.withdraw_consent(image=images[12], reason="osoba ze zdjęcia, telefonicznie", person=editor)
        _orders(editor, images)
        _brand(editor)
        _layouts(editor, unit_editor)


def _account(name: str) -> User | None:
    return User.objects.filter(email__startswith=f"{name}@").first()


def _picture(number: int, editor: User, kind: str, title: str, description: str, given: dict[str, Any]) -> PortalImage:
    facts, today = dict(given), local_day(database_now())
    signed, ends_in, days_ago = facts.pop("signed", ()), facts.pop("ends_in", None), facts.pop("days_ago", None)
    if ends_in is not None:
        facts["valid_until"] = today + timedelta(days=ends_in)
    if days_ago is not None:
        facts["event_date"] = today - timedelta(days=days_ago)
    image = PortalImage(title=title, description=description, credit=AUTHOR, licence=LICENCE, uploaded_by_user=editor)
    # Drawn a moment ago by the program itself, so there is nothing to inspect.
    image.file = CleanPicture(drawn(kind, number), name=f"demo-{kind}-{number}.jpg")
    image.save()
    passport = passports.write_passport(image=image, person=editor, is_for_all_outlets=not facts.get("outlets"), **facts)
    for who in signed:
        document = SimpleUploadedFile("zgoda.pdf", make_pdf())
        passports.add_consent(
            passport=passport, who_signed=who, upload=document, person=editor, signed_date=today - timedelta(days=90)
        )
    return image


def _put_on_pages(images: list[PortalImage]) -> None:
    pages = NewsPage.objects.live().filter(locale__language_code="pl").newest_first()
    for place, page in zip(ON_PAGES, pages, strict=False):
        image = images[place]
        image.contextual_alt_text, image.decorative = image.description, False
        page.body = [
            ("picture", {"image": image, "caption": image.title}),
            *((block.block_type, block.value) for block in page.body),
        ]
        page.save_revision().publish()


def _orders(editor: User, images: list[PortalImage]) -> None:
    at = database_now().replace(minute=0, second=0, microsecond=0)
    coming = {
        "what_for": "Otwarcie odnowionego placu zabaw", "starts_at": at + timedelta(days=6),
        "ends_at": at + timedelta(days=6, hours=2),
        "place": "Plac zabaw w parku, ul. Przykładowa", "who_is_there": "Prezydent Miasta, rada dzielnicy, mieszkańcy",
        "shots": "Przecięcie wstęgi\nPlac z góry\nSzczegół: nowa huśtawka\nDzieci tylko z daleka albo od tyłu",
        "consents": "Rodzice dzieci na pierwszym planie: druk zgody u redakcji", "due_at": at + timedelta(days=7),
        "firm": "Pracownia Foto Demo",
        "unit": Unit.objects.filter(short_name="KST").first(),
    }  # fmt: skip
    actions.send_order(order=actions.save_order(person=editor, **coming), person=editor)
    past = coming | {
        "what_for": "Koncert na Święto Miasta", "starts_at": at + timedelta(hours=1), "ends_at": None,
        "due_at": at + timedelta(days=1),
        "place": "Rynek", "shots": "Scena\nPubliczność z daleka", "consents": "",
    }  # fmt: skip
    order = actions.send_order(order=actions.save_order(person=editor, **past), person=editor)
    PhotoOrder.objects.filter(pk=order.pk).update(
        starts_at=at - timedelta(days=75), due_at=at - timedelta(days=74), state="delivered"
    )
    order.pictures.set([images[5]])


def _brand(editor: User) -> None:
    wide = LOGO.replace(b'viewBox="0 0 40 40"', b'viewBox="0 0 160 40"').replace(
        b"</svg>", b'<path d="M60 8h80v6H60zM60 18h60v6H60zM60 28h70v6H60z"/></svg>'
    )
    mark = _asset(editor, "logo", "Znak podstawowy (przykładowy)", 10, licence="CC BY-ND 4.0", use_rules=(
        "Może go użyć każdy, kto rzetelnie informuje o mieście albo prowadzi działanie z miastem. Zachowaj pole ochronne "
        "i nie zmieniaj kolorów. Znak nie może sugerować, że miasto coś poleca albo gwarantuje."
    ))  # fmt: skip
    for label, data in (("Znak sam", LOGO), ("Znak z nazwą, poziomy", wide)):
        actions.add_brand_file(asset=mark, label=label, upload=SimpleUploadedFile("znak.svg", data), person=editor)
    _asset(editor, "arms", "Herb miasta", 20, needs_consent=True, is_law_unverified=True, use_rules=(
        "Użycie herbu wymaga zgody miasta. Napisz do Urzędu, gdzie i po co chcesz go pokazać; pliki dostaniesz razem ze zgodą."
    ))  # fmt: skip
    template = _asset(editor, "template", "Plakat A4", 30, is_public=False, use_rules="Komórki Urzędu i jednostki miasta.")
    file = SimpleUploadedFile("plakat.png", poster("Tytuł wydarzenia", "#0b4ea2"))
    actions.add_brand_file(asset=template, label="Wzór z miejscem na znak", upload=file, person=editor)
    _asset(
        editor,
        "font",
        "Krój podstawowy: Lato",
        40,
        licence="SIL Open Font License",
        use_rules="Druki i ekrany miasta; krój jest wolny.",
    )
    for order, (name, colour, notes) in enumerate(
        (("Niebieski", "#0b4ea2", "C100 M75 Y0 K5"), ("Żółty", "#ffd23f", "C0 M15 Y85 K0"))
    ):
        _asset(editor, "colour", name, 50 + order, colour=colour, colour_notes=notes, use_rules="Kolor znaku i materiałów miasta.")


def _asset(editor: User, kind: str, name: str, order: int, **facts: Any) -> BrandAsset:
    return actions.save_asset(person=editor, kind=kind, name=name, order=order, **facts)


def _layouts(editor: User, unit_editor: User) -> None:
    unit = Unit.objects.get(short_name="KST")
    mark = BrandAsset.objects.get(kind="logo")
    _layout(unit, unit_editor, "Plakat „Posadź drzewo”", "Słupy ogłoszeniowe i szkoły", "#2f7d4f", 12)
    mended = _layout(unit, unit_editor, "Okładka raportu o zieleni", "Raport w PDF i 200 sztuk druku", "#7d8ca3", 20)
    actions.answer_layout(
        request=mended, person=editor, verdict="remarks", unmet=["clear_space", "background"],
        reasons="Znak stoi na zdjęciu i dotyka tytułu. Daj go na białe pole w rogu, z odstępem na wysokość litery „K”.",
    )  # fmt: skip
    gone = _layout(unit, unit_editor, "Ulotka o kompostowaniu", "Urząd i punkty miasta", "#0b4ea2", 8)
    actions.answer_layout(request=gone, person=editor, verdict="approved", marks=[mark], reasons="Bez uwag.")
    actions.add_final_file(request=gone, person=unit_editor, upload=SimpleUploadedFile("ulotka-do-druku.pdf", make_pdf()))


def _layout(unit: Unit, person: User, title: str, purpose: str, colour: str, days: int) -> LayoutRequest:
    file = SimpleUploadedFile("projekt.png", poster(title, colour))
    needed = local_day(database_now()) + timedelta(days=days)
    return actions.send_new_layout(unit=unit, person=person, upload=file, title=title, purpose=purpose, needed_date=needed)
