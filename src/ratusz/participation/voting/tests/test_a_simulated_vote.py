"""A whole vote of made-up residents, small: it agrees to the point, the verifier confirms it, and any changed byte is found."""

from __future__ import annotations

import contextlib
import io
import json
from datetime import date
from random import Random

import pytest
from django.test import Client
from django.urls import reverse
from verifier import ratusz_verify

import ratusz
from ratusz.participation.budget.actions import record_change
from ratusz.participation.budget.models import PoolResult
from ratusz.participation.voting import actions, entries, heads, observers, shown
from ratusz.participation.voting.actions.files import make_files_of_vote
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.simulation import course, summary
from ratusz.participation.voting.simulation.edition import Size

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
VOTERS = 90


@contextlib.contextmanager
def quiet(name):
    class Step:
        note = staticmethod(lambda text: None)

    yield Step


def failed(files, raw=None, kept=()):
    """Numbers of the checks that fail."""
    lines = []
    checks = ratusz_verify.VoteChecks(dict(files), raw, kept)
    ratusz_verify.run_checks(checks, lines.append, ratusz_verify.VOTE_STEPS, ratusz_verify.VOTE_NEEDED)
    return [int(line.split(".")[0]) for line in lines if "ŹLE" in line]


def test_a_vote_from_its_rules_to_the_bundle(tmp_path, monkeypatch, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(course, "LEAST_SECONDS", 1)
    run = course.Simulation(VOTERS, 7, quiet, Size(districts=3, local_projects=3, city_projects=4), processes=1)
    assert run.run(tmp_path), (run.said, run.differences)
    assert summary_says(run)
    files = observers.signed(observers.files_of(run.vote), observers._about(run.vote))
    assert failed(files, observers.zip_of(files)) == []
    every_changed_byte_is_found(files)
    a_forger_with_another_key_is_found(files)
    sums_kept_elsewhere_are_compared(files, run.vote)
    the_page_shows_it(run.vote)
    monkeypatch.setattr(ratusz, "__version__", "9.9 after the vote")
    a_withdrawal_makes_another_result(run.vote)
    a_file_waits_for_the_head_of_the_log(run.vote)


def summary_says(run):
    said = "\n".join(summary.lines(run))
    return f"Spis głosujących {VOTERS} = koperty {VOTERS}" in said and "co do punktu" in said and "znaleziony" in said


def every_changed_byte_is_found(files):
    """A bit anywhere in any file, and in the archive itself; then with hashes in the list mended, which breaks the signature."""
    source = Random(11)
    for name, content in files.items():
        place = source.randrange(len(content))
        changed = content[:place] + bytes([content[place] ^ 1 << source.randrange(8)]) + content[place + 1 :]
        assert failed({**files, name: changed}), name
        assert failed({other: files[other] for other in files if other != name}), name
    raw = observers.zip_of(files)
    for _try in range(40):
        place = source.randrange(len(raw))
        changed = raw[:place] + bytes([raw[place] ^ 1 << source.randrange(8)]) + raw[place + 1 :]
        try:
            with ratusz_verify.zipfile.ZipFile(io.BytesIO(changed)) as archive:
                found = ratusz_verify._read_archive(archive)
        except Exception:
            continue  # unreadable is found as well
        assert failed(found, changed), place


FORGERIES = [
    ("statystyka.json", lambda plain: plain["parts"].update(both=plain["parts"]["both"] + 1)),
    ("statystyka.json", lambda plain: plain["sums"].update(totals={}, channel=[], district=[])),
    ("statystyka.json", lambda plain: plain["sums"]["channel"][0].__setitem__(1, 7)),
    ("statystyka.json", lambda plain: plain["age"].update(rows=[])),
    ("wynik.json", lambda plain: plain["M"].update(ballots=plain["M"]["ballots"] + 1)),
    ("zasady/karta.json", lambda plain: plain["M"].update(budget=plain["M"]["budget"] + 1)),
    ("zasady/zasady.json", lambda plain: plain["pools"][0].update(grosze=1)),
    ("zasady/lista.json", lambda plain: plain["pools"][0]["projects"].pop()),
]
OF_A_POOL = [
    lambda plain: plain["decisions"].update(seed="takie, które daje wygraną"),
    lambda plain: plain["decisions"]["exclusions"].append({"numbers": ["a", "b"], "mode": "decision", "survivor": "a"}),
]


def a_forger_with_another_key_is_found(files):
    """Whoever holds the signing key can sign another list, but not make its content agree with the log."""
    bare = {name: content for name, content in files.items() if name not in (observers.LIST, observers.SIGNATURE)}
    about = json.loads(files[observers.LIST])["about"]
    pool = next(name for name in bare if name.endswith("/manifest.json"))
    for name, change in [*FORGERIES, *((pool, change) for change in OF_A_POOL)]:
        plain = json.loads(bare[name])
        change(plain)
        forged = observers.signed({**bare, name: ratusz_verify.canonical(plain)}, about)
        assert failed(forged, observers.zip_of(forged)), name
    numbers = bare["numery.csv"].decode().splitlines(keepends=True)
    for rows in (numbers[:-1], [*numbers, numbers[-1]], [numbers[0], *reversed(numbers[1:])]):
        assert 10 in failed(observers.signed({**bare, "numery.csv": "".join(rows).encode()}, about))
    written = bare["dziennik/wpisy.txt"].decode().splitlines(keepends=True)
    for lines in (written[1:], written[:-1], [written[1], written[0], *written[2:]]):
        assert failed(observers.signed({**bare, "dziennik/wpisy.txt": "".join(lines).encode()}, about))


def sums_kept_elsewhere_are_compared(files, vote):
    kept = [(f"{head.size}.json", heads.as_data(head)) for head in vote.heads.all()]
    assert failed(files, kept=kept) == []
    assert failed(files, kept=[("obca.json", kept[0][1] | {"root": "00" * 32})]) == [7]


def the_page_shows_it(vote):
    page = Client().get(reverse("voting:results", args=[vote.edition.slug]))
    text = page.content.decode()
    assert page.status_code == 200 and "ratusz_verify.py" in text and observers.digest_of_list(vote) in text
    assert all(table.title in text for table in shown.statistics(vote)) and "Frekwencja w dzielnicach" in text and "66,7%" in text
    for name in observers.NAMES:
        answer = Client().get(reverse("voting:file", args=[vote.edition.slug, name]))
        assert answer.status_code == 200 and b"".join(answer.streaming_content)
    assert Client().get(reverse("voting:file", args=[vote.edition.slug, "inny.txt"])).status_code == 404
    assert reverse("voting:results", args=[vote.edition.slug]) in Client().get(vote.edition.get_absolute_url()).content.decode()


def a_withdrawal_makes_another_result(vote):
    """Recount after a withdrawal and an upgrade of the program: another bundle, both in the log; the first result stays."""
    with pytest.raises(VoteRefused, match="nic nie zapisano"):
        actions.count_vote(vote=vote)
    first = PoolResult.objects.filter(pool__edition=vote.edition, projects__voters__gt=0).first()
    project = first.projects.order_by("position").first().project
    record_change(pool=first.pool, kind="withdrawn", ground="Wniosek autorki.", day=date(2026, 12, 1), project=project)
    assert actions.count_vote(vote=vote).is_equal
    vote = actions.publish_vote(vote=vote)
    vote = Vote.objects.select_related("edition").get(pk=vote.pk)
    assert list(first.pool.results.order_by("version").values_list("version", flat=True)) == [1, 2]
    files = observers.signed(observers.files_of(vote), observers._about(vote))
    assert failed(files, observers.zip_of(files)) == []
    assert b'"change":"withdrawn"' in files["dziennik/wpisy.txt"]
    about = json.loads(files[observers.LIST])["about"]
    assert (about["version"], about["version_of_vote"]) == ("9.9 after the vote", vote.fingerprints["version"])


def a_file_waits_for_the_head_of_the_log(vote):
    """Between the commit of the publication and the head nothing is made that could never be confirmed."""
    address = reverse("voting:file", args=[vote.edition.slug, "numery.csv"])
    (observers.folder_of(vote) / "numery.csv").unlink(missing_ok=True)
    actions.log(vote=vote, entry=entries.deed("change"))
    answer = Client().get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "60") and "za minutę" in answer.content.decode()
    make_files_of_vote.func(vote.pk)
    assert b"".join(Client().get(address).streaming_content).startswith("\ufeffnumer".encode())
