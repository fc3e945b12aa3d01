"""A file that does not add up is refused with its line and a reason a person understands; nothing is guessed."""

import gzip
import io
import tracemalloc

import pytest

from ratusz.participation.budget.pabulib import PabulibError, read_bytes, read_file
from ratusz.participation.budget.pabulib.lines import LONGEST_LINE
from ratusz.participation.budget.pabulib.reader import read_stream

GOOD = """META
key;value
description;Budżet
country;Poland
unit;Katowice
instance;2026
num_projects;2
num_votes;3
budget;1000.50
vote_type;cumulative
rule;greedy-threshold
date_begin;10.09.2026
date_end;23.09.2026
min_sum_points;1
max_sum_points;3
PROJECTS
project_id;cost;votes;score;name;selected
L1/01/X;500;2;4;"Plac; zabaw";1
L1/02/X;600.25;2;4;Ławka;0
VOTES
voter_id;vote;points;age
a;L1/01/X;3;30
b;L1/02/X,L1/01/X;2,1;
c;L1/02/X;2;7
"""
"""Line 16 opens PROJECTS, 18 and 19 are projects, 22 to 24 ballots."""


def refused(old, new, code, line):
    assert old in GOOD
    with pytest.raises(PabulibError) as caught:
        read_bytes(GOOD.replace(old, new, 1).encode())
    assert (caught.value.code, caught.value.line) == (code, line), str(caught.value)
    return str(caught.value)


def test_the_good_file_is_read():
    contest = read_bytes(GOOD.encode())
    assert (contest.budget, contest.costs, contest.numbers) == (1000_50, [500_00, 600_25], ["L1/01/X", "L1/02/X"])
    assert contest.projects[0]["name"] == "Plac; zabaw"
    assert contest.ballots.choices.tolist() == [0, 1, 0, 1] and contest.ballots.points.tolist() == [3, 2, 1, 2]
    assert contest.extras == {"age": ("30", "", "7")} and contest.selected == {"L1/01/X": 1, "L1/02/X": 0}


@pytest.mark.parametrize(
    "old, new, code, line",
    [
        ("num_projects;2", "num_projects;3", "num_projects", 7),
        ("num_projects;2", "num_projects;1", "num_projects", 19),
        ("num_projects;2", "num_projects;dwa", "number", 7),
        ("num_votes;3", "num_votes;4", "num_votes", 8),
        ("num_votes;3", "num_votes;2", "num_votes", 24),
        ("budget;1000.50", "budget;1000,50", "money", 9),
        ("budget;1000.50", "budget;-1", "money", 9),
        ("vote_type;cumulative", "vote_type;cumulativ", "vote_type", 10),
        ("date_begin;10.09.2026", "date_begin;2026-09-10", "date", 12),
        ("unit;Katowice", "unit;", "key_missing", 0),
        ("unit;Katowice", "country;Poland", "key_twice", 5),
        ("unit;Katowice", "unit;Katowice;Śródmieście", "cells", 5),
        ("PROJECTS\n", "PROJEKTY\n", "header_missing_or_cells", 0),
        ("project_id;cost", "id;cost", "header_first", 17),
        ("project_id;cost;votes;score", "project_id;koszt;votes;score", "column_missing", 17),
        ("name;selected", "name;name", "column_twice", 17),
        ("L1/02/X;600.25", "L1/01/X;600.25", "project_twice", 19),
        (";600.25;", ";sześćset;", "money", 19),
        ("Ławka;0", "Ławka;9", "selected", 19),
        ("Ławka;0", "Ławka; i stół;0", "cells", 19),
        ('"Plac; zabaw"', "Plac; zabaw", "cells", 18),
        ('"Plac; zabaw"', '"Plac" zabaw', "quotes", 18),
        ("a;L1/01/X;3;30", "a;L1/09/X;3;30", "unknown_project", 22),
        ("a;L1/01/X;3;30", "a;;3;30", "points_count", 22),
        ("a;L1/01/X;3;30", "a;L1/01/X;4;30", "points_high", 22),
        ("a;L1/01/X;3;30", "a;L1/01/X;0;30", "points_low", 22),
        ("a;L1/01/X;3;30", "a;L1/01/X;-3;30", "points_number", 22),
        ("a;L1/01/X;3;30", "a;L1/01/X;3", "cells", 22),
        ("b;L1/02/X,L1/01/X;2,1;", "b;L1/02/X,L1/02/X;2,1;", "project_in_ballot_twice", 23),
        ("b;L1/02/X,L1/01/X;2,1;", "b;L1/02/X,L1/01/X;2;", "points_count", 23),
        ("c;L1/02/X", "a;L1/02/X", "voter_twice", 24),
        ("c;L1/02/X", ";L1/02/X", "voter_empty", 24),
        ("L1/01/X;500;2;4", "L1/01/X;500;3;4", "votes_differ", 18),
        ("L1/01/X;500;2;4", "L1/01/X;500;2;5", "score_differ", 18),
        ("c;L1/02/X;2;7", "VOTES", "section_twice", 24),
        ("max_sum_points;3", "max_length;1", "too_many", 23),
    ],
)
def test_refused_with_line_and_reason(old, new, code, line):
    if code == "header_missing_or_cells":
        # Without the line that opens PROJECTS its rows are taken for META, where they have too many cells.
        refused(old, new, "cells", 17)
        return
    assert refused(old, new, code, line).strip()


def test_the_reason_is_a_polish_sentence_with_its_line():
    said = refused("Ławka;0", "Ławka; i stół;0", "cells", 19)
    assert said == "wiersz 19: liczba pól w wierszu to 7, a w nagłówku 6; tekst ze średnikiem musi stać w cudzysłowie"


def test_a_photo_with_the_name_of_a_contest_is_said_to_be_no_contest():
    with pytest.raises(PabulibError) as refusal:
        read_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)))
    assert refusal.value.sentence == (
        "Wiersz 1: to nie jest plik Pabulib, tylko obraz, archiwum albo tekst spoza UTF-8; wskaż plik .pb albo .pb.gz."
    )


@pytest.mark.parametrize(
    "content, code, line",
    [
        (b"", "empty", 0),
        (GOOD.encode("utf-16"), "zero_byte", 1),
        (GOOD.encode("iso-8859-2"), "not_utf8", 3),
        (b"\xef\xbb\xbf" + GOOD.encode(), "bom", 1),
        (GOOD.encode().replace(b"Katowice", b"Katowic\0"), "zero_byte", 5),
        (gzip.compress(GOOD.encode(), mtime=0)[:80], "not_gzip", 1),
        (b"\x1f\x8bto nie gzip", "not_gzip", 1),
        (b"%PDF-1.7\n" * 10, "not_pabulib", 1),
        (GOOD.encode().split(b"VOTES")[0], "section_missing", 0),
    ],
)
def test_other_kinds_of_content(content, code, line):
    with pytest.raises(PabulibError) as caught:
        read_bytes(content)
    assert (caught.value.code, caught.value.line) == (code, line), str(caught.value)


def test_line_breaks_inside_quotes_keep_the_line_numbers_right():
    with pytest.raises(PabulibError) as caught:
        read_bytes(GOOD.replace('"Plac; zabaw"', '"Plac;\nzabaw"').replace("c;L1/02/X", "c;L1/99/X").encode())
    assert (caught.value.code, caught.value.line) == ("unknown_project", 25)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(PabulibError, match="takiego pliku ani folderu nie ma"):
        read_file(tmp_path / "nie_ma.pb")


class Garbage(io.RawIOBase):
    """A gigabyte made as it is read; counts what was asked for."""

    def __init__(self, head, block, size=1 << 30):
        self.head, self.block, self.left, self.given = head, block, size, 0

    def read(self, size=-1):
        if self.head:
            part, self.head = self.head, b""
        else:
            part = self.block if self.left > 0 else b""
            self.left -= len(part)
        self.given += len(part)
        return part


@pytest.mark.parametrize(
    "head, block, most_read",
    [
        (b"", bytes(1 << 16), 1 << 20),
        (b"", b"x" * (1 << 16), 1 << 20),
        (b"", b"abc;def\n" * (1 << 13), 1 << 20),
        (GOOD.encode(), b"x" * (1 << 16), 2 << 20),
        (GOOD.encode(), b"x;L1/01/X;1;2\n" * (1 << 12), 4 << 20),
        (GOOD.encode().split(b"PROJECTS")[0], b"klucz;wartosc\n" * (1 << 12), 1 << 20),
        (b"META\nkey;value\n", b'"' + b"y" * 1000 + b"\n", 4 << 20),
    ],
)
def test_a_gigabyte_of_garbage_is_refused_after_a_little(head, block, most_read):
    stream = Garbage(head, block)
    tracemalloc.start()
    try:
        with pytest.raises(PabulibError):
            read_stream(stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stream.given <= most_read and peak < 32 << 20


def test_a_bomb_is_refused_at_the_limit():
    bomb = gzip.compress(GOOD.encode() + b"d;L1/01/X;1;7\n" * 10, mtime=0)
    with pytest.raises(PabulibError) as caught:
        read_bytes(bomb, most_bytes=300)
    assert caught.value.code == "too_big"


def test_the_longest_line_is_bounded():
    with pytest.raises(PabulibError) as caught:
        read_bytes(GOOD.replace("Ławka", "Ł" * LONGEST_LINE).encode())
    assert caught.value.code in ("line_too_long", "quotes")
