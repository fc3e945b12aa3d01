"""From facts to words: placeholders, moments, derived texts. Pure: equal facts, texts and outlet always give equal words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from ratusz.foundation.kit.dates import MONTHS, polish_date, polish_moment, polish_time, polish_until
from ratusz.foundation.kit.words import search_key
from ratusz.publishing.messages.outlets import Form, Outlet

PLACEHOLDER = re.compile(r"\{([^{}\n]{1,40})\}")

SENTENCE_BEGINS = re.compile(r"(?:^|\n|(?<!\bul)(?<!\br)[.!?] )\s*$")


@dataclass(frozen=True)
class Content:
    """What a text is made from: one version of the facts with its texts, and what the message itself adds."""

    kind: str
    language: str
    reference: str
    title: str
    short_text: str
    long_text: str
    what: str
    contact: str
    as_of: datetime
    place: str = ""
    longitude: float | None = None
    latitude: float | None = None
    districts: tuple[str, ...] = ()
    """Names; empty: the whole city."""
    starts: datetime | None = None
    ends: datetime | None = None
    for_whom: str = ""
    what_to_do: str = ""
    source_document: str = ""
    address: str = ""
    facts: Mapping[str, str] = field(init=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self):
        object.__setattr__(self, "facts", _values(self))


class UnknownFact(ValueError):
    """A placeholder names no fact."""

    def __init__(self, names: Iterable[str]):
        self.names = sorted(set(names))
        super().__init__(
            _("There is no fact {%(wrong)s}. You can use: %(known)s.")
            % {"wrong": "}, {".join(self.names), "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}
        )


PLACEHOLDERS = (
    "tytul", "krotko", "dlugo", "co", "gdzie", "dzielnice", "kiedy", "od", "do", "dla_kogo", "co_zrobic", "kontakt", "zrodlo",
    "stan_na", "numer", "adres",
)  # fmt: skip
NOT_IN_TEXTS = {"tytul", "krotko", "dlugo"}
"""The message's own texts must not stand in themselves."""


def moment(when: datetime, language: str) -> str:
    """ "15 września 2026 r., godz. 14.30" or "15 September 2026, 14:30", in the city's time zone."""
    if language == "pl":
        return polish_moment(when)
    local = timezone.localtime(when)
    with override(language):
        return f"{formats.date_format(local, 'j F Y')}, {local:%H:%M}"


def period(starts: datetime | None, ends: datetime | None, language: str) -> str:
    """When, in words; a period within one day says the day once. Ends are the first moment after it."""
    if starts is None and ends is None:
        return ""
    if language != "pl":
        parts = [moment(each, language) for each in (starts, ends) if each]
        return " – ".join(parts) if starts else f"until {parts[0]}"
    if ends is None:
        assert starts is not None
        return polish_moment(starts)
    if starts is None:
        return polish_until(ends)
    if _day(starts) == _day(ends - timedelta(microseconds=1)):
        return f"{polish_date(starts)}, {polish_time(starts)}–{_hour(starts, ends)}"
    return f"od {_genitive(starts)} {polish_until(ends)}"


def _day(when: datetime):
    return timezone.localtime(when).date()


def _hour(starts: datetime, ends: datetime) -> str:
    """The hour of the end; the midnight after the day is 24.00."""
    local = timezone.localtime(ends)
    return "24.00" if _day(ends) != _day(starts) else f"{local.hour}.{local.minute:02d}"


def _genitive(when: datetime) -> str:
    return f"{polish_date(when)}, {polish_time(when)},"


def _values(content: Content) -> dict[str, str]:
    language = content.language
    with override(language):
        whole_city = _("the whole city")
    return {
        "co": content.what,
        "gdzie": content.place,
        "dzielnice": ", ".join(content.districts) or whole_city,
        "kiedy": period(content.starts, content.ends, language),
        "od": moment(content.starts, language) if content.starts else "",
        "do": moment(content.ends, language) if content.ends else "",
        "dla_kogo": content.for_whom,
        "co_zrobic": content.what_to_do,
        "kontakt": content.contact,
        "zrodlo": content.source_document,
        "stan_na": moment(content.as_of, language),
        "numer": content.reference,
        "adres": content.address,
    }


def check_placeholders(text: str, *, in_texts: bool = False) -> None:
    """Raises UnknownFact when a text names a fact that there is not; `in_texts` for the message's own title and texts."""
    allowed = set(PLACEHOLDERS) - (NOT_IN_TEXTS if in_texts else set())
    if wrong := [name for name in PLACEHOLDER.findall(text) if name.strip() not in allowed]:
        raise UnknownFact(wrong)


def filled(template: str, content: Content) -> str:
    """The text with each placeholder replaced by its fact; an unknown one stays as it is typed."""
    values = dict(content.facts)
    texts = {"tytul": content.title, "krotko": content.short_text, "dlugo": content.long_text}
    known = values | {name: _replaced(text, values) for name, text in texts.items()}
    return _tidy(_replaced(template, known))


def _replaced(template: str, values: Mapping[str, str]) -> str:
    """A fact that begins a sentence begins with a capital letter."""

    def value(match: re.Match[str]) -> str:
        found = values.get(match[1].strip(), match[0])
        begins = SENTENCE_BEGINS.search(template, 0, match.start()) is not None
        return found[:1].upper() + found[1:] if begins else found

    return PLACEHOLDER.sub(value, template)


def _tidy(text: str) -> str:
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fact_lines(content: Content, *, with_source: bool = False) -> list[tuple[str, str]]:
    """Label and value of each fact that is there, in the message's language, in the order people ask."""
    values = content.facts
    with override(content.language):
        lines = [
            (_("What"), values["co"]),
            (_("Where"), values["gdzie"]),
            (_("Districts"), values["dzielnice"]),
            (pgettext("fact", "When"), values["kiedy"]),
            (_("For whom"), values["dla_kogo"]),
            (_("What to do"), values["co_zrobic"]),
            (_("Contact"), values["kontakt"]),
            (_("Source document"), values["zrodlo"] if with_source else ""),
            (_("State as of"), values["stan_na"]),
        ]
    return [(label, value) for label, value in lines if value]


def derived(outlet: Outlet, content: Content) -> str:
    """The text for an outlet from templates and facts alone."""
    title, short, long = (filled(f"{{{name}}}", content) for name in ("tytul", "krotko", "dlugo"))
    if outlet.form is Form.PAGE:
        return f"{short}\n\n{long}".strip()
    if outlet.form is Form.SHORT:
        return _short(title, short, content, outlet.most_characters)
    if outlet.form is Form.SIGN:
        return "\n\n".join(part for part in (title, short, content.what_to_do) if part)
    facts = "\n".join(f"{label}: {value}" for label, value in fact_lines(content))
    return "\n\n".join(part for part in (title, short, facts, long) if part)


def _short(title: str, short: str, content: Content, most: int | None) -> str:
    """The title, as many whole sentences of the short text as fit, and the address."""

    def whole(body: str) -> str:
        return " ".join(part for part in (f"{title.rstrip('.!?')}.", body, content.address) if part)

    sentences = re.split(r"(?<=[.!?])\s+", short.replace("\n", " "))
    while most is not None and sentences and len(whole(" ".join(sentences))) > most:
        sentences.pop()
    return whole(" ".join(sentences))


def typed_facts(template: str, before: Content, after: Content) -> list[str]:
    """Pieces of changed facts that somebody typed by hand into a text (outside braces), so that a new fact does not reach them."""
    bare = search_key(PLACEHOLDER.sub(" ", template))
    gone = {piece for name in _changed(before, after) for piece in {*_pieces(name, before)} - {*_pieces(name, after)}}
    return sorted(piece for piece in gone if _stands(search_key(piece), bare))


def _changed(before: Content, after: Content) -> list[str]:
    return [name for name, value in before.facts.items() if value and value != after.facts[name] and name not in ("numer", "adres")]


def _pieces(name: str, content: Content) -> Iterator[str]:
    value = content.facts[name]
    if not value:
        return
    yield value
    moments = {"od": (content.starts,), "do": (content.ends,), "stan_na": (content.as_of,)}.get(name, ())
    for when in filter(None, moments):
        local = timezone.localtime(when)
        yield from (
            f"{local.day} {MONTHS[local.month - 1]}",
            f"{local.day:02d}.{local.month:02d}",
            f"{local.day}.{local.month:02d}",
        )
        yield from (f"{local.hour}.{local.minute:02d}", f"{local.hour}:{local.minute:02d}")
        if not local.minute:
            yield f"godz. {local.hour}"
    if name in ("kontakt", "gdzie", "dzielnice", "dla_kogo"):
        yield from (part.strip() for part in re.split(r"[,;]|\boraz\b|\bi\b", value) if len(part.strip()) > 3)


def _stands(piece: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\w.:]){re.escape(piece)}(?![\w:]|\.\d)", text))


@dataclass(frozen=True)
class Block:
    """A paragraph or a list of a plain text."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks(text: str) -> list[Block]:
    """Paragraphs apart by empty lines; lines that begin with a hyphen make a list."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        for line in part.split("\n"):
            is_item = bool(re.match(r"\s*[-–•]\s+", line))
            words = re.sub(r"^\s*[-–•]\s+", "", line).strip()
            if found and found[-1].is_list == is_item and line is not part.split("\n")[0]:
                found[-1] = Block((*found[-1].lines, words), is_item)
            elif words:
                found.append(Block((words,), is_item))
    return found


def point_of(content: Content) -> dict[str, float] | None:
    """The point for machines; None without one."""
    if content.longitude is None or content.latitude is None:
        return None
    return {"latitude": content.latitude, "longitude": content.longitude}


def as_facts(content: Content) -> dict[str, Any]:
    """The facts for machines: names in English, moments as ISO 8601."""
    return {
        "what": content.what, "where": content.place, "districts": list(content.districts), "point": point_of(content),
        "from": content.starts.isoformat() if content.starts else None, "until": content.ends.isoformat() if content.ends else None,
        "for_whom": content.for_whom, "what_to_do": content.what_to_do, "contact": content.contact,
        "state_as_of": content.as_of.isoformat(),
    }  # fmt: skip
