"""What a person reads at the end of a simulated vote, in Polish as all of the command line is."""

from __future__ import annotations

from collections.abc import Iterator

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import count_of, grouped
from ratusz.participation.voting import results, statistics
from ratusz.participation.voting.models import SignedHead
from ratusz.participation.voting.simulation.course import Simulation


def lines(run: Simulation) -> Iterator[str]:
    """The summary, line by line."""
    yield from _sums(run)
    yield ""
    yield from _result(run)
    yield ""
    yield "Program sprawdzający powiedział:"
    yield from (f"  {line}" for line in run.said)
    changed = "znaleziony" if run.is_tampering_found else "NIE znaleziony"
    yield f"Zmieniony bajt nr {grouped(run.changed_at)}: {changed}. {' '.join(run.said_of_tampered)[:200]}"
    if run.differences:
        yield f"Wynik NIE zgadza się z tym, co oddano: {'; '.join(run.differences[:5])}"
    else:
        yield "Wynik zgadza się z tym, co oddali zmyśleni mieszkańcy, co do punktu."
    yield ""
    yield "Czasy:"
    yield from (f"  {seconds:7.1f} s  {name}" for name, seconds in run.seconds.items())


def _sums(run: Simulation) -> Iterator[str]:
    tables = dict(run.vote.tables.values_list("name", "content"))
    totals, parts = tables["sums"]["totals"], tables["parts"]
    yield f"Spis głosujących {grouped(totals['roll'])} = koperty {grouped(totals['envelopes'])} = " + (
        f"policzone {grouped(totals['to_count'])} + unieważnione {grouped(totals['annulled'])}; nieotwartych 0."
    )
    found = statistics.turnout(tables)
    declared = run.vote.declarations.count()
    if found:
        yield (
            f"W rejestrze {grouped(found[0])}, w tym z oświadczeń {grouped(declared)}; kart papierowych {grouped(run.cards)}. "
            + (f"Frekwencja {100 * found[1] / found[0]:.1f}%.".replace(".", ",", 1))
        )
    both, local, city = (grouped(parts[name]) for name in ("both", "local", "city"))
    yield f"Obie części karty {both}, tylko dzielnica {local}, tylko miasto {city}."
    again = count_of(run.truth.refused_again, "osoba", "osoby", "osób")
    yield f"Drugi głos odrzucono: {again}. Ten sam formularz przyszedł drugi raz: {grouped(run.truth.repeated)}."
    yield f"Głosy, które wyglądały dziwnie i zostały rozpatrzone: {grouped(run.odd)} w {run.vote.cases.count()} sprawach."
    heads = SignedHead.objects.filter(vote=run.vote).order_by("size")
    last = heads.last()
    assert last is not None, "a closed vote has a head"
    yield f"Dziennik: {count_of(last.size, 'wiersz', 'wiersze', 'wierszy')}, podpisanych sum {heads.count()}."


def _result(run: Simulation) -> Iterator[str]:
    pools = results.preview_of(run.vote)
    funded, spent = sum(len(each.funded) for each in pools), sum(each.result.spent_grosze for each in pools)
    budget = sum(each.result.budget_grosze for each in pools)
    yield (
        f"Wynik: {count_of(len(pools), 'pula', 'pule', 'pul')}, {count_of(funded, 'projekt', 'projekty', 'projektów')} "
        f"z pieniędzmi, {zlotys(spent)} z {zlotys(budget)}."
    )
    counted = run.vote.second_counts.first()
    assert counted is not None, "a published vote was counted twice"
    yield f"Dwa liczenia zgodne: {'tak' if counted.is_equal else 'NIE'}. SHA-256 wyniku: {counted.digest}"
