"""A release set of two hundred changed pages let out at once: our figure, the limit and the ratio.

The whole action is measured: every page asked of the gates and of holds, published, its search, links and readability made anew,
all in one transaction.
"""

from __future__ import annotations

import sys
import time

from bench.own_database import own_database

PAGES, PAGES_SHORT, LIMIT_S = 200, 20, 30.0


def main(short: bool) -> None:
    """Short: 20 pages; the limit is a tenth then."""
    with own_database():
        _tell(PAGES_SHORT if short else PAGES)


def _tell(count: int) -> None:
    import django

    django.setup()
    from ratusz.publishing.editing import actions
    from ratusz.publishing.editing.factories import big_set
    from ratusz.publishing.website.factories import make_portal

    release, maker = big_set(make_portal(), count)
    began = time.perf_counter()
    actions.release_set(release=release, person=maker)
    took, limit = time.perf_counter() - began, LIMIT_S * count / PAGES
    verdict = "met" if took < limit else "short"
    print(f"a release set of {count} pages: {took:.1f} s, limit {limit:.0f} s, ratio {took / limit:.2f}, {verdict}")


if __name__ == "__main__":
    main("--short" in sys.argv)
