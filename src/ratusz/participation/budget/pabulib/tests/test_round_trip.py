"""What is written reads back equal, whatever the texts hold; the published files do too."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.participation.budget.engine import Ballots, tally
from ratusz.participation.budget.formats import from_csv_zip, from_json, to_csv_zip, to_json
from ratusz.participation.budget.pabulib import PabulibContest, file_name, read_bytes, read_file, to_text, write_file, zlote

texts = st.text(st.characters(exclude_characters="\0\r", exclude_categories=("Cs",)), max_size=12).map(str.strip)
filled = texts.filter(bool)
numbers = st.text(st.characters(exclude_characters="\0\r,", exclude_categories=("Cs",)), min_size=1, max_size=9).map(str.strip)
SECTIONS = {"META", "PROJECTS", "VOTES"}


@st.composite
def contests(draw):
    ids = draw(st.lists(numbers.filter(lambda t: t and t != "None" and t not in SECTIONS), max_size=5, unique=True))
    voters = draw(st.lists(filled.filter(lambda t: t not in SECTIONS), max_size=6, unique=True))
    chosen = [draw(st.lists(st.sampled_from(ids), max_size=3, unique=True) if ids else st.just([])) for _ in voters]
    with_points = draw(st.booleans())
    points = [[draw(st.integers(0, 99)) for _ in vote] for vote in chosen] if with_points else None
    ballots = Ballots.of(ids, chosen, points)
    score, votes = tally(ballots, len(ids))
    rows = []
    for index, number in enumerate(ids):
        row = {
            "project_id": number,
            "cost": zlote(draw(st.integers(0, 10**9))),
            "votes": str(votes[index]),
            "score": str(score[index]),
        }
        for name in ("name", "category", "selected"):
            value = draw(st.sampled_from(["0", "1", "2", "3"]) if name == "selected" else texts)
            if value and not (name == "category" and value == "None"):
                row[name] = value
        rows.append(row)
    meta = {name: draw(filled) for name in ("description", "country", "unit", "instance", "rule")}
    meta |= {"num_projects": str(len(ids)), "num_votes": str(len(voters)), "budget": zlote(draw(st.integers(0, 10**11)))}
    meta |= {"vote_type": "cumulative" if with_points else "approval", "date_begin": "01.09.2026", "date_end": "2026"}
    if note := draw(texts):
        meta["comment"] = note
    extras = {name: tuple(draw(texts) for _ in voters) for name in draw(st.sets(st.sampled_from(["age", "sex", "own column"])))}
    return PabulibContest(meta, tuple(rows), tuple(voters), ballots, extras)


@given(contests())
@settings(max_examples=60, deadline=None)
@pytest.mark.slow
def test_reading_what_was_written_gives_equal_data(contest):
    text = to_text(contest)
    again = read_bytes(text.encode())
    assert again == contest
    assert to_text(again) == text
    assert from_json(to_json(contest)) == from_csv_zip(to_csv_zip(contest)) == contest


def test_a_carriage_return_in_a_text_becomes_a_line_break():
    content = SMALL.replace(b"description;Bud", b'description;"a\r\nb\rc"\r\ncomment;Bud').replace(b"c;None;7", b'c;None;"x\ry"')
    contest = read_bytes(content)
    assert (contest.meta["description"], contest.extras["age"][2]) == ("a\nb\nc", "x\ny")
    assert read_bytes(to_text(contest).encode()) == contest


def test_numbers_are_brought_to_one_form():
    contest = read_bytes(SMALL.replace(b"budget;100", b"budget;100.00").replace(b"W1;50;1;", b"W1;50.5;1.0;"))
    assert (contest.meta["budget"], contest.budget) == ("100", 100_00)
    assert contest.projects == ({"project_id": "W1", "cost": "50.50", "votes": "1"},)


def test_packed_files_hold_the_same(tmp_path):
    contest = read_bytes(SMALL)
    write_file(contest, tmp_path / "a.pb.gz")
    write_file(contest, tmp_path / "a.pb")
    assert read_file(tmp_path / "a.pb.gz") == read_file(tmp_path / "a.pb") == contest


SMALL = (
    "META\r\nkey;value\r\ndescription;Budżet\r\ncountry;Poland\r\nunit;Łódź\r\ndistrict;Widzew\r\nsubunit;Dolina Łódki\r\ninstance;2026\r\n"
    "num_projects;1\r\nnum_votes;3\r\nbudget;100\r\nvote_type;approval\r\nrule;greedy\r\ndate_begin;2026\r\ndate_end;2026\r\n"
    "PROJECTS\r\nproject_id;cost;votes;category\r\nW1;50;1;None\r\nVOTES\r\nvoter_id;vote;age\r\na;W1;\r\nb;;9\r\nc;None;7"
).encode()


def test_windows_line_ends_empty_lists_and_the_word_none():
    contest = read_bytes(SMALL)
    assert contest.ballots.starts.tolist() == [0, 1, 1, 1]
    assert contest.projects == ({"project_id": "W1", "cost": "50", "votes": "1"},)
    assert file_name(contest) == "Poland_Lodz_2026_Dolina_Lodki.pb"
    assert to_text(contest) == (
        "META\nkey;value\ndescription;Budżet\ncountry;Poland\nunit;Łódź\ndistrict;Widzew\nsubunit;Dolina Łódki\ninstance;2026\n"
        "num_projects;1\nnum_votes;3\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;2026\ndate_end;2026\n"
        "PROJECTS\nproject_id;cost;votes\nW1;50;1\nVOTES\nvoter_id;vote;age\na;W1;\nb;;9\nc;;7\n"
    )


@pytest.mark.slow
def test_published_files_survive_a_round_trip(shared_data):
    paths = sorted(path for path in (shared_data / "pabulib").rglob("*.pb*") if path.is_file())
    assert len(paths) == 127
    for path in paths[::6]:
        contest = read_file(path)
        assert read_bytes(to_text(contest).encode()) == contest, path.name
        assert file_name(contest) == Path(path.name.removesuffix(".gz")).name


def test_texts_that_look_like_sections_or_line_ends_stay_texts():
    sly = SMALL.replace(b"description;Bud\xc5\xbcet", 'description;"a\nPROJECTS\nb\u2028c\x1dd"'.encode())
    contest = read_bytes(sly)
    assert contest.meta["description"] == "a\nPROJECTS\nb\u2028c\x1dd"
    assert from_json(to_json(contest)) == from_csv_zip(to_csv_zip(contest)) == read_bytes(to_text(contest).encode()) == contest
