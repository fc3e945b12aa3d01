"""`ratusz budget recount`: what it prints, what it returns, how it says why."""

import subprocess
import sys

import pytest

from ratusz.participation.budget.recount import main
from ratusz.participation.budget.recount.wording import amount, counted

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
L12/04/IX;1000;1;1;Klomb;0
VOTES
voter_id;vote;points
{votes}
"""


def file_text(unit="Katowice", second=0, third=1):
    rows = [f"v{index};L12/01/IX;3" for index in range(51)]
    text = FILE.format(unit=unit, second=second, third=third, votes="\n".join(rows))
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
        "zgodny     Katowice 2022, Koszutka: 4 projekty, 102 głosy, sfinansowano 2, wydano 900 001 zł z 1 000 000 zł [katowice]",
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
    assert spoken(capsys)[1] == "           - w pliku oznaczone jako przypadek szczególny poza liczeniem: L12/02/IX"


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


@pytest.mark.parametrize("arguments", [["--rules", "nie_ma"], ["--rules", "nie_ma.toml"], ["--decisions", "nie_ma.toml"]])
def test_wrong_options_are_said_in_polish(folder, capsys, arguments):
    assert main([str(folder), *arguments]) == 2
    assert capsys.readouterr().err.startswith("Ni")


def test_decisions_about_another_contest_are_refused(folder, capsys):
    (folder / "decyzje.toml").write_text('withdrawn = ["L13/01/IX"]\n', encoding="utf-8")
    assert main([str(folder), "--decisions", str(folder / "decyzje.toml")]) == 2
    assert spoken(capsys)[0].endswith("decyzje wymieniają projekty, których w tej puli nie ma: L13/01/IX")


def test_an_unreadable_file_is_refused_and_counted_against(folder, capsys):
    (folder / "b.pb").write_text("to nie to", encoding="utf-8")
    assert main([str(folder)]) == 2
    assert spoken(capsys)[1:] == [
        f"ODRZUCONY  {folder / 'b.pb'}: wiersz 1: tu powinien być wiersz „META”, a jest „to nie to”",
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
    said = [counted(number, "głos", "głosy", "głosów").replace("\u00a0", " ") for number in (1, 2, 5, 12, 22, 112, 1001)]
    assert said == ["1 głos", "2 głosy", "5 głosów", "12 głosów", "22 głosy", "112 głosów", "1 001 głosów"]
