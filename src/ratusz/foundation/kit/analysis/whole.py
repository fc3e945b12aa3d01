"""The whole analysis of one consultation's remarks: copies, letters, topics and opposed sides, with what made them. No database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ratusz.foundation.kit.analysis import subjects
from ratusz.foundation.kit.analysis.copies import copies
from ratusz.foundation.kit.analysis.letters import letters
from ratusz.foundation.kit.analysis.parameters import Parameters, kept
from ratusz.foundation.kit.analysis.stances import Opposed, opposed
from ratusz.foundation.kit.analysis.topics import topics
from ratusz.foundation.kit.analysis.words import Names, Sentence, read
from ratusz.foundation.kit.plain_language import sentences

COPIES, LETTERS, TOPIC = "copies", "letters", "topic"
STEPS = ("reading", "copies", "letters", "topics", "opposed")
"""What `progress` is told before each part."""


@dataclass(frozen=True)
class Text:
    """One remark for the analysis: its number, its words, the passage it is on."""

    number: int
    words: str
    passage: str = ""


@dataclass(frozen=True)
class Proposal:
    """Remarks that may belong together: numbers of them all, words for a label, three sentences to judge by.

    `free_parts`: of letters, the sentences each remark adds to the template, in the order of the members.
    """

    kind: str
    members: tuple[int, ...]
    label: tuple[str, ...]
    examples: tuple[tuple[int, str], ...]
    closeness: float = 1.0
    free_parts: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Result:
    """What was found, and the parameters and versions that found it."""

    proposals: tuple[Proposal, ...]
    opposed: tuple[Opposed, ...]
    made_with: dict[str, Any] = field(default_factory=dict)


def analyse(
    texts: Sequence[Text], names: Names, parameters: Parameters | None = None, progress: Callable[[str], None] = lambda step: None
) -> Result:
    """Everything about these remarks; the same remarks in any order give the same. Numbers of the result are the texts' numbers."""
    parameters = parameters or Parameters()
    texts = sorted(texts, key=lambda each: each.number)
    progress("reading")
    read_texts = [read(each.words, names) for each in texts]
    words = [[word for sentence in each for word in sentence.words] for each in read_texts]
    contents = [each.words for each in texts]
    progress("copies")
    near = copies(contents, parameters)
    progress("letters")
    found = [_copies(group, texts) for group in near] + _letters(texts, contents, near, parameters)
    progress("topics")
    found += [_topic(each, texts, read_texts) for each in topics(words, parameters)]
    progress("opposed")
    named = [_subjects(text, each) for text, each in zip(texts, read_texts, strict=True)]
    sides = tuple(_numbered(each, texts) for each in opposed(contents, named))
    return Result(tuple(found), sides, kept(parameters) | {"subjects": subjects.version(), "remarks": len(texts)})


def _subjects(text: Text, sentences_of_one: Sequence[Sentence]) -> list[str]:
    places = dict.fromkeys(place for sentence in sentences_of_one for place in sentence.places)
    return [*([f"§{text.passage}"] if text.passage else []), *places]


def _numbered(each: Opposed, texts: Sequence[Text]) -> Opposed:
    def numbered(sides: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(type(side)(texts[side.remark].number, side.sentence, side.stance, side.because) for side in sides)

    return Opposed(each.subject, numbered(each.one), numbered(each.other))


def _copies(group: Sequence[int], texts: Sequence[Text]) -> Proposal:
    first = texts[group[0]]
    return Proposal(COPIES, tuple(texts[place].number for place in group), (), ((first.number, _beginning(first.words)),))


def _letters(
    texts: Sequence[Text], contents: Sequence[str], near: Sequence[Sequence[int]], parameters: Parameters
) -> list[Proposal]:
    """Letters of one template; a group that consists of the same near copies is not told twice."""
    told = {frozenset(group) for group in near}
    return [
        Proposal(
            LETTERS, tuple(texts[place].number for place in each.members), (),
            ((texts[each.members[0]].number, " ".join(each.template[:3]) or _beginning(contents[each.members[0]])),),
            free_parts=each.free_parts,
        )
        for each in letters(contents, parameters)
        if frozenset(each.members) not in told
    ]  # fmt: skip


def _topic(topic: Any, texts: Sequence[Text], read_texts: Sequence[Sequence[Sentence]]) -> Proposal:
    label = set(topic.label)
    examples = tuple((texts[place].number, _telling(read_texts[place], label) or texts[place].words) for place in topic.nearest)
    return Proposal(TOPIC, tuple(texts[place].number for place in topic.members), topic.label, examples, topic.closeness)


def _telling(sentences_of_one: Sequence[Sentence], label: set[str]) -> str:
    """The sentence of a remark with the most words of the label; the first of equals."""
    return max(sentences_of_one, key=lambda each: len(label & set(each.words)), default=Sentence("", (), ())).text


def _beginning(text: str) -> str:
    return next(iter(sentences(text)), text)
