"""`ratusz budget recount`: what it prints, what it returns, how it says why."""

import gzip
import subprocess
import sys

import pytest

from ratusz.participation.budget.engine.presets import FOLDER
from ratusz.participation.budget.pabulib import pool_label
from ratusz.participation.budget.recount import main
from ratusz.participation.budget.recount.wording import amount

KATOWICE = (FOLDER / "katowice.toml").read_text(encoding="utf-8")
FILE = """META
key;value
description;Budżet
country;Poland
unit;{unit}
district;Koszutka
subunit;Koszutka
instance;2022
num_projects;4
num_votes;52
budget;1000000
vote_type;cumulative
rule;greedy-threshold
date_begin;2022
date_end;2022
PROJECTS
project_id;cost;votes;score;name;selected
L12/01/IX;500001;51;153;Skwer;1
L12/02/IX;500000;51;51;Boisko;{second}
L12/03/IX;400000;50;50;Ławki;{third}
L12/04/IX;1000;1;1;Klomb;{fourth}
VOTES
voter_id;vote;points
{votes}
"""


def file_text(unit="Katowice", second=0, third=1, fourth=0):
    rows = [f"v{index};L12/01/IX;3" for index in range(51)]
    text = FILE.format(unit=unit, second=second, third=third, fourth=fourth, votes="\n".join(rows))
    # 51 ballots of three points for the first; the others come from ballots of their own.
    extra = [f"w{index};L12/02/IX,L12/03/IX;1,1" for index in range(50)] + ["x;L12/02/IX,L12/04/IX;1,1"]
    return text.replace("num_votes;52", f"num_votes;{51 + len(extra)}").rstrip("\n") + "\n" + "\n".join(extra) + "\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.pb").write_text(file_text(), encoding="utf-8")
    return tmp_path


def spoken(capsys):
    return capsys.readouterr().out.replace("\u00a0", " ").splitlines()


def test_an_identical_contest(folder, capsys):
    assert main([str(folder), "--explain"]) == 0
    assert spoken(capsys) == [
        "zgodny     Katowice 2022, Koszutka: 4 projekty, 102 głosy, sfinansowano 2, przyznano 900 001 zł z 1 000 000 zł [katowice]",
        "             L12/01/IX: sfinansowany, koszt 500 001 zł",
        "             L12/02/IX: nie zmieścił się w pozostałej puli: zostało 499 999 zł, koszt 500 000 zł",
        "             L12/03/IX: sfinansowany, koszt 400 000 zł",
        "             L12/04/IX: poniżej progu: 1 głos, potrzeba 50",
        "identical 1 of 1 contests",
    ]


def test_a_different_result_is_named_and_fails(folder, capsys):
    (folder / "a.pb").write_text(file_text(second=1, third=0), encoding="utf-8")
    assert main([str(folder / "a.pb")]) == 1
    assert spoken(capsys)[1:] == [
        "           - z głosów wynika, a plik nie finansuje: L12/03/IX",
        "           - plik finansuje, a z głosów nie wynika: L12/02/IX",
        "identical 0 of 1 contests",
    ]


def test_a_special_mark_outside_the_count_is_no_difference(folder, capsys):
    (folder / "a.pb").write_text(file_text(second=2), encoding="utf-8")
    assert main([str(folder)]) == 0
    assert spoken(capsys)[1] == (
        "           - bez pieniędzy z tej puli: L12/02/IX: nie zmieścił się w pozostałej puli: zostało 499 999 zł, koszt 500 000 zł"
        " (w kolumnie selected stoi 2: miasto rozstrzygnęło o nim osobno)"
    )


def test_a_marked_project_below_the_threshold_is_said_to_be_below_it(folder, capsys):
    (folder / "a.pb").write_text(file_text(fourth=2), encoding="utf-8")
    assert main([str(folder)]) == 0
    assert spoken(capsys)[1] == (
        "           - bez pieniędzy z tej puli: L12/04/IX: poniżej progu: 1 głos, potrzeba 50 (w kolumnie selected stoi 2)"
    )


def test_names_of_pools_are_said_in_polish():
    names = ("Cisowa | large", "Babie Doły | small", "Koszutka", "A | B")
    assert [pool_label(name) for name in names] == ["Cisowa, duże projekty", "Babie Doły, małe projekty", "Koszutka", "A | B"]


def test_decisions_from_a_file(folder, capsys):
    (folder / "decyzje.toml").write_text(
        'withdrawn = ["L12/01/IX"]\n[[deviations]]\nnumber = "L12/01/IX"\nreference = "wycofany po ogłoszeniu"\n'
        '[[deviations]]\nnumber = "L12/02/IX"\nreference = "w jego miejsce"\n',
        encoding="utf-8",
    )
    assert main([str(folder), "--decisions", str(folder / "decyzje.toml")]) == 3
    assert "           - znane odstępstwo: w jego miejsce" in spoken(capsys)


def test_other_rules_by_name_and_by_the_file(folder, capsys):
    (folder / "a.pb").write_text(file_text(unit="Nigdzie"), encoding="utf-8")
    assert main([str(folder)]) == 1, "the file's own rule knows no threshold here"
    assert spoken(capsys)[0].endswith("[zasady z pliku]")
    assert main([str(folder), "--rules", "katowice"]) == 0


TOML = {
    "nie_toml": "selection = [",
    "bez_czesci": '[preset]\ncode = "x"\n',
    "zly_wybor": KATOWICE.replace('"skip"', '"skipp"'),
    "zly_parametr": KATOWICE.replace("rank_key", "ranking"),
    "zla_liczba": KATOWICE.replace("max = 3", 'max = "trzy"'),
    "zly_ulamek": KATOWICE.replace("value = 50", 'value = "dużo"'),
    "bez_kolejnosci": "[[ties]]\nreference = 'x'\n",
    "zly_uklad": "ties = 3\n",
}


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--rules", "nie_ma"], "Nie ma zestawu zasad „nie_ma”. Są: czestochowa, "),
        (["--rules", "nie_ma.toml"], "Pliku zasad nie_ma.toml nie da się otworzyć: takiego pliku ani folderu nie ma"),
        (["--rules", "nie_toml.toml"], "Plik zasad nie_toml.toml jest błędny: to nie jest poprawny TOML."),
        (["--rules", "a.pb.toml"], "Plik zasad a.pb.toml jest błędny: wiersz 1, znak 5: to nie jest poprawny TOML."),
        (["--rules", "cp1250.toml"], "Plik zasad cp1250.toml jest błędny: znaki nie są w kodowaniu UTF-8."),
        (
            ["--rules", "bez_czesci.toml"],
            "Plik zasad bez_czesci.toml jest błędny: brakuje „pack” albo ma wartość, która tu nie pasuje.",
        ),
        (
            ["--rules", "zly_wybor.toml"],
            "Plik zasad zly_wybor.toml jest błędny: selection: „skipp” nie może tu stać. Może być: skip, stop, stop_topup, mes.",
        ),
        (
            ["--rules", "zly_parametr.toml"],
            "Plik zasad zly_parametr.toml jest błędny: nie ma parametru „ranking”. W tej części mogą być: ",
        ),
        (["--rules", "zla_liczba.toml"], "Plik zasad zla_liczba.toml jest błędny: „trzy” nie jest liczbą, a powinno nią być."),
        (["--rules", "zly_ulamek.toml"], "Plik zasad zly_ulamek.toml jest błędny: „dużo” nie jest liczbą, a powinno nią być."),
        (["--decisions", "nie_ma.toml"], "Pliku decyzji nie_ma.toml nie da się otworzyć: takiego pliku ani folderu nie ma"),
        (["--decisions", "bez_kolejnosci.toml"], "Plik decyzji bez_kolejnosci.toml jest błędny: brakuje w nim „order”."),
        (["--decisions", "zly_uklad.toml"], "Plik decyzji zly_uklad.toml jest błędny: ma inny układ, niż powinien."),
        (["--decisions", "nie_toml.toml"], "Plik decyzji nie_toml.toml jest błędny: to nie jest poprawny TOML."),
    ],
)
def test_wrong_options_are_said_in_polish(folder, monkeypatch, capsys, arguments, said):
    monkeypatch.chdir(folder)
    for name, text in TOML.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    (folder / "a.pb.toml").write_text("META\n")
    (folder / "cp1250.toml").write_text("# ąę", encoding="cp1250")
    assert main([str(folder), *arguments]) == 2
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(
    "arguments, said",
    [
        ([], "Brakuje w poleceniu: ŚCIEŻKA."),
        (["x", "--foo"], "Nie znam tego w poleceniu: --foo."),
        (["x", "--rules"], "Po --rules brakuje wartości."),
        (["x", "--explain=1"], "Polecenie jest błędne."),
    ],
)
def test_a_command_typed_wrongly_is_answered_in_polish(capsys, arguments, said):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert (
        capsys.readouterr().err
        == f"{said}\nUżycie: ratusz budget recount ŚCIEŻKA… [--rules ZESTAW] [--decisions PLIK] [--explain]\n"
    )


def test_the_help_has_no_english_word(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert "Kod wyjścia: 0 wszystkie zgodne; 1 któryś się różni; 2 pliku nie da" in said
    assert not {"usage", "options", "show", "help", "message"} & set(said.replace("--help", "").replace(":", " ").split())


def no_rights(path, *arguments, **options):
    raise PermissionError(13, "Permission denied", str(path))


def test_paths_that_give_no_contest_say_what_to_do(tmp_path, capsys, monkeypatch):
    (tmp_path / "pusty").mkdir()
    (tmp_path / "notatki.txt").write_text("kup mleko")
    (tmp_path / "uszkodzony.pb.gz").write_bytes(gzip.compress(file_text().encode(), mtime=0)[:200])
    folder = str(tmp_path)
    for name, said, of in (
        ("nie_ma", "POMINIĘTY  {}: takiego pliku ani folderu nie ma; sprawdź, czy ścieżka jest dobrze wpisana.", 0),
        ("pusty", "POMINIĘTY  {}: w tym folderze nie ma plików .pb ani .pb.gz; wskaż folder, w którym są.", 0),
        (
            "notatki.txt",
            "ODRZUCONY  {}: wiersz 1: to nie jest plik Pabulib: zaczyna się od „kup mleko” zamiast od „META”; wskaż plik .pb albo .pb.gz.",
            1,
        ),
        ("uszkodzony.pb.gz", "ODRZUCONY  {}: wiersz 1: tego pliku .gz nie da się rozpakować: jest uszkodzony albo ucięty.", 1),
    ):
        assert main([f"{folder}/{name}"]) == 2
        assert spoken(capsys) == [said.format(f"{folder}/{name}"), f"identical 0 of {of} contests"]
    closed = "system nie pozwala tego czytać; poproś właściciela o prawo do odczytu"
    monkeypatch.setattr("os.scandir", no_rights)
    assert main([f"{folder}/pusty"]) == 2
    assert spoken(capsys) == [f"POMINIĘTY  {folder}/pusty: {closed}.", "identical 0 of 0 contests"]
    monkeypatch.setattr("builtins.open", no_rights)
    assert main([f"{folder}/notatki.txt"]) == 2
    assert spoken(capsys) == [f"ODRZUCONY  {folder}/notatki.txt: {closed}.", "identical 0 of 1 contests"]


def test_a_reserve_that_the_rules_do_not_know_is_refused(folder, capsys):
    (folder / "decyzje.toml").write_text('reserve = ["L12/02/IX"]\n', encoding="utf-8")
    assert main([str(folder), "--decisions", str(folder / "decyzje.toml")]) == 2
    assert "decyzja o rezerwie nie pasuje do zasad „katowice”" in spoken(capsys)[0]


def test_decisions_about_another_contest_are_refused(folder, capsys):
    (folder / "decyzje.toml").write_text('withdrawn = ["L13/01/IX"]\n', encoding="utf-8")
    assert main([str(folder), "--decisions", str(folder / "decyzje.toml")]) == 2
    assert spoken(capsys)[0].endswith("decyzje wymieniają projekty, których w tej puli nie ma: L13/01/IX.")


def test_an_unreadable_file_is_refused_and_counted_against(folder, capsys):
    (folder / "b.pb").write_text("to nie to", encoding="utf-8")
    assert main([str(folder)]) == 2
    assert spoken(capsys)[1:] == [
        f"ODRZUCONY  {folder / 'b.pb'}: wiersz 1: to nie jest plik Pabulib: zaczyna się od „to nie to” zamiast od „META”; wskaż plik .pb albo .pb.gz.",
        "identical 1 of 2 contests",
    ]


def test_it_starts_without_django(folder):
    code = (
        "import sys; from ratusz.participation.budget.recount import main; "
        f"code = main([{str(folder)!r}]); sys.exit(code or any(name.split('.')[0] == 'django' for name in sys.modules) * 9)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).returncode == 0


def test_amounts_and_plurals():
    assert [amount(part).replace("\u00a0", " ") for part in (0, 124806800, 50, -150)] == [
        "0 zł",
        "1 248 068 zł",
        "0,50 zł",
        "-1,50 zł",
    ]
