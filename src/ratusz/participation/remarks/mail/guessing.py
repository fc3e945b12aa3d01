"""Whose consultation a letter is, by its address, by its subject, or because only one runs; nothing is guessed between two."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.lemmas import keys_of_word, words_of
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks.mail.tags import IN_WORDS, read_tag
from ratusz.participation.remarks.models.letters import RemarkLetter

FoundBy = RemarkLetter.FoundBy
STILL_WRITTEN = timedelta(days=60)
"""After the end letters still come; later ones are looked up by hand."""
ENOUGH = 0.5
"""Share of a title's longer words that the subject must have."""
SAYS_NOTHING = {"konsultacja", "konsultacje", "uwaga", "dotyczyc", "sprawa", "przyklad", "wniosek", "opinia", "miasto", "katowice"}
SHORTEST = 4


def whose(letter: Any) -> tuple[Consultation | None, Form | None, str]:
    """Consultation, form and how they were found; (None, None, "") when nothing says so."""
    consultation, form = read_tag(letter.tag) if letter.tag else (None, None)
    if consultation is not None:
        return consultation, form, FoundBy.ADDRESS
    named = IN_WORDS.search(letter.subject)
    if named and (found := Consultation.objects.public().filter(number__iexact=named[0]).first()):
        return found, None, FoundBy.SUBJECT
    day = local_day(letter.arrived_at)
    lately = Consultation.objects.public().filter(ends_on__gte=day - STILL_WRITTEN, starts_on__lte=day + STILL_WRITTEN)
    candidates = list(lately.filter(cancelled_at=None).only("pk", "title", "starts_on", "ends_on")[:500])
    if (found := _by_title(letter.subject, candidates)) is not None:
        return found, None, FoundBy.SUBJECT
    running = [each for each in candidates if each.starts_on and each.ends_on and each.starts_on <= day <= each.ends_on]
    return (running[0], None, FoundBy.ONLY) if len(running) == 1 else (None, None, "")


def _by_title(subject: str, candidates: list[Consultation]) -> Consultation | None:
    said = {key for word in words_of(subject) for key in keys_of_word(word)}
    scored = sorted(((_share(each.title, said), each.pk) for each in candidates), reverse=True)
    if not scored or scored[0][0] < ENOUGH or (len(scored) > 1 and scored[1][0] == scored[0][0]):
        return None
    return next(each for each in candidates if each.pk == scored[0][1])


def _share(title: str, said: set[str]) -> float:
    words = [set(keys_of_word(word)) for word in words_of(title) if len(word) >= SHORTEST]
    words = [keys for keys in words if not keys & SAYS_NOTHING]
    return sum(bool(keys & said) for keys in words) / len(words) if words else 0.0
