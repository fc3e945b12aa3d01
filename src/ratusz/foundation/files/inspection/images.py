"""Photographs and drawings: measured before they are unpacked, then drawn anew, so nothing but the picture remains."""

from __future__ import annotations

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from ratusz.foundation.files.rules import FileRefused

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 16_000


def reencoded_jpeg(data: bytes) -> bytes:
    return _drawn_anew(data, "JPEG", {"quality": 88, "progressive": True}, ("RGB", "L"))


def reencoded_png(data: bytes) -> bytes:
    return _drawn_anew(data, "PNG", {}, ("RGB", "RGBA", "L", "LA", "P", "1"))


def reencoded_webp(data: bytes) -> bytes:
    # By its usual method fifty megapixels take longer than a file has; this one takes a seventh of it and is hardly larger.
    return _drawn_anew(data, "WEBP", {"quality": 88, "method": 2}, ("RGB", "RGBA"))


def _drawn_anew(data: bytes, form: str, options: dict, modes: tuple[str, ...]) -> bytes:
    """The first frame, turned as the camera meant it, without EXIF, GPS, comments, profiles and whatever lay behind it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                _measure(image)
                turned = ImageOps.exif_transpose(image)
                drawn = (
                    turned if turned.mode in modes else turned.convert("RGBA" if "RGBA" in modes and "A" in turned.mode else "RGB")
                )
                clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
                if drawn.mode == "P":
                    clean.putpalette(drawn.getpalette() or [])
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise FileRefused(_too_many_pixels(), code="pixels") from None
    except Exception:
        # Broken pictures break decoders in many ways; all mean the same to the person.
        raise FileRefused(
            _("The picture is damaged. Open it in your program, save it again and send it once more."), code="damaged"
        ) from None
    kept = io.BytesIO()
    clean.save(kept, form, **options)
    return kept.getvalue()


def _measure(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise FileRefused(_too_many_pixels(), code="pixels")


def _too_many_pixels() -> str:
    return _("The picture has too many pixels. Make it smaller, for example 4000 by 3000, and send it again.")
