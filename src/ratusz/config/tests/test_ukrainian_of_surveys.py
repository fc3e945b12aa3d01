"""Surveys speak Ukrainian: no word of the pages on which they are answered is missing."""

from pathlib import Path

from babel.messages.pofile import read_po

from ratusz.config.catalogues import messages_of
from ratusz.participation import surveys

FOLDER = Path(surveys.__file__).parent
OF_THE_PORTAL = {"list.html", "survey.html", "public.py", "papers.py", "results.html", "result_tables.html", "results.py"}
"""What everybody reads of surveys stands in the languages of the portal; nobody answers on it."""
SHARED = (
    "forms/asking.py", "questions/values.py", "questions/wording.py", "actions/answering.py", "actions/drafts.py",
    "actions/tokens.py", "papers.py",
)  # fmt: skip


def test_every_word_of_answering_is_there_in_ukrainian():
    with (FOLDER / "locale/uk/LC_MESSAGES/django.po").open("rb") as file:
        known = {(message.id[0] if isinstance(message.id, tuple) else message.id): message.string for message in read_po(file)}
    pages = [*(FOLDER / "templates/surveys").glob("*.html"), *(FOLDER / "views").glob("*.py")]
    for path in [*(page for page in pages if page.name not in OF_THE_PORTAL), *(FOLDER / name for name in SHARED)]:
        for message, _comments, _context in messages_of(path):
            singular = message[0] if isinstance(message, tuple) else message
            assert known.get(singular), f"{path.name}: {singular}"
