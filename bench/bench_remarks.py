"""Analysis of remarks: 10,000 of them with a planted campaign, time and memory; then the quality of topics on labelled ones."""

from __future__ import annotations

import random
import resource
import time

from ratusz.foundation.kit.analysis import quality
from ratusz.foundation.kit.analysis.copies import copies
from ratusz.foundation.kit.analysis.parameters import Parameters
from ratusz.foundation.kit.analysis.topics import topics
from ratusz.foundation.kit.analysis.whole import COPIES, Text, analyse
from ratusz.foundation.kit.analysis.words import names_of, read
from ratusz.foundation.kit.lemmas import words_of
from ratusz.participation.remarks.tests.labelled import KNOWN, UNSEEN, labelled

REMARKS, REMARKS_SHORT = 10_000, 1_000
CAMPAIGN, CAMPAIGN_SHORT = 300, 60
MOST_SECONDS, OF_COPIES, LEAST_FOUND = 60.0, 5.0, 0.99
LETTER = (
    "Sprzeciwiam się budowie drogi przez park. Drzewa, które mają zostać wycięte, rosną tam od stu lat i dają cień całej "
    "dzielnicy. Hałas i spaliny pogorszą zdrowie dzieci ze szkoły obok. Wnoszę o poprowadzenie trasy po śladzie dawnej bocznicy, "
    "o ekran od strony boiska oraz o pozostawienie przejścia dla pieszych w obecnym miejscu. W ankiecie sprzed lat większość "
    "mieszkańców wybrała wariant zachodni, a teraz słyszymy, że jest za drogi. Nikt nie pokazał nam wyliczeń. Żądam porównania obu "
    "wariantów: ile kosztują, ile drzew zabiorą i kiedy powstaną. Do tego czasu prace powinny stanąć, a wiadukt trzeba naprawić, "
    "bo autobusy jeżdżą objazdem przez wąską uliczkę obok przedszkola. Proszę o odpowiedź na piśmie."
)


def _remarks(number: int, campaign: int) -> tuple[list[Text], set[int]]:
    """Remarks of words of one topic each in chance order, and near copies of one letter among them."""
    chance = random.Random(7)
    labels, texts = labelled(KNOWN, UNSEEN)
    of_topic: dict[str, list[str]] = {}
    for label, text in zip(labels, texts, strict=True):
        of_topic.setdefault(label, []).extend(words_of(text))
    written = [_one(chance, of_topic) for _each in range(number - campaign)] + [_copy(chance) for _each in range(campaign)]
    order = list(range(number))
    chance.shuffle(order)
    made = [Text(place + 1, written[which]) for place, which in enumerate(order)]
    return made, {place + 1 for place, which in enumerate(order) if which >= number - campaign}


def _one(chance: random.Random, of_topic: dict[str, list[str]]) -> str:
    words = chance.choices(of_topic[chance.choice(sorted(of_topic))], k=chance.randint(15, 70))
    return ". ".join(" ".join(words[start : start + 12]).capitalize() for start in range(0, len(words), 12)) + "."


def _copy(chance: random.Random) -> str:
    """The letter with one word changed, its accents or capitals lost, and a signature."""
    words = LETTER.split()
    words[chance.randrange(len(words))] = chance.choice(["bardzo", "zieleń", "ulica", "nasz"])
    text = " ".join(words) + chance.choice(["", " Z poważaniem, mieszkanka.", " Mieszkaniec od urodzenia"])
    return chance.choice([text, text.upper(), text.replace("ó", "o").replace("ą", "a")])


def main(short: bool) -> None:
    """Short: a thousand remarks with sixty copies; the limits stay."""
    number, campaign = (REMARKS_SHORT, CAMPAIGN_SHORT) if short else (REMARKS, CAMPAIGN)
    texts, planted = _remarks(number, campaign)
    began = time.perf_counter()
    copies([each.words for each in texts], Parameters())
    of_copies = time.perf_counter() - began
    began = time.perf_counter()
    steps: list[tuple[str, float]] = []
    result = analyse(texts, names_of([]), progress=lambda step: steps.append((step, time.perf_counter() - began)))
    whole = time.perf_counter() - began
    print(f"{number} remarks: near copies {of_copies:.1f} s, limit {OF_COPIES} s: {of_copies / OF_COPIES:.0%}")
    print(f"{number} remarks: everything {whole:.1f} s, limit {MOST_SECONDS} s: {whole / MOST_SECONDS:.0%}; " + _steps(steps))
    _campaign(result.proposals, planted)
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    _quality()


def _steps(steps: list[tuple[str, float]]) -> str:
    return ", ".join(f"{step} from {at:.1f} s" for step, at in steps)


def _campaign(proposals, planted: set[int]) -> None:
    groups = [set(each.members) for each in proposals if each.kind == COPIES]
    best = max(groups, key=lambda group: len(group & planted), default=set())
    found = len(best & planted) / len(planted)
    said = "met" if found >= LEAST_FOUND else "MISSED"
    print(f"campaign of {len(planted)} in one group: {found:.1%}, limit {LEAST_FOUND:.0%}, {len(best - planted)} others: {said}")


def _quality() -> None:
    for name, files in (
        ("matters known to the list of words", [KNOWN]),
        ("other matters, written after the list", [UNSEEN]),
        ("all", [KNOWN, UNSEEN]),
    ):
        labels, texts = labelled(*files)
        read_texts = [read(text, names_of([])) for text in texts]
        found = topics([[word for each in one for word in each.words] for one in read_texts], Parameters())
        groups = [topic.members for topic in found]
        strict, named = quality.b_cubed(groups, labels), quality.named(groups, labels)
        print(
            f"topics, {name}: {len(texts)} remarks, {len(set(labels))} labels, {len(groups)} groups: "
            f"F1 {strict:.2f} (B-cubed), {named:.2f} (named after most); yardstick {quality.GOOD}: {strict / quality.GOOD:.0%}"
        )
