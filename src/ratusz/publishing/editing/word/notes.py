"""What people are told about a text that came from Word: what was left out, and what they have to do themselves."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

WORDS = {
    "tracked": _("The document had changes tracked. What was deleted is left out, what was added is kept: check the text."),
    "comments": _("The document had comments. They are left out."),
    "too_deep": _(
        "The text lay in boxes within boxes, too many to keep: its words and headings are here, lists and tables are now plain "
        "paragraphs. Check that everything stands where it should."
    ),
    "marks": _(
        "A mark in the text stands for nothing, so it stays as plain words: %(marks)s. Take it out, or use the marks that stand "
        "under “Pictures and tables”."
    ),
    "drawings": _("Some drawings are in a format that browsers do not show (EMF, WMF and so on). Save them as PNG and add them."),
    "too_many_pictures": _("There are too many pictures in the document. The first ones are kept; add the others one by one."),
    "pictures_elsewhere": _("Some pictures did not come along with the pasted text. Send the whole document, or add them."),
    "pictures": _("Describe each picture, or mark it as decoration: people who do not see it hear the description."),
    "tables": _("Say of each table what it shows, and check that its first row holds the headings."),
}


def words_of(codes: list[str], marks: Sequence[str] = ()) -> list[str]:
    """The sentences for these codes, each once, in a lasting order; `marks` are those that stand for nothing."""
    named = {"marks": ", ".join(dict.fromkeys(marks))}
    codes = [*codes, *(["marks"] if marks else [])]
    return [str(words) % named if code in named else str(words) for code, words in WORDS.items() if code in codes]
