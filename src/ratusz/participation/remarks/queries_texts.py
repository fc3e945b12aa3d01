"""What pages of a consulted text show: passages with their remarks, passages that are gone, what changed between versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from ratusz.casework.moderation.wording import difference
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks.models import ConsultedText, Passage, PlacedPassage, Remark, TextVersion

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


def public_texts(consultation: Consultation) -> QuerySet[ConsultedText]:
    """Texts of which everybody may read a version."""
    return ConsultedText.objects.filter(consultation=consultation, versions__published_at__isnull=False).distinct()


def texts_of_forms(forms: Sequence[Form]) -> dict[int, ConsultedText]:
    """Texts behind forms by the form's number; `is_published`: everybody may read a version. One query."""
    published = TextVersion.objects.filter(text=OuterRef("pk"), published_at__isnull=False)
    found = ConsultedText.objects.filter(form__in=[each.pk for each in forms]).annotate(is_published=Exists(published))
    return {each.form_id: each for each in found}


def published(text: ConsultedText) -> list[TextVersion]:
    """Published versions, the newest first."""
    return list(text.versions.exclude(published_at=None).order_by("-number"))


def remarks_on(codes: Sequence[str]) -> dict[str, int]:
    """How many remarks everybody reads on each of these passages; one query."""
    found = Remark.objects.filter(passage__in=codes, is_public=True).values_list("passage").annotate(number=Count("pk"))
    return dict(found.order_by())


@dataclass(frozen=True)
class Shown:
    """A passage as a page shows it."""

    number: int
    code: str
    kind: str
    words: str
    remarks: int = 0


def shown(version: TextVersion) -> list[Shown]:
    """Passages of a version in their order, each with the number of its remarks; two queries."""
    placed = list(version.placed.select_related("passage"))
    counts = remarks_on([each.passage.code for each in placed])
    return [
        Shown(each.passage.number, each.passage.code, each.kind, each.words, counts.get(each.passage.code, 0)) for each in placed
    ]


def gone(version: TextVersion) -> list[Shown]:
    """Passages of earlier published versions that this one has not, in their last words, with the number of their remarks."""
    here = version.placed.values("passage")
    earlier = PlacedPassage.objects.filter(
        version__text=version.text_id, version__number__lt=version.number, version__published_at__isnull=False
    ).exclude(passage__in=here)
    last = {each.passage.number: each for each in earlier.select_related("passage").order_by("version__number")}
    counts = remarks_on([each.passage.code for each in last.values()])
    return [
        Shown(number, each.passage.code, each.kind, each.words, counts.get(each.passage.code, 0))
        for number, each in sorted(last.items())
    ]


@dataclass(frozen=True)
class Named:
    """A passage as a remark names it: stable id, number in its text, and its words of now."""

    code: str
    number: int
    words: str


def passage_named(consultation: Consultation, code: str) -> Named | None:
    """The passage with its words in the newest published version that has it; None for a passage nobody may see."""
    if not code or len(code) > 80:
        return None
    found = PlacedPassage.objects.filter(
        passage__code=code, version__text__consultation=consultation, version__published_at__isnull=False
    )
    last = found.select_related("passage").order_by("-version__number").first()
    return Named(code, last.passage.number, last.words) if last else None


def passage_numbered(consultation: Consultation, form: Form | None, number: int) -> Named | None:
    """The passage with this number in the text of the form, else in the only text of the consultation; None where there is none."""
    found = PlacedPassage.objects.filter(
        passage__number=number, version__text__consultation=consultation, version__published_at__isnull=False
    )
    mine = found.filter(version__text__form=form) if form is not None else found.none()
    rows = list((mine if mine.exists() else found).select_related("passage").order_by("-version__number"))
    texts = {each.passage.text_id for each in rows}
    return Named(rows[0].passage.code, number, rows[0].words) if len(texts) == 1 else None


def passage_of(code: str) -> Passage | None:
    """The passage with this id."""
    return Passage.objects.filter(code=code).select_related("text__consultation").first()


@dataclass(frozen=True)
class Changed:
    """One passage of two versions: what became of it, and its words, for a change with what was taken out and put in."""

    number: int
    fate: str
    kind: str
    words: Any


def changes(before: TextVersion, after: TextVersion) -> list[Changed]:
    """All passages of the later version in its order; those taken out stand after the passage they followed. Two queries."""
    olds = {each.passage_id: each for each in before.placed.select_related("passage")}
    news = list(after.placed.select_related("passage"))
    left = _gone_after(list(olds.values()), {each.passage_id for each in news})
    rows = [_gone(each) for each in left.get(None, ())]
    for each in news:
        rows.append(_changed(olds.get(each.passage_id), each))
        rows += [_gone(old) for old in left.get(each.passage_id, ())]
    return rows


def _gone_after(olds: Sequence[PlacedPassage], kept: set[int]) -> dict[int | None, list[PlacedPassage]]:
    """Passages taken out by the kept passage above them; None for those at the very top."""
    above: int | None = None
    found: dict[int | None, list[PlacedPassage]] = {}
    for each in olds:
        if each.passage_id in kept:
            above = each.passage_id
        else:
            found.setdefault(above, []).append(each)
    return found


def _changed(old: PlacedPassage | None, new: PlacedPassage) -> Changed:
    if old is None:
        return Changed(new.passage.number, NEW, new.kind, new.words)
    if old.words == new.words:
        return Changed(new.passage.number, SAME, new.kind, new.words)
    return Changed(new.passage.number, CHANGED, new.kind, difference(old.words, new.words))


def _gone(old: PlacedPassage) -> Changed:
    return Changed(old.passage.number, GONE, old.kind, old.words)


def with_versions(consultation: Consultation) -> QuerySet[ConsultedText]:
    """Texts of a consultation with all versions, for staff."""
    versions = Prefetch("versions", TextVersion.objects.annotate(passages=Count("placed")).order_by("-number"))
    return ConsultedText.objects.filter(consultation=consultation).select_related("form").prefetch_related(versions)
