"""The paper twin of a questionnaire: the same questions with places to tick and lines to write on; who they concern, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from ratusz.casework.documents.blocks import Block, Document, Heading, Items, Notice, Table, Text
from ratusz.foundation.kit.codes import formatted
from ratusz.foundation.kit.dates import polish_end
from ratusz.participation.surveys import links
from ratusz.participation.surveys.models import Questionnaire, Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import most_places
from ratusz.participation.surveys.questions.wording import condition_words, shown_words, value_words

BOX = "[   ]"
"""In cells of a table: our fonts have no box to tick."""
LINE, SHORT_LINE = "." * 160, "." * 60


def paper_of(version: Questionnaire, language: str = "pl") -> Document:
    """The questionnaire to print; its version stands in the footer, so that a card is typed into the right one."""
    survey = version.survey
    with override(language):
        blocks: list[Block] = [Text(survey.said("lead", language)), Notice(_how(version))]
        for page in c.pages_of(version.content):
            blocks += _page(version.content, page, language)
        footer = _("Survey “%(title)s”, version %(number)s") % {"title": survey.title, "number": version.number}
        return Document(
            title=survey.said("title", language), subtitle=str(survey.unit), blocks=blocks, language=language, footer=footer,
            address=links.full_address(reverse("answer:entrance", args=[survey.slug])), address_words=_("The same survey online:"),
        )  # fmt: skip


def letters_of(survey: Survey, codes: list[str]) -> Document:
    """A letter for each code, one below another to be cut apart; who gets which is written down nowhere."""
    address = links.full_address(reverse("answer:entrance", args=[survey.slug]))
    blocks: list[Block] = []
    for code in codes:
        words = _("Answer the survey “%(title)s” at %(address)s. Your code is good for one answer and names nobody.")
        blocks += [Heading(formatted(code)), Text(words % {"title": survey.title, "address": address})]
    return Document(
        title=survey.title, subtitle=str(survey.unit), blocks=blocks, address=address, address_words=_("The survey online:")
    )


def _how(version: Questionnaire) -> str:
    survey = version.survey
    words = _("Tick the boxes, write clearly. Write no names and no addresses of people where nobody asks for them.")
    if survey.closes_at is not None:
        words += " " + _("Hand the form in until: %(moment)s.") % {"moment": polish_end(survey.closes_at)}
    return words


def _page(content: c.Content, page: dict, language: str) -> Iterator[Block]:
    title = c.text_of(page.get("title"), language)
    if title:
        yield Heading(title)
    if words := condition_words(content, page.get("show_if"), language):
        yield Text(_("Fill in this part if %(condition)s.") % {"condition": words})
    numbers = c.numbers_of(content)
    for item in page.get("items", ()):
        if item["kind"] == c.INFO:
            yield Text(c.text_of(item["text"], language))
        else:
            yield Heading(f"{numbers[item['code']]}. {c.text_of(item['text'], language)}", 3 if title else 2)
            yield from _notes(content, item, language)
            yield from _places(item, language)


def _notes(content: c.Content, item: c.Item, language: str) -> Iterator[Block]:
    notes = [shown_words(content, item, language), c.text_of(item.get("hint"), language), _hint(item)]
    if said := " ".join(filter(None, notes)):
        yield Text(said)


def _hint(item: c.Item) -> str:
    hints = {
        c.SINGLE: _("Tick one."), c.YES_NO: _("Tick one."), c.SCALE: _("Tick one."), c.MULTIPLE: _("You may tick several."),
        c.MATRIX: _("Tick one in each row."), c.SECTORS: _("Tick one in each row."),
        c.RANKING: _("Write 1 beside the most important, then 2, 3 and so on."),
        c.MAP: _("Write the address or describe the place."),
        c.FILE: _("Fasten a copy to this form."), c.DISTRICT: _("Write the name of the district."),
    }  # fmt: skip
    return hints.get(item["kind"], "")


def _places(item: c.Item, language: str) -> Iterator[Block]:
    """Where the answer is marked or written."""
    kind = item["kind"]
    if kind in c.WITH_ROWS:
        codes = c.choice_codes(item)
        columns = [_("Row"), *(value_words(item, code, language) for code in codes)]
        yield Table(columns, [[c.text_of(row["text"], language), *([BOX] * len(codes))] for row in item.get("rows", ())])
    elif kind in (c.SINGLE, c.MULTIPLE, c.YES_NO, c.SCALE):
        own = {each["code"] for each in item.get("choices", ()) if each.get("other")}
        lines = {code: f" {SHORT_LINE}" if code in own else "" for code in c.choice_codes(item)}
        yield Items([_with_ends(item, code, language) + line for code, line in lines.items()], has_boxes=True)
    elif kind == c.RANKING:
        yield Items([value_words(item, code, language) for code in c.choice_codes(item)], has_boxes=True)
    elif kind == c.CONSENT:
        yield Items([_("I agree")], has_boxes=True)
    elif kind != c.FILE:
        yield from [Text(LINE)] * (5 if kind == c.LONG else most_places(item) if kind == c.MAP else 1)
    if item.get("not_applicable") and kind not in (c.SINGLE, c.MULTIPLE, c.YES_NO, c.SCALE, *c.WITH_ROWS):
        yield Items([c.text_of(item["not_applicable"], language)], has_boxes=True)


def _with_ends(item: c.Item, code: str, language: str) -> str:
    ends = {str(item.get("lowest", 1)): "low_words", str(item.get("highest", 5)): "high_words"} if item["kind"] == c.SCALE else {}
    words = c.text_of(item.get(ends.get(code, "")), language)
    return f"{code} – {words}" if words else value_words(item, code, language)
