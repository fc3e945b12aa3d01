"""A run of every gate over a page of 3,000 words, and the measuring of 2,000: our figure, the limit and the ratio.

Both first with nothing remembered (a fresh process reads a page of words it has not met), then again as a worker meets the next
page. Texts are made of whole Polish sentences in an order that is the same at every run.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

GATES_LIMIT_MS, GATES_WORDS = 300.0, 3_000
READING_LIMIT_MS, READING_WORDS = 200.0, 2_000
BEGINNINGS = ("Urząd", "Wydział", "Rada dzielnicy", "Mieszkaniec", "Nauczycielka", "Biblioteka", "Prezydent", "Zarząd dróg")
DEEDS = ("przygotował", "opublikował", "przedstawiła", "sprawdza", "zamknie", "rozbuduje", "wyremontuje", "skonsultuje")
OBJECTS = (
    "nowy regulamin konsultacji", "harmonogram remontu ul. Kościuszki 12", "wyniki głosowania z 23 września 2026 r.",
    "rozkład jazdy autobusów zastępczych", "zasady zagospodarowania przestrzennego", "listę 48 projektów za 1 248 068 zł",
    "zajęcia dla seniorów i młodzieży", "formularz zgłoszenia awarii",
)  # fmt: skip
ENDS = (
    "i zaprasza wszystkich zainteresowanych na spotkanie", "żeby każdy mógł go przeczytać przed piątkiem",
    "a informację wyśle pocztą do właścicieli nieruchomości", "dlatego przystanek zostanie przeniesiony o 200 metrów",
    "zgodnie z zapowiedzią z poprzedniego miesiąca", "bo tak zdecydowali mieszkańcy w konsultacjach",
)  # fmt: skip


def text_of(words: int) -> list[str]:
    """Sentences with at least so many words in all; every tenth word carries an ending of its own, so that words differ."""
    order = random.Random(20_261_128)
    sentences: list[str] = []
    written = 0
    while written < words:
        choice = [order.choice(group) for group in (BEGINNINGS, DEEDS, OBJECTS, ENDS)]
        sentence = f"{' '.join(choice)} w sprawie {order.choice('ABCDEFGHIJ').lower()}{order.randrange(10**4)}owania."
        sentences.append(sentence)
        written += len(sentence.split())
    return sentences


def milliseconds(deed: Callable[[], object], *, times: int, before: Callable[[], None] | None = None) -> float:
    """The median of some runs."""
    found = []
    for _ in range(times):
        if before is not None:
            before()
        started = time.perf_counter()
        deed()
        found.append((time.perf_counter() - started) * 1000)
    return statistics.median(found)


def forget() -> None:
    """Empties what the process remembers of words."""
    from ratusz.foundation.kit import lemmas
    from ratusz.foundation.kit.plain_language import hints, syllables

    for kept in (
        lemmas.base_forms,
        lemmas.word_classes,
        lemmas.is_first_name,
        syllables,
        hints._is_made_of_verb,
        hints._is_participle,
    ):
        kept.cache_clear()


def report(name: str, milliseconds_here: float, limit: float) -> None:
    verdict = "met" if milliseconds_here < limit else "short"
    print(f"{name}: ours {milliseconds_here:.1f} ms, limit {limit:.0f} ms, ratio {milliseconds_here / limit:.2f}, {verdict}")


def main(short: bool) -> None:
    """Short: 5 runs of each instead of 31."""
    import django

    django.setup()
    from ratusz.foundation.kit.plain_language import hints_of, measure
    from ratusz.publishing.gates.reading import Link, Passage, Reading
    from ratusz.publishing.gates.registries import gates
    from ratusz.publishing.gates.rules import missing_in

    at, times = datetime(2026, 11, 28, 12, tzinfo=UTC), 5 if short else 31
    passages = tuple(Passage(sentence, url=f"#block-{place}") for place, sentence in enumerate(text_of(GATES_WORDS)))
    reading = Reading(
        subject="bench:1", kind="bench", title="Strona do pomiaru bramek", lead="Trzy tysiące słów.", passages=passages,
        links=tuple(Link(f"Odnośnik {number}", f"/strona-{number}/") for number in range(200)), owner_unit="KS",
        contact="komunikacja@ratusz.example", review_date=date(2027, 6, 1),
    )  # fmt: skip
    text = "\n".join(text_of(READING_WORDS))
    words, measured = measure(reading.prose).words, measure(text).words
    print(f"{len(list(gates))} gates over {words:,} words and 200 links; {measured:,} words measured with hints")
    for name, before in (("nothing remembered", forget), ("words met before", None)):
        report(f"gates, {name}", milliseconds(lambda: missing_in(reading, at), times=times, before=before), GATES_LIMIT_MS)
        report(
            f"plain language, {name}", milliseconds(lambda: hints_of(measure(text)), times=times, before=before), READING_LIMIT_MS
        )


if __name__ == "__main__":
    import sys

    main("--short" in sys.argv)
