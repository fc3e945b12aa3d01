"""What the analysis finds in remarks: copies however typed, letters of one template, topics as people name them, opposed sides."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.foundation.kit.analysis import quality
from ratusz.foundation.kit.analysis.copies import copies, shingles_of
from ratusz.foundation.kit.analysis.letters import letters
from ratusz.foundation.kit.analysis.parameters import Parameters
from ratusz.foundation.kit.analysis.stances import AGAINST, FOR, opposed, sides_of
from ratusz.foundation.kit.analysis.topics import topics
from ratusz.foundation.kit.analysis.whole import COPIES, LETTERS, TOPIC, Text, analyse
from ratusz.foundation.kit.analysis.words import base_form, names_of, normal, plain_words, read
from ratusz.participation.remarks.tests.labelled import KNOWN, UNSEEN, labelled

BY_DEFAULT = Parameters()
TEMPLATE = (
    "Popieram budowę ścieżki nad rzeką, bo dzieci nie mają bezpiecznej drogi do szkoły, a dorośli do pracy. "
    "Proszę o rozpoczęcie prac jeszcze w tym roku i o zachowanie wszystkich drzew na skarpie."
)


def test_words_are_compared_in_one_form_and_names_in_one_piece():
    assert normal("„Żółw”  –  ŁÓDŹ\n2") == '"żółw" - łódź 2'
    assert plain_words("Zażółć, GĘŚLĄ!") == plain_words("zazolc gesla")
    assert [base_form(word) for word in ["drzew", "starych", "światła", "mają", "przy", "nie", "30"]] == [
        "drzewo", "stary", "światło", "mieć", "", "nie", "30",
    ]  # fmt: skip
    names = names_of(["Mariacka", "Tadeusza Kościuszki", "Ligota", "Sportowa", "3 Maja"])
    (one, other) = read(
        "Na ul. Mariackiej i Tadeusza Kościuszki w Ligocie nie ma cienia. Sportowa hala stoi przy Sportowej.", names
    )
    assert one.places == ("Mariacka", "Tadeusza Kościuszki", "Ligota")
    assert "nie" in one.words
    assert other.places == ("Sportowa",)
    assert read("Ulica 3 Maja jest za wąska.", names)[0].places == ("3 Maja",)


def test_copies_are_found_however_they_were_typed():
    texts = [
        TEMPLATE,
        "Coś zupełnie innego.",
        TEMPLATE.upper(),
        TEMPLATE.replace("ś", "s").replace("ż", "z"),
        TEMPLATE + " Anna",
        "…",
    ]
    assert copies(texts, BY_DEFAULT) == [[0, 2, 3, 4]]
    assert copies([], BY_DEFAULT) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=30), st.integers(1, 30))
def test_likeness_is_a_share_and_of_equals_one(words, cut):
    shingles = shingles_of([words, list(words), words[:cut]], 5)
    assert shingles.likeness(0, 1) == 1
    assert 0 <= shingles.likeness(0, 2) == shingles.likeness(2, 0) <= 1


def test_letters_of_one_template_give_their_free_parts():
    free = [
        "Mój syn czeka tam zimą w zupełnej ciemności na autobus szkolny.",
        "",
        "Mieszkam obok czterdzieści lat i nigdy nie było gorzej niż teraz.",
    ]
    texts = [f"{TEMPLATE} {each} Mieszkaniec numer {number}." for number, each in enumerate(free)]
    (group,) = letters(["Zupełnie inna uwaga o koszach na śmieci przy placu.", *texts], BY_DEFAULT)
    assert group.members == (1, 2, 3)
    assert list(group.free_parts) == [(free[0],), (), (free[2],)]
    assert "nad rzeką" in group.template[0]


def test_sides_are_told_with_their_sentences():
    assert [side.stance for side in sides_of(1, "Nie popieram tego. Jestem za. Zły pomysł. Popieramy!")] == [
        AGAINST,
        FOR,
        AGAINST,
        FOR,
    ]
    texts = ["Proszę zostawić lipy na skwerze.", "Lipy trzeba wyciąć, zasłaniają światło.", "Skwer jest ładny."]
    (found,) = opposed(texts, [["skwer"], ["skwer"], ["skwer"]])
    assert ({side.remark for side in found.one}, {side.remark for side in found.other}) == ({1}, {0})
    assert found.one[0].sentence == texts[1]


@pytest.mark.slow
def test_the_whole_is_the_same_again_and_in_any_order_and_asks_nobody(monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    _labels, remarks = labelled(UNSEEN)
    texts = [
        Text(number, words, "7" if number < 3 else "")
        for number, words in enumerate([*remarks, TEMPLATE, TEMPLATE, TEMPLATE + " Ja też."], 1)
    ]
    one, other = analyse(texts, names_of([])), analyse(texts[::-1], names_of([]))
    assert one == other
    assert [each.members for each in one.proposals if each.kind == COPIES] == [(61, 62, 63)]
    assert not [each for each in one.proposals if each.kind == LETTERS]
    grouped = [number for each in one.proposals if each.kind == TOPIC for number in each.members]
    assert sorted(grouped) == list(range(1, 64))
    assert one.made_with["seed"] == BY_DEFAULT.seed
    assert all(each.label and 1 <= len(each.examples) <= 3 for each in one.proposals if each.kind == TOPIC)
    assert analyse([], names_of([])).proposals == ()


@pytest.mark.slow
def test_topics_agree_with_people_as_the_screen_says():
    labels, remarks = labelled(KNOWN, UNSEEN)
    words = [[word for sentence in read(text, names_of([])) for word in sentence.words] for text in remarks]
    figure = quality.b_cubed([topic.members for topic in topics(words, BY_DEFAULT)], labels)
    assert figure >= quality.MEASURED - 0.005
    assert quality.IS_EXPERIMENTAL is (quality.MEASURED < quality.GOOD)
    assert len(remarks) == 220


def test_figures_of_quality():
    assert quality.b_cubed([[0, 1], [2]], ["a", "a", "b"]) == quality.named([[0, 1], [2]], ["a", "a", "b"]) == 1
    assert quality.b_cubed([[0, 1, 2, 3]], ["a", "a", "b", "b"]) == pytest.approx(2 / 3)
    assert quality.named([[0, 1, 2, 3]], ["a", "a", "b", "b"]) == pytest.approx(1 / 3)
