"""The parts by which the verifier checks a whole vote agree with those of the program, and hostile bundles are refused in words."""

import io
import json
import random
import zipfile
from hashlib import sha256
from pathlib import Path

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
