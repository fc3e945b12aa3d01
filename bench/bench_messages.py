"""A fact of a message changed once with twelve places: how long until every text is made anew and every correction is to be made.

Six texts are out and six are not; every third was written by hand. The change is the whole action: its lock, the new version of
the facts, twelve texts, six tasks, the entry in the record, the commit. Then its correction is published to the six places.
"""

from __future__ import annotations

import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from bench.own_database import own_database

PLACES, LIMIT_MS = 12, 1000.0
RUNS, RUNS_SHORT = 51, 5


def main(short: bool) -> None:
    """Short: 5 changes instead of 51."""
    with own_database():
        _tell(RUNS_SHORT if short else RUNS)


def _tell(runs: int) -> None:
    import django

    django.setup()
    from ratusz.publishing.messages.factories import make_author
    from ratusz.publishing.messages.models import CorrectionTask

    author, second = make_author(), make_author()
    message = _message(author, second)
    changes, publications = [], []
    for run in range(runs):
        changes.append(_milliseconds(lambda run=run: _change(message, author, run)))
        due = CorrectionTask.objects.filter(correction__message=message, state=CorrectionTask.State.DUE).count()
        assert due == PLACES // 2, due
        publications.append(_milliseconds(lambda: _publish(message, second)))
    print(f"a fact changed with {PLACES} places, {PLACES // 2} of them out; {runs} changes")
    _report("change of the fact", changes)
    _report("publication of its correction", publications)


def _message(author: Any, second: Any) -> Any:
    from ratusz.publishing.messages import actions
    from ratusz.publishing.messages.factories import make_message
    from ratusz.publishing.messages.outlets import Form, Outlet, outlets

    codes = [f"bench-{number}" for number in range(PLACES)]
    forms = [Form.PAGE, Form.FULL, Form.SHORT, Form.SIGN]
    for number, code in enumerate(codes):
        outlets.register(code, Outlet(code, code, forms[number % len(forms)], is_live=number < PLACES // 2))
    message = make_message(author, places=codes, district_numbers=[1, 2, 3])
    for variant in message.variants.order_by("pk")[::3]:
        written = "{tytul}\n\nWody nie będzie {kiedy}. {co_zrobic}"
        actions.edit_variant(variant=variant, written=written, person=author, expected=0)
    actions.approve_all(message=message, person=second)
    sent = message.variants.filter(outlet__in=codes[: PLACES // 2])
    for variant in sent:
        actions.send_variant(variant=variant, person=second)
    assert message.variants.sent().count() == PLACES // 2, list(message.variants.values_list("outlet", "state", "trouble"))
    return message


def _change(message: Any, author: Any, run: int) -> None:
    from ratusz.publishing.messages import actions

    words = {"nature": "change", "was_wrong": "Woda wróci wcześniej.", "is_right": f"Woda wróci później o {run + 1} min."}
    message.refresh_from_db()
    facts = {"ends": message.facts.ends + timedelta(minutes=1)}
    actions.change_facts(message=message, person=author, expected=message.facts.number, facts=facts, correction=words)


def _publish(message: Any, second: Any) -> None:
    from ratusz.publishing.messages import actions

    actions.publish_correction(correction=message.corrections.waiting().get(), person=second)


def _milliseconds(deed: Any) -> float:
    began = time.perf_counter()
    deed()
    return (time.perf_counter() - began) * 1000


def _report(name: str, times: list[float]) -> None:
    slowest, verdict = max(times), "met" if max(times) < LIMIT_MS else "short"
    figures = f"median {statistics.median(times):.1f} ms, slowest {slowest:.1f} ms"
    print(f"{name}: {figures}, limit {LIMIT_MS:.0f} ms, ratio of the slowest {slowest / LIMIT_MS:.2f}, {verdict}")


if __name__ == "__main__":
    main("--short" in sys.argv)
