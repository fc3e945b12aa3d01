"""Random contests for the tests of the verifier: small numbers, so that ties, thresholds and full pools are common."""

from fractions import Fraction
from random import Random

from ratusz.participation.budget.engine import (
    BallotRule,
    Ballots,
    CostLimits,
    Decisions,
    EqualShares,
    Exclusion,
    Rounding,
    Rules,
    Threshold,
    TieDecision,
    WinnersCap,
    tally,
)
from ratusz.participation.budget.pabulib import PabulibContest, zlote

VOTE_TYPES = {
    "choose1": "choose-1",
    "approval": "approval",
    "knapsack": "approval",
    "cumulative": "cumulative",
    "ranked": "ordinal",
}


def random_contest(seed):
    """(contest, rules, decisions, areas) for a seed."""
    random = Random(seed)
    kind = random.choice(list(VOTE_TYPES))
    numbers = [f"L{random.randint(1, 22)}/{index:02}/X" for index in range(1, random.randint(3, 10))]
    costs = [random.randint(1, 12) * 100 * random.choice([1, 5, 10]) + random.choice([0, 0, 0, 50]) for _ in numbers]
    budget = int(sum(costs) * random.choice([0.2, 0.4, 0.5, 0.8, 1.1])) + 1
    votes = [_vote(random, kind, numbers) for _ in range(random.randint(0, 40))]
    ballots = Ballots.of(numbers, [v[0] for v in votes], [v[1] for v in votes] if kind == "cumulative" else None)
    contest = _contest(random, kind, numbers, costs, budget, ballots)
    rules = _rules(random, kind)
    return contest, rules, _decisions(random, numbers, rules), {number: random.choice("xyz") for number in numbers}


def _vote(random, kind, numbers):
    most = {"choose1": 1, "ranked": 3}.get(kind, 5)
    chosen = random.sample(numbers, random.randint(0 if random.random() < 0.1 else 1, min(most, len(numbers))))
    return chosen, [random.randint(1, 3) for _ in chosen]


def _contest(random, kind, numbers, costs, budget, ballots):
    scored = ballots.scored((3, 2, 1)) if kind == "ranked" else ballots
    points, voters = tally(scored, len(numbers))
    meta = {
        "description": "Losowa edycja",
        "country": "Poland",
        "unit": "Miasto",
        "instance": "2026",
        "num_projects": str(len(numbers)),
        "num_votes": str(len(ballots)),
        "budget": zlote(budget),
        "vote_type": VOTE_TYPES[kind],
        "rule": "unknown",
        "date_begin": "2026",
        "date_end": "2026",
        **({"max_length": "3"} if kind == "ranked" else {}),
    }
    rows = [
        {
            "project_id": number,
            "cost": zlote(cost),
            "votes": str(voters[index]),
            "score": str(points[index]),
            "name": f"Projekt; „{index}”",
            "category": random.choice(["small", "large"]),
        }
        for index, (number, cost) in enumerate(zip(numbers, costs, strict=True))
    ]
    return PabulibContest(meta, tuple(rows), tuple(f"v{index}" for index in range(len(ballots))), ballots)


def _rules(random, kind):
    selection = random.choice(["skip", "skip", "stop", "stop_topup", "mes", "mes"])
    threshold = random.choice(
        [
            Threshold(),
            Threshold("votes", Fraction(random.randint(1, 10))),
            Threshold("points", Fraction(random.randint(1, 15))),
            Threshold("percent", Fraction(random.randint(1, 30))),
            Threshold("cost_share", Fraction(random.randint(1, 12), random.choice([1, 3]))),
        ]
    )
    links = ["cheaper", "dearer", "more_voters", "earlier_number", "lot", "manual"]
    return Rules(
        ballot=BallotRule(
            kind,
            min=random.choice([0, 1, 2]),
            max=random.choice([None, 3]) if kind != "ranked" else 3,
            points=random.choice([None, 6]),
            points_per_project=random.choice([None, 3]),
            scores=(3, 2, 1) if kind == "ranked" else (),
        ),
        threshold=threshold,
        rank_key=random.choice(["points", "voters"]),
        selection=selection,
        topup=Fraction(random.choice([30, 60, 80])),
        reserve_next=True,
        tie_chain=tuple(random.sample(links, random.randint(1, 4))),
        winners_caps=random.choice([(), (), (WinnersCap("area", random.randint(1, 2)),), (WinnersCap("area", 1, "large"),)]),
        guarantee=random.choice([None, None, 3000]) if selection != "mes" else None,
        cost=random.choice([CostLimits(), CostLimits(floor=300, cap_percent=Fraction(60))]),
        rounding=Rounding(random.choice([1, 100]), random.choice(["half_up", "down", "up"])),
        mes=EqualShares(
            random.choice(["none", "add1_exhaustive", "add1_until_exceed"]),
            random.choice([23, 100]),
            random.random() < 0.3,
            random.random() < 0.5,
        ),
    )


def _decisions(random, numbers, rules):
    exclusions = []
    if random.random() < 0.4 and len(numbers) > 3:
        group = random.sample(numbers, 3)
        exclusions.append(Exclusion(frozenset(group), random.choice(["higher_stays", "decision"]), group[0], "decyzja 1"))
    return Decisions(
        seed=str(random.randint(0, 9)),
        exclusions=tuple(exclusions),
        ties=(TieDecision(tuple(random.sample(numbers, len(numbers))), "protokół"),) if random.random() < 0.4 else (),
        withdrawn=frozenset(random.sample(numbers, 1)) if random.random() < 0.3 else frozenset(),
        reserve_funds=random.choice([None, 0, 1000]),
    )
