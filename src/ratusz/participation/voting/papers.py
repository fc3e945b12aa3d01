"""What is printed for a vote: letters with codes, numbered paper cards. Accessible PDF, made in the request and kept nowhere."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.pdf import pdf_of
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.participation.voting.actions.letters import Letter
from ratusz.participation.voting.models import Vote, VotingPoint
from ratusz.participation.voting.queries import sheet_of
from ratusz.publishing.website.own_sites import full_address

FOLDER = Path(__file__).parent / "typst"


def _office(vote: Vote) -> str:
    return _("Municipal Office of %(city)s") % {"city": vote.edition.city}


def _title(vote: Vote) -> str:
    return _("Vote in the participatory budget %(year)s") % {"year": vote.edition.year}


def _drawn(address: str) -> str:
    target = io.BytesIO()
    segno.make(address, error="m").save(target, kind="svg", xmldecl=False, border=2)
    return target.getvalue().decode()


def pdf_of_letters(vote: Vote, letters: Sequence[Letter]) -> bytes:
    """One page a letter, in the order of the streets."""
    address = full_address(reverse("ballot:entrance", args=[vote.edition.slug]))
    hours = {"opens": polish_moment(vote.opens_at), "closes": polish_end(vote.closes_at)}
    content: dict[str, Any] = {
        "title": _title(vote), "office": _office(vote), "unit": _("Participatory budget"), "number_word": _("Number:"),
        "code_word": _("Code:"), "address": address, "address_words": _("The ballot is here:"), "qr": _drawn(address),
        "qr_alt": _("QR code of the page %(address)s") % {"address": address},
        "opening": [
            _("You may vote on projects of residents. Voting is from %(opens)s to %(closes)s.") % hours,
            _("On the page of the vote choose “Number and code” and type what stands here. Each person has a code for one ballot."),
        ],
        "closing": [
            _("Give the code to nobody. The Office never asks for it by telephone or e-mail."),
            _("No internet? Take this letter or an identity document to a voting point: people there help you."),
            _("If somebody in this letter does not live here any more, tear the letter up: the code then opens nothing by itself."),
        ],
        "letters": [
            {
                "names": [made.name for made in letter.codes], "street": letter.street, "place": letter.place,
                "codes": [[made.name, made.shown_number, made.shown_code] for made in letter.codes],
            }
            for letter in letters
        ],
    }  # fmt: skip
    return pdf_of(FOLDER / "letters.typ", content)


def pdf_of_cards(vote: Vote, point: VotingPoint, numbers: Sequence[int]) -> bytes:
    """One page a card."""
    sheet = sheet_of(vote)
    parts = {part.level == "city": part for part in sheet.parts.values()}
    points = {is_city: part.most_points or part.rule.max or 1 for is_city, part in parts.items()}
    hint = _("At most %(points)s points in all. Write the number of the project and the points.")
    content = {
        "title": _title(vote), "office": _office(vote), "numbers": [f"{number:06}" for number in numbers],
        "number_word": _("Card"), "point": _("Voting point: %(point)s") % {"point": f"{point}, {point.address}".rstrip(", ")},
        "who": [_("First name and surname"), _("Street, house and flat"), _("PESEL, or year of birth of whoever has none"),
                _("Guardian of a child: first name, surname and PESEL or address")],
        "project_word": _("Number of the project"), "points_word": _("Points"),
        "local_title": _("One district"), "local_hint": hint % {"points": points.get(False, 1)}, "local_rows": 3,
        "city_title": _("The whole city"), "city_hint": hint % {"points": points.get(True, 1)}, "city_rows": 3,
        "signature": _("I live in this city. Signature (for a child: of the guardian)"),
        "stub": _("Tear off and keep:"),
        "stub_words": _("Under this number a voting point tells you whether the card was taken."),
    }  # fmt: skip
    return pdf_of(FOLDER / "cards.typ", content)
