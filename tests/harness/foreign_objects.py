"""One object of every kind that issue 3 made, and of advice and signatures, all of one unit or of the department, with a word in each that nobody else may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.casework.advice import actions as advice
from ratusz.casework.advice.factories import make_appointment, make_point
from ratusz.casework.deadlines.factories import make_clock
from ratusz.casework.requests.factories import make_request
from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature
from ratusz.casework.signatures.models import CheckProtocol
from ratusz.coordination.calendar.factories import make_election
from ratusz.coordination.calendar.models import HeldItem
from ratusz.coordination.desk.factories import make_duty
from ratusz.foundation.files.factories import make_image, make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.editing import actions as editing
from ratusz.publishing.editing.factories import a_unit, appointed, draft
from ratusz.publishing.editing.models import LonePublication
from ratusz.publishing.following.actions import write_banner
from ratusz.publishing.intranet.actions import write_comment
from ratusz.publishing.intranet.factories import make_draft, make_notice, make_staff
from ratusz.publishing.intranet.models import NoticeTarget
from ratusz.publishing.ledger.actions import take_down_page
from ratusz.publishing.messages import actions as messages
from ratusz.publishing.messages.factories import let_everything_out, make_message
from ratusz.publishing.newsroom.actions import add_brand_file
from ratusz.publishing.newsroom.factories import make_asset, make_layout, make_order
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import PageCare, PortalImage, Topic
from ratusz.publishing.website.passports import actions as passports

SECRET = "Tajnopis"


class City:
    """What there is, by the beginning of the route that leads to it: argument -> value."""

    def __init__(self) -> None:
        self.at = database_now()
        self.homes = make_portal()
        self.unit = a_unit(name="Wydział Cudzy", short_name="CUDZY")
        self.editor, self.head = appointed("editor"), appointed("head")
        self.unit_editor = appointed("unit_editor", self.unit)
        self.owned: dict[str, dict[str, Any]] = {}
        for make in (
            self._texts,
            self._pages,
            self._pictures,
            self._messages,
            self._intranet,
            self._house,
            self._advice,
            self._signatures,
        ):
            make()

    def _texts(self) -> None:
        """A draft of the unit, and a release set."""
        made = draft(unit=self.unit, author=self.unit_editor, title=f"{SECRET} o placu", lead=f"{SECRET} w lidzie.")
        release = editing.make_set(name=f"{SECRET} paczka", person=self.editor)
        self.owned |= {
            "admin/zgloszenia/": {"pk": made.pk}, "admin/paczki/": {"pk": release.pk},
            "admin/bramki/": {"subject": f"editing.submission:{made.pk}"},
        }  # fmt: skip

    def _pages(self) -> None:
        """A page of the unit with a draft nobody else may read, and one taken down."""
        day = local_day(self.at) + timedelta(days=90)
        care = [PageCare(owner_unit=self.unit, review_date=day, contact="cudzy@ratusz.example")]
        page = make_news(self.homes, 1, care=care)
        page.lead = f"{SECRET} na stronie."
        self.revision = page.save_revision(user=self.editor)
        gone = take_down_page(page=make_news(self.homes, 2), person=self.editor, reason="error")
        lone = LonePublication.objects.create(
            page=page,
            title=page.title,
            version=self.revision.pk,
            reason=f"{SECRET} powód",
            published_by=self.head,
            published_at=self.at,
        )
        topic = Topic.objects.create(name="Woda", slug="woda")
        page_id = {
            "page_id": page.pk,
            "page_to_move_id": page.pk,
            "parent_page_id": page.pk,
            "destination_id": page.get_parent().pk,
        }
        revisions = {"revision_id": self.revision.pk, "revision_id_a": "earliest", "revision_id_b": "latest", "pk": page.pk}
        self.owned |= {
            "admin/pages/": page_id | revisions, "admin/rejestr-tresci/": {"page_id": page.pk},
            "admin/rejestr-tresci/przywroc/": {"pk": gone.pk}, "admin/topics/": {"pk": topic.pk},
            "admin/unit-pages/": {"pk": self.unit.pk}, "admin/bez-drugiej-pary-oczu/": {"pk": lone.pk}, "admin/strony/": {"pk": page.pk},
        }  # fmt: skip

    def _pictures(self) -> None:
        """A picture of the department with a passport, a consent and its withdrawal."""
        jpeg = SimpleUploadedFile("o.jpg", make_image("JPEG", (60, 40)))
        image = PortalImage.objects.create(title="Obraz", file=jpeg, uploaded_by_user=self.editor)
        given = {"basis": "consent", "is_for_all_outlets": True, "credit_line": "Archiwum", "outlets": []}
        passport = passports.write_passport(image=image, person=self.head, **given)
        pdf = SimpleUploadedFile("z.pdf", make_pdf())
        consent = passports.add_consent(passport=passport, who_signed="person", upload=pdf, person=self.head)
        order = make_order(self.head, self.at, what_for=f"{SECRET} otwarcie")
        layout = make_layout(self.unit, self.unit_editor, self.at, title=f"{SECRET} plakat")
        asset = make_asset(self.head)
        add_brand_file(asset=asset, label="PDF", upload=SimpleUploadedFile("znak.pdf", make_pdf()), person=self.head)
        self.owned |= {
            "admin/images/": {"image_id": image.pk, "pk": image.pk}, "admin/zdjecia/": {"pk": image.pk}, "admin/zdjecia/zgody/": {"pk": consent.pk},
            "admin/zdjecia/zlecenia/": {"pk": order.pk, "deed": "wyslij"}, "admin/projekty-graficzne/": {"pk": layout.pk},
            "admin/znak/": {"pk": asset.pk},
        }  # fmt: skip
        self.files = [consent.file, layout.rounds.get().file]

    def _messages(self) -> None:
        """A message that is out, a poster that hangs, and a correction with a task."""
        message = make_message(self.editor, places=["www", "poster"])
        let_everything_out(message, self.head)
        poster = message.variants.get(outlet="poster")
        given = {"place": "ul. Próbna", "hung_by": "Biuro", "hung_at": self.at}
        hanging = messages.hang_poster(variant=poster, person=self.editor, **given)
        words = {"was_wrong": "tel. 994", "is_right": "tel. 112"}
        messages.change_facts(message=message, person=self.editor, expected=1, facts={"contact": "tel. 112"}, correction=words)
        done = messages.publish_correction(correction=message.corrections.get(), person=self.head)
        messages.change_facts(message=message, person=self.editor, expected=2, facts={"contact": "tel. 113"}, correction=words)
        waiting = message.corrections.exclude(pk=done.pk).get()
        self.owned["admin/komunikaty/"] = {
            "pk": message.pk, "variant_pk": poster.pk, "hanging_pk": hanging.pk, "correction_pk": waiting.pk,
            "task_pk": done.tasks.order_by("pk")[0].pk,
        }  # fmt: skip

    def _intranet(self) -> None:
        """A notice with a comment, and a draft: what is published is for whoever works in the Office, whomever it asks."""
        notice = make_notice(
            self.editor, title=f"{SECRET} ogłoszenie", is_required=True, targets=[NoticeTarget(unit=self.unit)], comments_open=True
        )
        worker = make_staff(self.unit, first_name=SECRET)
        comment = write_comment(notice=notice, text=f"{SECRET} uwaga", person=worker)
        drafted = make_draft(self.editor, title=f"{SECRET} szkic")
        self.owned |= {
            "admin/intranet/": {"pk": notice.pk, "unit": self.unit.pk}, "intranet/ogloszenia/": {"pk": drafted.pk}, "intranet/katalog/": {"pk": self.unit.pk},
            "intranet/komentarze/": {"pk": comment.pk},
        }  # fmt: skip

    def _house(self) -> None:
        """A clock, a request, an election with something held, a banner, a turn of duty."""
        clock = make_clock(label=f"{SECRET} sprawa", unit=self.unit, subject="probna.sprawa:1")
        request = make_request(text=f"{SECRET} pytanie")
        today = local_day(self.at)
        days = {"ordered_on": today - timedelta(days=40), "voting_day": today + timedelta(days=9), "second_round_day": None}
        election = make_election(**days)
        held = HeldItem.objects.create(
            election=election,
            subject="messages.variant:1",
            channel="www",
            title=f"{SECRET} napis",
            hold_code="silence",
            held_at=self.at,
        )
        banner = write_banner(person=self.editor, text=f"{SECRET} baner", expires_at=self.at + timedelta(hours=2))
        self.owned |= {
            "admin/terminy/": {"pk": clock.pk}, "admin/wnioski/": {"pk": request.pk}, "admin/wnioski/nowy/": {"kind": "information"},
            "admin/wybory/": {"pk": election.pk}, "admin/wybory/zatrzymane/": {"pk": held.pk}, "admin/baner/": {"pk": banner.pk},
            "admin/dyzury/": {"pk": make_duty().pk},
        }  # fmt: skip

    def _advice(self) -> None:
        """Somebody who booked a conversation, and one that is written down."""
        desk = appointed("desk_officer")
        point = make_point("tajny")
        mine = make_appointment(point, desk, name=SECRET, words=f"{SECRET} pyta")
        said = advice.Said("phone", "land", f"{SECRET} pytanie", f"{SECRET} odpowiedź", follow_up="mapa")
        written = advice.log_conversation(point=point, said=said, person=desk)
        self.owned |= {
            "admin/punkty/": {"pk": point.pk}, "admin/punkty/umowione/": {"pk": mine.pk}, "admin/punkty/rozmowy/": {"pk": written.pk},
            "admin/punkty/rozmowy.": {"kind": "csv"},
        }  # fmt: skip

    def _signatures(self) -> None:
        """A collection with a signature, a sheet with its lines, and the protocol of its check."""
        collection = make_collection()
        make_signature(collection, f"{SECRET} Próbny")
        sheet = make_sheet(collection, self.head, filled=1)
        check = CheckProtocol.objects.create(
            collection=collection, made_at=self.at, made_by=self.head, needed=1, valid=1, numbers={}
        )  # fmt: skip
        self.owned["admin/podpisy/"] = {
            "pk": collection.pk, "sheet": sheet.pk, "line": sheet.lines.get().pk, "check": check.pk, "kind": "pdf",
        }  # fmt: skip
