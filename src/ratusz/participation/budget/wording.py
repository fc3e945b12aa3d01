"""A result in plain words: why each project got the money or did not, how ties fell, where a pool's money comes from."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped, no_break
from ratusz.participation.budget.models import ProjectResult
from ratusz.participation.budget.queries import ListedEnd

Outcome = ProjectResult.Outcome
End = ProjectResult | ListedEnd


def reason(end: End) -> str:
    """One sentence with the numbers behind it: "nie zmieścił się w pozostałej puli: zostało 499 999 zł, koszt 700 000 zł"."""
    return REASONS[end.outcome](end, end.numbers)


def is_by_shares(end: End) -> bool:
    """Whether Equal Shares decided about the project; where the comparison chose the plain count, that one did."""
    return end.rules.get("selection") == "mes" and end.numbers.get("decided_by") != "walk"


def _money(end: End, numbers: dict[str, Any]) -> dict[str, str]:
    plain = {"left": zlotys(end.left_before_grosze or 0), "cost": zlotys(end.cost_grosze)}
    return plain | {"reserve": zlotys(numbers["from_reserve"])} if "from_reserve" in numbers else plain


def _funded(end: End, numbers: dict[str, Any]) -> str:
    if is_by_shares(end) and "payment" in numbers:
        text = _("the ballots that name it paid its cost of {cost} together, each at most {payment}")
        return text.format(payment=zlotys(round(Fraction(numbers["payment"]))), **_money(end, numbers))
    if end.left_before_grosze is None:
        return _("gets the money: cost {cost}").format(**_money(end, numbers))
    return _("fits in the pool: {left} was left, cost {cost}").format(**_money(end, numbers))


def _top_up(end: End, numbers: dict[str, Any]) -> str:
    return _("gets the money with a top-up: {left} was left, cost {cost}, {reserve} comes from the reserve").format(
        **_money(end, numbers)
    )


def _reserve(end: End, numbers: dict[str, Any]) -> str:
    return _with_reference(_("gets the money from outside the pool: {reserve}").format(**_money(end, numbers)), numbers)


def _below(end: End, numbers: dict[str, Any]) -> str:
    needed = int(numbers.get("threshold", 0))
    if end.rules.get("threshold", {}).get("kind") == "points":
        text = ngettext(
            "below the threshold of {needed} point: got {got}", "below the threshold of {needed} points: got {got}", needed
        )
        return text.format(needed=grouped(needed), got=grouped(end.points))
    text = ngettext("below the threshold of {needed} vote: got {got}", "below the threshold of {needed} votes: got {got}", needed)
    return text.format(needed=grouped(needed), got=grouped(end.voters))


def _no_money(end: End, numbers: dict[str, Any]) -> str:
    if is_by_shares(end):
        return _("the ballots that name it had {left} together, cost {cost}").format(**_money(end, numbers))
    return _("did not fit in what was left of the pool: {left} was left, cost {cost}").format(**_money(end, numbers))


def _after_stop(end: End, numbers: dict[str, Any]) -> str:
    return _("the count had already stopped at the project {number}: {left} was left, cost {cost}").format(
        number=numbers.get("stopped_by", ""), **_money(end, numbers)
    )


def _excluded(end: End, numbers: dict[str, Any]) -> str:
    text = _("only one of the two can be built: the project {number} has more support").format(
        number=numbers.get("excluded_by", "")
    )
    return _with_reference(text, numbers)


def _capped(end: End, numbers: dict[str, Any]) -> str:
    limit = int(numbers.get("limit", 0))
    text = ngettext("the limit of {limit} winner is reached: {cap}", "the limit of {limit} winners is reached: {cap}", limit)
    return text.format(limit=limit, cap=numbers.get("cap", ""))


def _withdrawn(end: End, numbers: dict[str, Any]) -> str:
    return _with_reference(_("withdrawn after the vote"), numbers)


def _ineligible(end: End, numbers: dict[str, Any]) -> str:
    limit = zlotys(int(numbers.get("limit", 0)))
    if numbers.get("cap") == "floor":
        return _("costs less than the rules allow: cost {cost}, at least {limit}").format(cost=zlotys(end.cost_grosze), limit=limit)
    return _("costs more than the rules allow: cost {cost}, at most {limit}").format(cost=zlotys(end.cost_grosze), limit=limit)


def _with_reference(text: str, numbers: dict[str, Any]) -> str:
    return f"{text} ({numbers['reference']})" if numbers.get("reference") else text


REASONS = {
    Outcome.FUNDED: _funded,
    Outcome.TOP_UP: _top_up,
    Outcome.RESERVE: _reserve,
    Outcome.BELOW_THRESHOLD: _below,
    Outcome.NO_MONEY: _no_money,
    Outcome.AFTER_STOP: _after_stop,
    Outcome.EXCLUDED: _excluded,
    Outcome.CAPPED: _capped,
    Outcome.WITHDRAWN: _withdrawn,
    Outcome.INELIGIBLE: _ineligible,
}


def verdict(end: End) -> str:
    """One or two words beside the reason."""
    if end.is_funded:
        return _("gets the money")
    if end.outcome == Outcome.BELOW_THRESHOLD:
        return _("too few points") if end.rules.get("threshold", {}).get("kind") == "points" else _("too few votes")
    if end.outcome == Outcome.NO_MONEY:
        return _("did not get the money")
    return str(Outcome(end.outcome).label)


def tie_sentence(tie: dict[str, Any], rank_key: str) -> str:
    """What a tie was, what settled it, and whether it decided who gets the money."""
    support = int(tie["support"])
    words = (
        ngettext("{numbers} have {support} point each.", "{numbers} have {support} points each.", support)
        if rank_key == "points"
        else ngettext("{numbers} have {support} vote each.", "{numbers} have {support} votes each.", support)
    )
    sentences = [words.format(numbers=and_list(tie["numbers"]), support=grouped(support))]
    if tie["settled_by"]:
        sentences.append(
            _("Their order follows from: {what}.").format(what=and_list([settled_word(link) for link in tie["settled_by"]]))
        )
    sentences.append(
        _("This tie decided who gets the money.") if tie["decisive"] else _("The tie did not change who gets the money.")
    )
    if tie.get("reference"):
        sentences.append(tie["reference"])
    return " ".join(sentences)


def settled_word(link: str) -> str:
    """A link of the tie chain as people say it."""
    return {
        "cheaper": _("lower cost first"),
        "dearer": _("higher cost first"),
        "more_voters": _("more voters first"),
        "earlier_number": _("lower number first"),
        "lot": _("a lot drawn by a published rule"),
        "manual": _("a decision of the commission"),
        "decision": _("a decision of the commission"),
    }.get(link, link)


def and_list(items: list[str]) -> str:
    """ "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return _("{first} and {last}").format(first=", ".join(items[:-1]), last=items[-1])


def category(code: str) -> str:
    """A category in words; what is not known stays as it came."""
    names = {
        "culture": _("culture"),
        "education": _("education"),
        "environmental protection": _("environmental protection"),
        "health": _("health"),
        "public space": _("public space"),
        "public transit and roads": _("roads and transport"),
        "sport": _("sport"),
        "urban greenery": _("greenery"),
        "welfare": _("social welfare"),
    }
    return ", ".join(names.get(part, part) for part in code.split(",")) if code else ""


def summary(funded: int, on_ballot: int, money: int, spent: int) -> str:
    """The result in two sentences: how many projects got the money, what became of the pool. Money in grosze."""
    first = ngettext("{funded} project of {on_ballot} got the money.", "{funded} projects of {on_ballot} got the money.", funded)
    second = _("Of {money}, {spent} is awarded and {left} is left.")
    amounts = {"money": zlotys(money), "spent": zlotys(spent), "left": zlotys(money - spent)}
    return no_break(f"{first} {second}".format(funded=grouped(funded), on_ballot=grouped(on_ballot), **amounts))


def funded_label(funded: int, on_ballot: int) -> str:
    """What stands under the figure of funded projects."""
    text = ngettext("project of {on_ballot} got the money", "projects of {on_ballot} got the money", funded)
    return text.format(on_ballot=grouped(on_ballot))


def voted_label(people: int, dates: str) -> str:
    """What stands under the figure of voters."""
    return ngettext("person voted, {dates}", "people voted, {dates}", people).format(dates=dates)


def ballots(number: int) -> str:
    """ "1 229 kart"."""
    return ngettext("{number} ballot", "{number} ballots", number).format(number=grouped(number))


def points(number: int) -> str:
    """ "140 punktów"."""
    return ngettext("{number} point", "{number} points", number).format(number=grouped(number))


def voters(number: int) -> str:
    """ "88 osób"."""
    return ngettext("{number} person", "{number} people", number).format(number=grouped(number))


def projects(number: int) -> str:
    """ "13 projektów"."""
    return ngettext("{number} project", "{number} projects", number).format(number=grouped(number))


def percent(part: int, whole: int) -> str:
    """One decimal place with a comma: "12,1 %"; empty without a whole."""
    return f"{100 * part / whole:.1f}".replace(".", ",") + "\u00a0%" if whole else ""
