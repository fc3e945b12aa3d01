"""Topics among remarks: weighed base forms, fewer dimensions, near ones together; a label and examples of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from ratusz.foundation.kit.analysis.parameters import Parameters
from ratusz.foundation.kit.analysis.subjects import subjects_of
from ratusz.foundation.kit.analysis.words import NOT
from ratusz.foundation.kit.words import search_key

LABEL_WORDS = 4
EXAMPLES = 3
JUDGED_BY = 1500
"""Remarks by which numbers of topics are compared: the comparison grows with the square."""
SMALL = 3000
"""Up to so many remarks all are looked at in each round instead of a part of them."""
LEAST = 4
"""Fewer remarks are read faster than grouped."""
LEAST_DIMENSIONS = 20
BEGINNING = 5
_BEGINNING, _MATTER = "<", "="


@dataclass(frozen=True)
class Topic:
    """One proposal: places of its remarks, the words that tell it from others, places of those nearest to its middle."""

    members: tuple[int, ...]
    label: tuple[str, ...]
    nearest: tuple[int, ...]
    closeness: float
    """The mean cosine of its remarks with its middle, 0 to 1."""


def topics(words: Sequence[Sequence[str]], parameters: Parameters) -> list[Topic]:
    """Topics of remarks given as their base forms, the largest first. Every remark with a word stands in one topic.

    Deterministic: one seed, one thread.
    """
    from threadpoolctl import threadpool_limits

    filled = [place for place, each in enumerate(words) if each]
    if len(filled) < LEAST:
        return []
    with threadpool_limits(limits=1):
        weights, terms = _weights([words[place] for place in filled])
        if not len(terms):
            return []
        vectors = _vectors(weights, parameters)
        labels = _grouped(vectors, parameters)
    return _topics(labels, vectors, weights, terms, filled)


def _weights(words: Sequence[Sequence[str]]) -> tuple[Any, np.ndarray]:
    """A sparse table remark × term, and the terms."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    few = len(words) < 50
    table = TfidfVectorizer(
        analyzer=_terms, min_df=1 if few else 2, max_df=1.0 if few else 0.35, sublinear_tf=True, dtype=np.float32
    )
    try:
        return table.fit_transform(words), table.get_feature_names_out()
    except ValueError:
        # Nothing but words that stand once, or everywhere.
        return None, np.empty(0)


def _terms(words: Sequence[str]) -> list[str]:
    """Base forms, pairs of neighbours, beginnings that join "rower" to "rowerowy", and the matters of the words."""
    single = [each.replace(" ", "_") for each in words]
    pairs = [f"{one} {other}" for one, other in zip(single, single[1:], strict=False)]
    beginnings = [f"{_BEGINNING}{key[:BEGINNING]}" for each in words if len(key := search_key(each)) >= BEGINNING]
    matters = [f"{_MATTER}{subject}" for each in words for subject in subjects_of(each)]
    return [*single, *pairs, *beginnings, *matters, *matters]


def _vectors(weights: Any, parameters: Parameters) -> np.ndarray:
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    dimensions = min(parameters.dimensions, min(weights.shape) - 1, max(LEAST_DIMENSIONS, weights.shape[0] // 50))
    if dimensions < 2:
        return normalize(weights.toarray())
    made = TruncatedSVD(dimensions, random_state=parameters.seed).fit_transform(weights)
    return normalize(made.astype(np.float32))


def _grouped(vectors: np.ndarray, parameters: Parameters) -> np.ndarray:
    """The grouping with the clearest edges among several numbers of topics."""
    best, labels = -2.0, np.zeros(len(vectors), dtype=int)
    for number in _numbers(len(vectors), parameters.most_topics):
        tried = _tried(vectors, number, parameters.seed)
        if (clear := _clearness(vectors, tried, parameters.seed)) > best:
            best, labels = clear, tried
    return labels


def _numbers(remarks: int, most: int) -> list[int]:
    most = min(most, max(2, round(sqrt(remarks) * 1.2)))
    step = max(1, most // 14)
    return list(range(2, most + 1, step))


def _tried(vectors: np.ndarray, number: int, seed: int) -> np.ndarray:
    from sklearn.cluster import KMeans, MiniBatchKMeans

    if len(vectors) <= SMALL:
        return KMeans(number, random_state=seed, n_init=8).fit_predict(vectors)
    return MiniBatchKMeans(number, random_state=seed, n_init=3, batch_size=2048).fit_predict(vectors)


def _clearness(vectors: np.ndarray, labels: np.ndarray, seed: int) -> float:
    from sklearn.metrics import silhouette_score

    different = len(np.unique(labels))
    if not 2 <= different < len(vectors):
        return -1.0
    sample = JUDGED_BY if len(vectors) > JUDGED_BY else None
    try:
        return float(silhouette_score(vectors, labels, metric="cosine", sample_size=sample, random_state=seed))
    except ValueError:
        # All remarks of the sample are of one topic.
        return -1.0


def _topics(labels: np.ndarray, vectors: np.ndarray, weights: Any, terms: np.ndarray, filled: Sequence[int]) -> list[Topic]:
    whole = np.asarray(weights.mean(axis=0)).ravel()
    found = []
    for label in np.unique(labels):
        inside = np.flatnonzero(labels == label)
        middle = vectors[inside].mean(axis=0)
        near = vectors[inside] @ (middle / (np.linalg.norm(middle) or 1))
        order = inside[np.argsort(-near, kind="stable")][:EXAMPLES]
        own = np.asarray(weights[inside].mean(axis=0)).ravel()
        found.append(
            Topic(
                members=tuple(filled[place] for place in inside.tolist()),
                label=_label(own - whole * 0.5, terms),
                nearest=tuple(filled[place] for place in order.tolist()),
                closeness=round(float(near.mean()), 3),
            )
        )
    return sorted(found, key=lambda topic: (-len(topic.members), topic.members[0]))


def _label(scores: np.ndarray, terms: np.ndarray) -> tuple[str, ...]:
    """The words that weigh most; a word of a chosen pair is not told twice."""
    label: list[str] = []
    for place in np.argsort(-scores, kind="stable")[: 12 * LABEL_WORDS]:
        term = str(terms[place])
        if scores[place] <= 0 or len(label) == LABEL_WORDS:
            break
        if term[0] in (_BEGINNING, _MATTER) or term == NOT:
            continue
        if not any(set(term.split()) & set(chosen.split()) for chosen in label):
            label.append(term)
    return tuple(each.replace("_", " ") for each in label)
