"""How a pool is counted, in sentences made from its own rules, so that no page tells of another city's way."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.words import grouped
from ratusz.participation.budget import wording


def steps_of(rules: dict[str, Any], shares: dict[str, Any] | None = None) -> list[str]:
    """The count as sentences in order. `rules` as kept with a result, `shares` its report of Equal Shares."""
    selection = rules.get("selection", "skip")
    said = (
        _equal_shares(rules, shares or {})
        if selection == "mes"
        else [_sorted_by(rules), threshold(rules), *_walk(rules, selection)]
    )
    if rules.get("tie_chain"):
        chain = ", ".join(str(wording.settled_word(link)) for link in rules["tie_chain"])
        said.append(_("Projects with equal support, in this order of rules: {chain}.").format(chain=chain))
    return [sentence for sentence in said if sentence]


def _sorted_by(rules: dict[str, Any]) -> str:
    if rules.get("rank_key") == "points":
        return _("Add up the points of each project; sort by points, most first.")
    return _("Add up the votes of each project; sort by votes, most first.")


def threshold(rules: dict[str, Any]) -> str:
    """What a project needs to be counted at all; "" where the rules ask for nothing."""
    plain = rules.get("threshold", {})
    kind, value = plain.get("kind", "none"), plain.get("value", 0)
    if kind == "points":
        return _("Leave out projects under {threshold}.").format(threshold=wording.points(int(value)))
    if kind == "votes":
        text = ngettext("Leave out projects with fewer than {n} vote.", "Leave out projects with fewer than {n} votes.", int(value))
        return text.format(n=grouped(int(value)))
    if kind == "percent":
        return _("Leave out projects named on fewer than {percent} % of the ballots.").format(percent=value)
    if kind == "cost_share":
        return _("Leave out projects whose support is small for their cost: a dearer project needs more ballots.")
    return ""


def _walk(rules: dict[str, Any], selection: str) -> list[str]:
    said = [_("Go down the list. A project that costs no more than what is left gets the money; what it costs is taken off.")]
    if selection == "skip":
        return [*said, _("One that costs more is passed by, and the count goes on with the next.")]
    if selection == "stop":
        return [*said, _("At the first that costs more the count ends, though cheaper ones may follow.")]
    topped = _("If at least {percent} % of its cost is left, it still gets the money; the gap comes from a reserve.")
    return [*said, _("At the first that costs more the count ends."), topped.format(percent=rules.get("topup", 80))]


def _equal_shares(rules: dict[str, Any], shares: dict[str, Any]) -> list[str]:
    said = [threshold(rules), _("Equal Shares: the money is divided among the ballots, each has the same purse.")]
    if shares.get("share"):
        said.append(_("In this count a purse held {amount}.").format(amount=zlotys(round(Fraction(shares["share"])))))
    said += [
        _("A project is bought when the ballots that name it can pay for it together, each the same part or all it still has."),
        _("The next is always the one that asks the smallest part of a purse. It ends when no project can be paid for."),
    ]
    if rules.get("mes", {}).get("completion", "none") != "none":
        said.append(_("If money is left, every purse grows and all is counted anew, as long as the cost stays within the pool."))
    if shares.get("walk_won"):
        stands = _("More ballots preferred the outcome of the plain count, so that one stands.")
        return [*said, stands, _sorted_by(rules), *_walk(rules, "skip")]
    if shares.get("prefer_shares") is not None:
        text = _("Compared with the plain count down the list: {shares} prefer this outcome, {walk} the other.")
        said.append(text.format(shares=wording.ballots(shares["prefer_shares"]), walk=grouped(shares["prefer_walk"])))
    return said
