"""The FOG-PL score of the text against the target of its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from ratusz.foundation.kit.plain_language import measure
from ratusz.foundation.kit.words import decimal_comma
from ratusz.publishing.gates.findings import NOTE, Missing
from ratusz.publishing.gates.reading import Reading
from ratusz.publishing.gates.targets import Targets


def score(reading: Reading, targets: Targets, at: datetime) -> Iterator[Missing]:
    """W08: Polish text at most as hard as its target allows; a target without a score (legal acts) and short texts are exempt."""
    target = targets.get("fog")
    if target is None or reading.language != "pl":
        return
    measured = measure(reading.prose)
    if measured.words < targets.get("text_shortest"):
        return
    if measured.fog > target:
        words = _(
            "The text is too hard: FOG-PL %(score)s, and it should be at most %(target)s. Shorten sentences, choose shorter words."
        )
        yield Missing(words % {"score": decimal_comma(measured.fog, 1), "target": target}, reading.url_of("text"))
    if measured.median_sentence > targets.of_office("median_sentence"):
        words = _("Sentences are long: half of them have more than %(number)d words. Divide the longest ones.")
        yield Missing(words % {"number": targets.of_office("median_sentence")}, reading.url_of("text"), NOTE)
