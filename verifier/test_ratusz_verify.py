"""The stand-alone verifier: agrees with the engine on random editions, catches every tampering, needs nothing but Python."""

import hashlib
import io
import json
import subprocess
import sys
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from verifier import ratusz_verify
from verifier.random_editions import random_contest

from ratusz.participation.budget.bundle import make_bundle, to_zip, write_folder
from ratusz.participation.budget.engine import count

EDITIONS = 200
MINIMAL_BALLOTS = 10


def bundle_of(seed):
    """(bundle, outcome) of a random edition."""
    contest, rules, decisions, areas = random_contest(seed)
    projects = [replace(project, area=areas[project.number]) for project in contest.engine_projects()]
    outcome = count(rules, contest.budget, projects, contest.ballots, decisions)
    return make_bundle(contest, rules, decisions, outcome, areas=areas), outcome


def failed_checks(files):
    """Numbers of the checks that fail."""
    lines = []
    checks = ratusz_verify.Checks(dict(files))
    code = ratusz_verify.run_checks(checks, lines.append)
    failed = [int(line.split(".")[0]) for line in lines if "ŹLE" in line]
    assert code == (1 if failed else 0)
    return failed


def test_agrees_with_the_engine_on_random_editions():
    disagreed, decisive = [], 0
    for seed in range(EDITIONS):
        bundle, outcome = bundle_of(seed)
        decisive += any(tie.decisive for tie in outcome.ties)
        # A result that waits for a lot must not be confirmed (check 10); everything else must.
        if failed_checks(bundle.files) != ([10] if outcome.waits else []):
            disagreed.append(seed)
    assert disagreed == []
    assert decisive > EDITIONS / 20, "the random editions no longer have decisive ties"


def edition_with_ballots():
    for seed in range(1000):
        bundle, outcome = bundle_of(seed)
        if len(bundle.contest.voters) >= MINIMAL_BALLOTS and outcome.winners and not outcome.waits:
            yield seed, bundle


def tampered(bundle, change, mend_hash):
    """The bundle with its list of ballots changed; with `mend_hash` the forger also repairs hash and counts in the manifest."""
    name = next(iter(bundle.manifest["files"]))
    head, rows = bundle.files[name].decode().split("VOTES\n", 1)
    header, *votes = rows.rstrip("\n").split("\n")
    votes = change(votes)
    content = (head + "VOTES\n" + "\n".join([header, *votes]) + "\n").encode()
    manifest = json.loads(bundle.files["manifest.json"])
    if mend_hash:
        old, new = str(len(bundle.contest.voters)), str(len(votes))
        content = content.replace(f"num_votes;{old}\n".encode(), f"num_votes;{new}\n".encode())
        manifest["files"][name]["sha256"] = hashlib.sha256(content).hexdigest()
        manifest["counts"]["ballots"] = len(votes)
    return {name: content, "manifest.json": json.dumps(manifest).encode()}


def changed_ballot(votes):
    """One ballot's projects replaced by those of another, different ballot."""
    voter, first = votes[0].split(";", 1)
    other = next(content for content in (vote.split(";", 1)[1] for vote in votes) if _projects(content) != _projects(first))
    return [f"{voter};{other}", *votes[1:]]


def _projects(content):
    return sorted(content.split(";")[0].split(","))


CHANGES = {
    "changed": changed_ballot,
    "removed": lambda votes: [vote for index, vote in enumerate(votes) if index != _first_full(votes)],
    "added": lambda votes: [*votes, "dodany;" + votes[_first_full(votes)].split(";", 1)[1]],
}


def _first_full(votes):
    return next(index for index, vote in enumerate(votes) if vote.split(";")[1])


@pytest.mark.parametrize("mend_hash", [False, True], ids=["plain", "with the hash repaired"])
@pytest.mark.parametrize("change", CHANGES)
def test_catches_one_ballot(change, mend_hash):
    for _, (_, bundle) in zip(range(15), edition_with_ballots(), strict=False):
        failed = failed_checks(tampered(bundle, CHANGES[change], mend_hash))
        assert failed, "a forged list of ballots was confirmed"
        assert mend_hash or 2 in failed


def test_catches_a_changed_result():
    _, bundle = next(edition_with_ballots())
    manifest = json.loads(bundle.files["manifest.json"])
    manifest["result"]["winners"] = manifest["result"]["winners"][1:]
    assert failed_checks({**bundle.files, "manifest.json": json.dumps(manifest).encode()}) == [7]


def test_rules_by_which_nothing_can_be_counted_are_said_to_be_wrong():
    _, bundle = next(edition_with_ballots())
    manifest = json.loads(bundle.files["manifest.json"])
    manifest["rules"]["cost"]["cap_percent"], manifest["rules"]["rounding"]["unit"] = 100, 0
    assert 7 in failed_checks(bundle.files | {"manifest.json": json.dumps(manifest).encode()})


def test_runs_alone_on_a_folder_and_a_zip_file(tmp_path):
    _, bundle = next(edition_with_ballots())
    write_folder(bundle, tmp_path / "pakiet")
    (tmp_path / "pakiet.zip").write_bytes(to_zip(bundle))
    (tmp_path / "zly.zip").write_bytes(b"to nie zip")
    (tmp_path / "zmieniony").mkdir()
    for name, content in tampered(bundle, CHANGES["removed"], False).items():
        (tmp_path / "zmieniony" / name).write_bytes(content)
    script = Path(ratusz_verify.__file__)
    codes = []
    for target in ("pakiet", "pakiet.zip", "zmieniony", "zly.zip"):
        # -I -S: no site-packages, no environment: the standard library alone.
        done = subprocess.run([sys.executable, "-I", "-S", str(script), str(tmp_path / target)], capture_output=True, timeout=60)
        codes.append(done.returncode)
    assert codes == [0, 0, 1, 2]


def test_shares_no_code_with_the_program():
    source = Path(ratusz_verify.__file__).read_text(encoding="utf-8")
    assert "ratusz." not in source.replace("ratusz_verify.py", "") and "numpy" not in source


def test_a_forged_column_of_winners_is_caught():
    _, bundle = next(edition_with_ballots())
    name = next(iter(bundle.manifest["files"]))
    head, projects = bundle.files[name].decode().split("PROJECTS\n")
    projects, votes = projects.split("VOTES\n")
    header, *rows = projects.rstrip("\n").split("\n")
    winners = set(bundle.manifest["result"]["winners"])
    for forged in (False, True):
        column = [f"{row};{int((row.split(';')[0] in winners) != forged)}" for row in rows]
        lines = "\n".join([f"{header};selected", *column])
        content = f"{head}PROJECTS\n{lines}\nVOTES\n{votes}".encode()
        manifest = json.loads(bundle.files["manifest.json"])
        manifest["files"][name]["sha256"] = hashlib.sha256(content).hexdigest()
        found = failed_checks({name: content, "manifest.json": json.dumps(manifest).encode()})
        assert found == ([7] if forged else [])


def hostile_archives(bundle):
    plain = to_zip(bundle)
    central = plain.index(b"PK\x01\x02")
    locked = bytearray(plain)
    locked[6] |= 1
    locked[central + 8] |= 1
    broken = bytearray(plain)
    start = 30 + len(bundle.manifest["about"].get("file", "")) + 60
    broken[start : start + 40] = b"\xff" * 40
    twice = io.BytesIO(plain)
    with zipfile.ZipFile(twice, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("manifest.json", bundle.files["manifest.json"])
    return {"locked": bytes(locked), "broken": bytes(broken), "twice": twice.getvalue()}


@pytest.mark.parametrize("kind", ["locked", "broken", "twice"])
def test_a_hostile_archive_is_said_to_be_unreadable(kind, tmp_path):
    _, bundle = next(edition_with_ballots())
    path = tmp_path / "pakiet.zip"
    path.write_bytes(hostile_archives(bundle)[kind])
    lines = []
    assert ratusz_verify.verify(str(path), lines.append) == 2
    assert lines[0].startswith("Nie można sprawdzić")


def test_a_path_that_leads_to_no_bundle_is_told_in_polish(tmp_path):
    (tmp_path / "zdjecie.zip").write_bytes(b"\xff\xd8\xff\xe0 JFIF")
    lines = []
    assert [ratusz_verify.verify(str(tmp_path / name), lines.append) for name in ("nie_ma.zip", "zdjecie.zip")] == [2, 2]
    assert lines == [
        f"Nie można sprawdzić: nie da się otworzyć {tmp_path}/nie_ma.zip: takiego pliku ani folderu nie ma; sprawdź nazwę i to, "
        "czy polecenie działa w folderze z pakietem",
        f"Nie można sprawdzić: {tmp_path}/zdjecie.zip nie jest całym plikiem ZIP; pobierz pakiet jeszcze raz ze strony wyniku",
    ]


def test_numbers_stand_with_their_polish_form():
    said = [ratusz_verify.counted(number, "głos", "głosy", "głosów") for number in (0, 1, 2, 5, 12, 22, 112, 123)]
    assert said == ["0 głosów", "1 głos", "2 głosy", "5 głosów", "12 głosów", "22 głosy", "112 głosów", "123 głosy"]
