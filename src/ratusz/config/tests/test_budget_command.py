"""`ratusz budget import` and `export`: what they say and return, in Polish."""

from contextlib import nullcontext

import pytest
from django.db import ProgrammingError

from ratusz.config import budget_command
from ratusz.config.progress import Stopped
from ratusz.participation.budget.tests.test_importing_and_exporting import SMALL

pytestmark = pytest.mark.django_db


def run(*arguments, capsys):
    """(exit code, what was printed, what was said as a refusal) of `ratusz budget …`, with the tests' own database."""
    try:
        code = budget_command.main(list(arguments))
    except SystemExit as left:
        code = left.code
    return (code, *capsys.readouterr())


@pytest.fixture
def own_database(monkeypatch):
    monkeypatch.setattr("ratusz.config.private_database.database", nullcontext)


def test_the_command_says_in_polish_what_it_did_and_refused(own_database, tmp_path, capsys):
    good, bad, empty = tmp_path / "a.pb", tmp_path / "b.json", tmp_path / "pusty"
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text("{", encoding="utf-8")
    empty.mkdir()
    assert run("import", str(good), capsys=capsys) == (
        0, "a.pb: edycja X (2023), pula L10 Dąb: wczytano\nWczytano 1\u00a0plik.\n", "",
    )  # fmt: skip
    for paths, code, said in (
        ([bad], 1, "Plik odrzucony: b.json. To nie jest JSON budżetu obywatelskiego: powinny w nim być listy wierszy"),
        ([good], 1, "Plik odrzucony: a.pb. Pula L10 edycji X (2023) już jest w systemie. Niczego nie wczytano."),
        (
            [tmp_path / "x.pb"],
            1,
            "Plik odrzucony: x.pb. Takiego pliku ani folderu nie ma; sprawdź, czy ścieżka jest dobrze wpisana.",
        ),
        ([empty], 1, "W tym miejscu nie ma plików .pb, .pb.gz, .json ani .zip. Wskaż plik albo folder, w którym są."),
        ([], 2, "Brakuje w poleceniu: ŚCIEŻKA."),
    ):
        found = run("import", *map(str, paths), capsys=capsys)
        assert (found[0], found[1]) == (code, "") and found[2].startswith(said), found
    assert run("export", "2023", str(tmp_path / "out"), "--pool", "L10", capsys=capsys)[1] == (
        f"L10 Dąb: Poland_Katowice_2023_Dab.pb\nZapisano 1\u00a0plik w folderze {tmp_path / 'out'}.\n"
    )
    for arguments, code, said in (
        (["1999", "x"], 1, "Nie ma edycji „1999”. Są: 2023."),
        (["2023", "x", "--pool", "L99"], 1, "W edycji 2023 nie ma puli „L99”. Są: L10."),
        (["2023", str(good)], 1, f"Do folderu {good} nie da się zapisać: "),
        (["2023", "x", "--format", "doc"], 2, "--format nie może być „doc”. Może być: pb, json, csv."),
    ):
        found = run("export", *arguments, capsys=capsys)
        assert found[0] == code and found[2].startswith(said), found


def test_two_pools_never_share_a_file(own_database, tmp_path, capsys):
    for name, number in (("Dąb", "L10/"), ("Dab", "L11/")):
        (tmp_path / f"{number[:3]}.pb").write_text(SMALL.replace("Dąb", name).replace("L10/", number), encoding="utf-8")
    assert run("import", str(tmp_path), capsys=capsys)[0] == 0
    assert run("export", "2023", str(tmp_path / "out"), capsys=capsys)[0] == 0
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "Poland_Katowice_2023_Dab.pb", "Poland_Katowice_2023_Dab_L11.pb",
    ]  # fmt: skip


def test_an_empty_database_and_a_word_it_does_not_know(own_database, monkeypatch, capsys):
    def no_table(*arguments, **options):
        raise ProgrammingError("relation does not exist")

    monkeypatch.setattr("django.core.management.call_command", no_table)
    with pytest.raises(Stopped, match="Baza jest jeszcze pusta"):
        budget_command.main(["export", "2023", "x"])
    with pytest.raises(Stopped, match="Użycie: ratusz budget recount"):
        budget_command.main(["policz"])
