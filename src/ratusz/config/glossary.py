"""Writes docs/glossary.md from the glossary of kit: `python -m ratusz.config.glossary`."""

from __future__ import annotations

from ratusz.config.home import CHECKOUT
from ratusz.foundation.kit.glossary import terms

HEAD = """# Glossary · słownik

Made from src/ratusz/foundation/kit/glossary.toml by `python -m ratusz.config.glossary`. The code uses the English word and no other
for the idea; people read the Polish one.

| po polsku | in the code | co to jest | nie mylić z |
| --- | --- | --- | --- |
"""


def text() -> str:
    """The page, one row a term in Polish order."""
    rows = (f"| **{term.polish}** | {term.english} | {term.meaning} | {term.not_to_confuse} |" for term in terms())
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    (CHECKOUT / "docs").mkdir(exist_ok=True)
    (CHECKOUT / "docs/glossary.md").write_text(text(), encoding="utf-8")
