"""Pictures no larger than a page ever shows them; runs apart, away from the database."""

from __future__ import annotations

import io

from PIL import Image

LONGEST_SIDE = 4000
"""Pixels; the widest picture of a page has a quarter of them. A photograph of fifty megapixels is made smaller, not refused."""


def scaled_down(data: bytes) -> bytes:
    """The same picture when it is small enough, else drawn smaller in its own format."""
    with Image.open(io.BytesIO(data)) as image:
        if max(image.size) <= LONGEST_SIDE:
            return data
        form = image.format or "PNG"
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        kept = io.BytesIO()
        image.save(kept, form)
        return kept.getvalue()
