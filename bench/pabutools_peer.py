"""Counts one instance with pabutools in its own environment; run by bench_counting.py, never imported (pabutools is GPL).

Input: a JSON file with costs, budget (whole złoty), ballots (lists of positions), points (lists, or null), method.
Output: one line of JSON: winners, seconds of the rule alone, seconds of making the profile, version.
"""

import json
import sys
import time
from importlib.metadata import version

from pabutools.election import (
    AdditiveSatisfaction,
    ApprovalBallot,
    ApprovalProfile,
    Cost_Sat,
    CumulativeBallot,
    CumulativeProfile,
    Instance,
    Project,
)
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

sys.setrecursionlimit(10_000)


class PointsTimesCost(AdditiveSatisfaction):
    """Points a ballot gives a project times its cost: per złoty spent, the sum of points, as Polish cities rank."""

    def __init__(self, instance, profile, ballot):
        super().__init__(instance, profile, ballot, lambda i, p, b, project, values: b.get(project, 0) * project.cost)


def profile_of(task, projects):
    instance = Instance(projects, budget_limit=task["budget"])
    if task["points"] is None:
        ballots = [ApprovalBallot(projects[choice] for choice in vote) for vote in task["ballots"]]
        return instance, ApprovalProfile(ballots, instance=instance), Cost_Sat
    pairs = zip(task["ballots"], task["points"], strict=True)
    ballots = [CumulativeBallot({projects[c]: p for c, p in zip(vote, points, strict=True)}) for vote, points in pairs]
    return instance, CumulativeProfile(ballots, instance=instance), PointsTimesCost


def main(path):
    with open(path) as file:
        task = json.load(file)
    started = time.process_time()
    # Padded names: the order of names, which breaks ties, is then the order of positions.
    projects = [Project(f"{index:06}", cost) for index, cost in enumerate(task["costs"])]
    instance, profile, satisfaction = profile_of(task, projects)
    made = time.process_time()
    if task["method"] == "greedy":
        chosen = greedy_utilitarian_welfare(instance, profile, sat_class=satisfaction)
    else:
        chosen = method_of_equal_shares(instance, profile, sat_class=satisfaction, voter_budget_increment=1)
    ended = time.process_time()
    winners = sorted(int(project.name) for project in chosen)
    print(json.dumps({"winners": winners, "seconds": ended - made, "making": made - started, "version": version("pabutools")}))


if __name__ == "__main__":
    main(sys.argv[1])
