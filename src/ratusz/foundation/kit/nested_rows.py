"""A few rows of another table brought within the answer to one question, instead of by a question of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import JSONField, Model, QuerySet
from django.db.models.functions import JSONObject

M = TypeVar("M", bound=Model)


def nested(rows: QuerySet[Any]) -> ArraySubquery:
    """The rows (narrowed by OuterRef) with all their columns, for `annotate`; `instances` makes them rows of the model again.

    For few rows of plain columns: numbers, words, days, moments, JSON. No rows give an empty list.
    """
    columns = {field.attname: field.attname for field in rows.model._meta.concrete_fields}
    return ArraySubquery(rows.values(nested=JSONObject(**columns)))


def instances(model: type[M], brought: Iterable[dict[str, Any]]) -> list[M]:
    """The rows as their model gives them, in the order they came."""
    return [_instance(model, each) for each in brought]


def _instance(model: type[M], brought: dict[str, Any]) -> M:
    fields = model._meta.concrete_fields
    values = [brought[field.attname] for field in fields]
    read = [value if isinstance(field, JSONField) else field.to_python(value) for field, value in zip(fields, values, strict=True)]
    return model.from_db("default", [field.attname for field in fields], read)
