"""The parts by which the verifier checks a whole vote agree with those of the program, and hostile bundles are refused in words."""

import io
import json
import random
import re
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from verifier import ratusz_verify

from ratusz.participation.budget.engine import to_plain
from ratusz.participation.budget.engine.presets import presets
from ratusz.participation.voting import merkle, receipt_codes


def test_signatures_of_another_implementation_are_known_and_changed_ones_are_not():
    source = random.Random(5)
    for length in (0, 1, 40):
        key, message = SigningKey(source.randbytes(32)), source.randbytes(length)
        signature, public = key.sign(message).signature, bytes(key.verify_key)
        assert ratusz_verify.is_signed(public, message, signature)
        place = source.randrange(64)
        changed = signature[:place] + bytes([signature[place] ^ 1 << source.randrange(8)]) + signature[place + 1 :]
        assert not ratusz_verify.is_signed(public, message, changed)
        assert not ratusz_verify.is_signed(public, message + b"x", signature)
    for odd_key, odd in ((b"", b""), (b"\xff" * 32, bytes(64)), (public, signature[:32] + b"\xff" * 32)):
        assert not ratusz_verify.is_signed(odd_key, b"", odd)


def test_the_tree_that_grows_has_the_root_of_the_whole():
    leaves = [sha256(bytes([number])).digest() for number in range(40)]
    tree = ratusz_verify.Tree()
    assert tree.root() == merkle.EMPTY
    for size, leaf in enumerate(leaves, 1):
        tree.add(leaf)
        assert tree.root() == merkle.root(leaves[:size])


def test_numbers_on_receipts_come_out_the_same():
    for number in range(50):
        assert ratusz_verify.number_of(sha256(b"%d" % number).digest()) == receipt_codes.code_of(b"%d" % number)


def test_rules_are_filled_up_with_the_defaults_of_the_program():
    for each in presets().values():
        for level in each.rules.levels:
            assert ratusz_verify.whole_rules(to_plain(level.rules)) == to_plain(level.rules, whole=True)


def test_a_vote_bundle_that_is_none_is_told_in_polish(tmp_path):
    (tmp_path / "suma.json").write_text("{}")
    (tmp_path / "spis.json").write_text('{"format": "inna"}')
    lines = []
    assert ratusz_verify.verify(str(tmp_path), lines.append) == 1
    assert lines[0] == " 1. Paczka ma spis plików w znanej postaci: ŹLE - nieznana postać paczki: 'inna'"
    assert ratusz_verify.verify(str(tmp_path), lines.append, [str(tmp_path / "suma.json")]) == 2
    assert lines[-1].endswith("suma.json nie jest zapisaną sumą dziennika")
    assert ratusz_verify.main(["--suma"]) == 2 and ratusz_verify.main([]) == 2


def test_a_file_hidden_in_the_archive_is_refused(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("spis.json", json.dumps({"format": "ratusz-glosowanie/1", "public_key": "00" * 32, "files": {}}))
        archive.writestr("ukryty.exe", b"MZ")
    path = Path(tmp_path / "paczka.zip")
    path.write_bytes(target.getvalue())
    lines = []
    assert ratusz_verify.verify(str(path), lines.append) == 1
    assert "tylko w paczce: ['ukryty.exe']" in lines[2] and "ŹLE" in lines[3]


def deed(name, **facts):
    return {"kind": "deed", "deed": name, **facts}


def key(value):
    return {"kind": "setting", "name": "public_key", "value": value}


ENVELOPE, ANNULMENT = {"kind": "envelope", "sha256": "00"}, {"kind": "annulment", "sha256": "00", "reason": "not_me"}
REGISTER, CARDS = deed("register", added=3, changed=0, people=3), deed("cards", point="P1", first=1, last=5)
GOOD = [
    key("a"), deed("drill"), REGISTER, key("b"), deed("drill"), deed("open"), CARDS, ENVELOPE, deed("declaration", people=4),
    deed("close"), deed("extend", minutes=15, reason="awaria"), deed("cards", point="P2", first=6, last=6), ENVELOPE, ANNULMENT,
    deed("quarantine", case=1), deed("release", case=1), deed("close"), ANNULMENT, deed("verified"), deed("stripped"),
    deed("opened"), deed("opened again"), deed("change"), deed("published"), deed("change"), deed("published"),
]  # fmt: skip
OPEN, LAST_CLOSE, VERIFIED = GOOD.index(deed("open")), 16, GOOD.index(deed("verified"))


def with_at(place, *entries):
    return [*GOOD[:place], *entries, *GOOD[place:]]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (GOOD, None),
        (with_at(OPEN, ENVELOPE), "koperta jest w dzienniku przed otwarciem"),
        (with_at(LAST_CLOSE + 1, *[ENVELOPE] * 6), None),
        (with_at(LAST_CLOSE + 1, *[ENVELOPE] * 7), "po zamknięciu przybyło kopert 7, a kart papierowych wydano 6"),
        (with_at(VERIFIED + 1, ENVELOPE), "albo po weryfikacji"),
        (with_at(VERIFIED + 1, {"kind": "superseded", "sha256": "00"}), "albo po weryfikacji"),
        (with_at(VERIFIED + 1, ANNULMENT), "głos rozpatrzono przed otwarciem albo po weryfikacji"),
        (with_at(VERIFIED + 1, deed("extend", minutes=1)), "przedłużenie stoi"),
        (with_at(VERIFIED + 1, deed("close")), "zamknięcie stoi"),
        (with_at(LAST_CLOSE + 1, deed("declaration", people=5)), "zmieniono po zamknięciu"),
        (with_at(OPEN, key("c")), "nie wypróbowano"),
        (with_at(OPEN, deed("drill")), None),
        (with_at(OPEN, deed("open")), "„open” jest 2 razy"),
        (with_at(OPEN, REGISTER), "osób 4, a dziennik mówi o dopisaniu 7"),
        (with_at(OPEN, deed("cards", point="P3", first=8, last=9)), "po numerze 6 stoi 8"),
        (with_at(OPEN, deed("cards", point="P3", first=6, last=9)), "stoi 6"),
        (with_at(OPEN, deed("dosypanie")), "nieznana czynność: dosypanie"),
        (with_at(OPEN, deed("change")), "wynik jest sprzed otwarcia"),
        ([each for each in GOOD if each != deed("drill")], "nie są wszystkie"),
    ],
)
def test_the_course_of_a_vote_is_checked_deed_by_deed(entries, words):
    checks = ratusz_verify.VoteChecks({})
    checks.entries = entries
    if words is None:
        assert checks.course().endswith(", osób w rejestrze 4, wydanych kart papierowych 6")
        return
    with pytest.raises(ratusz_verify.Wrong) as said:
        checks.course()
    assert re.search(words, str(said.value))
