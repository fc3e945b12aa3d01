"""Pabulib's .pb files of participatory budgets: read strictly, write in one fixed form. No Django.

    contest = read_file("Poland_Katowice_2022_Koszutka.pb")      # also .pb.gz; PabulibError says the line and the reason in Polish
    contest.meta["unit"], contest.budget, contest.numbers, contest.ballots, contest.selected
    write_file(contest, path)                                      # reading back gives an equal contest

The format: arXiv:2012.06539, github.com/pabulib/checker. Money is in grosze. A sentence to a person is made in wording.py.
"""

from ratusz.participation.budget.pabulib.contest import PabulibContest, grosze, pool_label, zlote
from ratusz.participation.budget.pabulib.errors import PabulibError
from ratusz.participation.budget.pabulib.reader import read_bytes, read_file
from ratusz.participation.budget.pabulib.writer import file_name, to_sections, to_text, write_file

__all__ = [
    "PabulibContest",
    "PabulibError",
    "file_name",
    "grosze",
    "pool_label",
    "read_bytes",
    "read_file",
    "to_sections",
    "to_text",
    "write_file",
    "zlote",
]
