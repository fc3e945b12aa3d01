"""The published lists of exceptions, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

PATH = Path(__file__).parent / "packs" / "plain_language.toml"


@dataclass(frozen=True)
class PlainLanguagePack:
    """What the rules of counting cannot know by themselves, as data."""

    version: int
    title: str
    au_apart_beginnings: tuple[str, ...]
    eu_joined_stems: tuple[str, ...]
    i_counts_beginnings: tuple[str, ...]
    stems: dict[str, int]
    never_end: tuple[str, ...]
    may_end: tuple[str, ...]
    long_sentence_words: int
    everyday_nouns: tuple[str, ...]
    plain_states: tuple[str, ...]
    known_acronyms: tuple[str, ...]


@lru_cache(maxsize=1)
def pack() -> PlainLanguagePack:
    """The pack of this version of Ratusz."""
    content: dict[str, Any] = tomllib.loads(PATH.read_text(encoding="utf-8"))
    syllables, sentences, hints = content["syllables"], content["sentences"], content["hints"]
    return PlainLanguagePack(
        version=content["version"],
        title=content["title"],
        au_apart_beginnings=tuple(syllables["au_apart_beginnings"]),
        eu_joined_stems=tuple(syllables["eu_joined_stems"]),
        i_counts_beginnings=tuple(syllables["i_counts_beginnings"]),
        stems=dict(syllables["stems"]),
        never_end=tuple(sentences["never_end"]),
        may_end=tuple(sentences["may_end"]),
        long_sentence_words=hints["long_sentence_words"],
        everyday_nouns=tuple(hints["everyday_nouns"]),
        plain_states=tuple(hints["plain_states"]),
        known_acronyms=tuple(hints["known_acronyms"]),
    )
