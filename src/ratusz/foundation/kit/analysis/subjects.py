"""Matters of a city by the words people use for them, from subjects.toml: what makes "lipa" and "drzewo" near."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from ratusz.foundation.kit.words import search_key

PATH = Path(__file__).parent / "subjects.toml"


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def says_little() -> frozenset[str]:
    """Base forms that stand in remarks on anything and tell no topic."""
    return frozenset(_content()["says_little"].split())


@lru_cache(maxsize=1)
def _lists() -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    whole: dict[str, tuple[str, ...]] = {}
    beginnings = []
    for subject, words in _content()["subjects"].items():
        for word in words.split():
            if word.endswith("*"):
                beginnings.append((word[:-1], subject))
            else:
                whole[word] = (*whole.get(word, ()), subject)
    return whole, tuple(beginnings)


def version() -> int:
    """Of the list; kept beside a result."""
    return int(_content()["version"])


@lru_cache(maxsize=100_000)
def subjects_of(word: str) -> tuple[str, ...]:
    """The matters a base form belongs to, in the order of the list; empty for most words."""
    whole, beginnings = _lists()
    key = search_key(word)
    found = [*whole.get(key, ()), *(subject for beginning, subject in beginnings if key.startswith(beginning))]
    return tuple(dict.fromkeys(found))
