"""The outlets that stand in no module of ours: another CMS, the public bulletin (BIP), paper on notice boards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ratusz.publishing.messages.outlets import Form, Outlet, outlets

CMS = Outlet(
    code="cms",
    name=_("another city website (package)"),
    form=Form.FULL,
    order=30,
    is_by_hand=True,
    is_offered=False,
    what_to_do=_("Download the package, publish it there and paste the link here. A site that reads our feed needs no package."),
    downloads=(("package", _("package (HTML, facts, picture)")),),
)
BIP = Outlet(
    code="bip",
    name=_("BIP, the public bulletin"),
    form=Form.FULL,
    order=40,
    kinds=("information", "decision", "voters", "crisis"),
    is_by_hand=True,
    what_to_do=_("Download the package, publish it in BIP and paste the link and a proof here."),
    downloads=(("bip", _("package for BIP (HTML, PDF, who made it)")),),
)
POSTER = Outlet(
    code="poster",
    name=_("poster and notice board"),
    form=Form.SIGN,
    order=50,
    most_characters=700,
    is_by_hand=True,
    hangs=True,
    what_to_do=_("Print it, hang it and write down where, when and who."),
    downloads=(("a4", _("poster A4 (PDF)")), ("a3", _("poster A3 (PDF)"))),
)


def register() -> None:
    """Puts them into the registry; called from ready()."""
    for outlet in (CMS, BIP, POSTER):
        outlets.register(outlet.code, outlet)
