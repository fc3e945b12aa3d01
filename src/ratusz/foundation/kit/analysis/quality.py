"""How well topics agree with what a person would say: figures for the bench and the screen, from remarks labelled by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

GOOD = 0.74
"""How well two people agree with each other (UK Consult's comparison; consultations.md section 15)."""
MEASURED = 0.78
"""B-cubed F1 on the 220 labelled remarks of the tests by this version of the rules; a test measures it anew."""
IS_EXPERIMENTAL = MEASURED < GOOD
"""Then the screen says so."""


def b_cubed(groups: Sequence[Sequence[int]], labels: Sequence[str]) -> float:
    """B-cubed F1, 0 to 1: for each remark how many of its group are of its label, and how many of its label are in its group.

    Strict: a topic cut in two and two topics in one group both cost. A remark in no group is a group of its own.
    """
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    sizes, of_label = Counter(group_of.values()), Counter(labels)
    together = Counter((group_of[place], label) for place, label in enumerate(labels) if place in group_of)
    precision = recall = 0.0
    for place, label in enumerate(labels):
        group = group_of.get(place)
        right = together[group, label] if group is not None else 1
        precision += right / (sizes[group] if group is not None else 1)
        recall += right / of_label[label]
    return 2 * precision * recall / (precision + recall) / len(labels) if labels else 0.0


def named(groups: Sequence[Sequence[int]], labels: Sequence[str]) -> float:
    """Mean F1 of the labels when each group is named after the label that most of its remarks have, 0 to 1."""
    given: dict[int, str] = {}
    for group in groups:
        name = min(Counter(labels[place] for place in group).items(), key=lambda each: (-each[1], each[0]))[0]
        given.update(dict.fromkeys(group, name))
    figures = []
    for label in sorted(set(labels)):
        right = sum(own == label == given.get(place) for place, own in enumerate(labels))
        wrong = sum((own == label) != (given.get(place) == label) for place, own in enumerate(labels))
        figures.append(2 * right / (2 * right + wrong))
    return sum(figures) / len(figures) if figures else 0.0
