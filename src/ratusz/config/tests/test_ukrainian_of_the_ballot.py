"""The ballot speaks Ukrainian beside Polish and English: no word of its pages is missing."""

from pathlib import Path

from babel.messages.pofile import read_po

from ratusz.config.catalogues import messages_of
from ratusz.participation import voting

FOLDER = Path(voting.__file__).parent
PAGES_OF_THE_CITY = {"log.html", "results.html", "part_edition.html"}
"""What everybody reads of a vote stands in the languages of the portal; nobody casts a ballot on them."""


def test_every_word_of_the_ballot_is_there_in_ukrainian():
    with (FOLDER / "locale/uk/LC_MESSAGES/django.po").open("rb") as file:
        known = {(message.id[0] if isinstance(message.id, tuple) else message.id): message.string for message in read_po(file)}
    sources = [
        path
        for path in (FOLDER / "templates/voting").glob("*.html")
        if path.name not in PAGES_OF_THE_CITY and "staff" not in path.name
    ]
    sources += [path for path in (FOLDER / "views").glob("*.py") if path.name != "results.py" and "staff" not in path.name]
    sources += [FOLDER / name for name in ("ballot_forms.py", "wording.py", "actions/guardians.py")]
    for path in sources:
        for message, _comments, _context in messages_of(path):
            singular = message[0] if isinstance(message, tuple) else message
            assert known.get(singular), f"{path.name}: {singular}"
