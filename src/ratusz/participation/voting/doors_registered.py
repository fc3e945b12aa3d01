"""All ways to know a voter, in the registry under the names the rules of an edition use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting import door, residents
from ratusz.participation.voting.registries import IdentityAdapter, OtherWay, identity_adapters, other_ways
from ratusz.participation.voting.views import (
    address_identity,
    declaration,
    letter_identity,
    node_identity,
    oidc_identity,
    pesel_identity,
    points,
)


def register() -> None:
    """Fills the registries."""
    to_send = _("You need a telephone or an e-mail address, to which we send a code.")
    letter = _("You need the letter with your number and code.")
    identity_adapters.register(address_identity.NAME, IdentityAdapter(_("address and code"), address_identity.first_page, to_send))
    identity_adapters.register(
        pesel_identity.NAME, IdentityAdapter(_("PESEL and a code to a contact of the voter"), pesel_identity.first_page, to_send)
    )
    identity_adapters.register(letter_identity.NAME, IdentityAdapter(_("code in a letter"), letter_identity.first_page, letter))
    account = _("You need an account with the city's provider of identity.")
    identity_adapters.register(
        oidc_identity.NAME, IdentityAdapter(_("sign-in with the city's account"), oidc_identity.first_page, account)
    )
    means = _("You need a trusted profile, mObywatel, an electronic identity card or a bank that confirms who you are.")
    identity_adapters.register(
        node_identity.NAME, IdentityAdapter(_("sign-in with login.gov.pl"), node_identity.first_page, means, node_identity.stop)
    )
    identity_adapters.register(
        residents.DESK, IdentityAdapter(_("at a point, with a document"), points.first_page, _("You need an identity document."))
    )
    other_ways.register(
        "letter",
        OtherWay(
            _("I have a number and a code from a letter or a message"), letter_identity.first_page,
            lambda vote: door.asks_register(vote) and vote.identity != residents.LETTER,
        ),
    )  # fmt: skip
    other_ways.register(
        "declaration", OtherWay(_("I am not in the register: declare that I live here"), declaration.first_page, door.asks_register)
    )
    other_ways.register(
        "points",
        OtherWay(
            _("I vote in person: list of points"),
            points.first_page,
            lambda vote: vote.identity != residents.DESK and vote.points.exists(),
        ),
    )
