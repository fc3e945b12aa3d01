"""What the recount says to a person, in Polish. It runs without Django and gettext, so its sentences stand here."""

from __future__ import annotations

from ratusz.foundation.kit.words import count_of
from ratusz.participation.budget.engine import Outcome, ProjectResult, Reason, Tie
from ratusz.participation.budget.pabulib import pool_label
from ratusz.participation.budget.recount.compare import Recount

LINKS = {
    "cheaper": "tańszy wyżej",
    "dearer": "droższy wyżej",
    "more_voters": "więcej głosujących wyżej",
    "earlier_number": "niższy numer wyżej",
    "lot": "losowanie",
    "manual": "decyzja komisji",
    "decision": "zapisana decyzja",
}


def amount(grosze: int) -> str:
    """`1 248 068 zł`, or `1 248 068,50 zł`, with spaces that do not break."""
    whole, part = divmod(abs(grosze), 100)
    text = f"{whole:,}".replace(",", "\u00a0") + (f",{part:02}" if part else "")
    return f"{'-' if grosze < 0 else ''}{text}\u00a0zł"


def line(recount: Recount) -> str:
    """The line of one contest."""
    outcome = recount.outcome
    verdict = "zgodny" if recount.identical else "bez wyniku w pliku" if not recount.comparable else "RÓŻNI SIĘ"
    facts = [
        count_of(len(outcome.projects), "projekt", "projekty", "projektów"),
        count_of(outcome.ballots, "głos", "głosy", "głosów"),
        f"sfinansowano {len(outcome.winners)}",
        f"przyznano {amount(outcome.spent)} z {amount(outcome.budget)}",
    ]
    return f"{verdict:<10} {place(recount)}: {', '.join(facts)} [{recount.rules_name}]"


def place(recount: Recount) -> str:
    """`Katowice 2022, Koszutka`; the city-wide pool by its city alone."""
    meta, pool = recount.contest.meta, recount.contest.pool_name
    return f"{meta['unit']} {meta['instance']}" + ("" if pool == meta["unit"] else f", {pool_label(pool)}")


def remarks(recount: Recount) -> list[str]:
    """What belongs to the line: differences and why, decisions used, decisive ties, odd ballots."""
    said = []
    if recount.funded_here:
        said.append(f"z głosów wynika, a plik nie finansuje: {', '.join(recount.funded_here)}")
    if recount.funded_there:
        said.append(f"plik finansuje, a z głosów nie wynika: {', '.join(recount.funded_there)}")
    for number in (*recount.funded_here, *recount.funded_there):
        if number in recount.recorded.deviations:
            said.append(f"znane odstępstwo: {recount.recorded.deviations[number]}")
    said += [f"decyzja człowieka: {reference}" for reference in recount.recorded.references]
    said += [tie(part) for part in recount.outcome.ties if part.decisive]
    said += [_aside(recount, number) for number in recount.aside]
    if recount.odd_ballots:
        said.append(
            count_of(recount.odd_ballots, "głos nie spełnia", "głosy nie spełniają", "głosów nie spełnia")
            + " zasad karty; policzono tak, jak zrobiło to miasto"
        )
    return said


def _aside(recount: Recount, number: str) -> str:
    """A project that the file marks apart and the count does not fund: why not, and the mark."""
    result, mark = recount.outcome[number], (recount.contest.selected or {})[number]
    note = "" if result.reason is Reason.BELOW_THRESHOLD else ": miasto rozstrzygnęło o nim osobno"
    return f"bez pieniędzy z tej puli: {explanation(result, recount.outcome)} (w kolumnie selected stoi {mark}{note})"


def tie(part: Tie) -> str:
    """A decisive tie and how it was settled."""
    how = ", ".join(LINKS[link] for link in part.settled_by)
    waits = "; wynik czeka na zapisaną decyzję" if part.waits else ""
    return f"remis, który rozstrzyga ({part.support}): {', '.join(part.numbers)}; o kolejności decyduje: {how}{waits}"


def explanation(result: ProjectResult, outcome: Outcome) -> str:
    """One project's end in a sentence with its numbers."""
    return f"{result.number}: {REASONS[result.reason](result, outcome)}"


def _below(result: ProjectResult, outcome: Outcome) -> str:
    support = f"{result.points} pkt" if result.points != result.voters else count_of(result.voters, "głos", "głosy", "głosów")
    return f"poniżej progu: {support}, potrzeba {result.threshold}"


def _no_money(result: ProjectResult, outcome: Outcome) -> str:
    if outcome.shares and not outcome.shares.walk_won:
        return f"zwolennicy mieli razem {amount(result.left_before or 0)}, koszt {amount(result.cost)}"
    return f"nie zmieścił się w pozostałej puli: zostało {amount(result.left_before or 0)}, koszt {amount(result.cost)}"


def _ineligible(result: ProjectResult, outcome: Outcome) -> str:
    side = "poniżej najniższego dopuszczonego" if result.cap == "floor" else "powyżej najwyższego dopuszczonego"
    return f"koszt {amount(result.cost)} jest {side}: {amount(result.limit or 0)}"


REASONS = {
    Reason.FUNDED: lambda result, outcome: f"sfinansowany, koszt {amount(result.cost)}",
    Reason.TOP_UP: lambda result, outcome: (
        f"sfinansowany z dopłatą: w puli zostało {amount(result.left_before)}, z rezerwy {amount(result.from_reserve)}"
    ),
    Reason.RESERVE: lambda result, outcome: f"sfinansowany spoza puli decyzją, koszt {amount(result.cost)}",
    Reason.BELOW_THRESHOLD: _below,
    Reason.NO_MONEY: _no_money,
    Reason.AFTER_STOP: lambda result, outcome: f"po końcu liczenia: zatrzymało się na projekcie {result.stopped_by}",
    Reason.EXCLUDED: lambda result, outcome: f"wyklucza go projekt {result.excluded_by}",
    Reason.CAPPED: lambda result, outcome: f"limit zwycięzców ({result.cap}): {result.limit}",
    Reason.WITHDRAWN: lambda result, outcome: "wycofany",
    Reason.INELIGIBLE: _ineligible,
}
