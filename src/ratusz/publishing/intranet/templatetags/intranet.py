"""Tags of the intranet's pages: differences in words, contacts of units, positions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.kit.telephones import international_number
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet.differences import ADDED, REMOVED, Line, Piece
from ratusz.publishing.intranet.directory import Post

register = template.Library()


@register.simple_tag
def until_moment(value: datetime | None) -> str:
    """ "do 23 września 2026 r., godz. 24.00"."""
    return polish_until(value) if value else ""


@register.simple_tag
def changes_in_words(lines: Sequence[Line]) -> SafeString:
    """Each line that changed, with "added:" and "removed:" before what did: colour and strokes alone tell nobody who listens.

    Of lines that stayed nothing is drawn; the whole notice stands below.
    """
    changed = [line for line in lines if any(piece.kind in (ADDED, REMOVED) for piece in line)]
    return format_html('<ul class="changes">{}</ul>', format_html_join("", "<li>{}</li>", ((_line(line),) for line in changed)))


def _line(line: Line) -> SafeString:
    return format_html_join(" ", "{}", ((_piece(piece),) for piece in line))


def _piece(piece: Piece) -> SafeString | str:
    if piece.kind == ADDED:
        return format_html('<ins><span class="changes__word">{}</span> {}</ins>', _("added:"), piece.text)
    if piece.kind == REMOVED:
        return format_html('<del><span class="changes__word">{}</span> {}</del>', _("removed:"), piece.text)
    return piece.text


@register.simple_tag
def telephone_link(text: str) -> SafeString | str:
    """The telephone as a link that dials; as it was typed when it is no number."""
    number = international_number(text)
    return format_html('<a href="tel:{}">{}</a>', number, text) if number else text


@register.simple_tag
def contact_line(unit: Unit) -> SafeString | str:
    """Telephone and e-mail of a unit in one line; "" when there is neither."""
    parts = [telephone_link(unit.phone)] if unit.phone else []
    parts += [format_html('<a href="mailto:{}">{}</a>', unit.email, unit.email)] if unit.email else []
    return format_html_join(" · ", "{}", ((part,) for part in parts))


@register.simple_tag
def post_in_words(post: Post) -> str:
    """ "Kierująca komórką: Anna Wzorcowa (zastępuje: Jan Przykładowy)"."""
    words = f"{post.role}: {post.name}" if post.name else post.role
    return words + (" (" + _("stood in for by %(name)s") % {"name": post.stand_in} + ")" if post.stand_in else "")
