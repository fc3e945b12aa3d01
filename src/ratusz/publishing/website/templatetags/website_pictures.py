"""Tags that show a picture as its passport allows: a withdrawn one not at all, any other with its credit."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from ratusz.publishing.website.models import PortalImage
from ratusz.publishing.website.passports.rules import is_hidden

register = template.Library()


@register.simple_tag
def picture_of(image: PortalImage | None, spec: str) -> SafeString | str:
    """The picture in one size; nothing when its consent was withdrawn or its file was replaced without its passport."""
    if image is None or is_hidden(getattr(image, "passport", None)):
        return ""
    return get_rendition_or_not_found(image, spec).img_tag({"loading": "lazy", "decoding": "async"})


@register.simple_tag
def credit_of(image: PortalImage) -> str:
    """Who made the picture and under what licence, in words; empty when nobody wrote it down."""
    passport = getattr(image, "passport", None)
    if passport and passport.credit_line:
        return passport.credit_line
    if not image.credit:
        return ""
    words = _("Author: %(author)s.") % {"author": image.credit.rstrip(".")}
    return f"{words} {image.licence}" if image.licence else words
