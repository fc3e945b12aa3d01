"""Queries that are asked many times a second: written once as a queryset, turned into SQL once, asked with other arguments since.

What a rule counts stays one expression of the ORM; only its translation, which costs more than the database's answer, is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


class KeptQuery(Generic[M]):
    """`KeptQuery(make, *examples)`: `make(*arguments)` gives the queryset; the examples show the type of each argument.

    The shape of the SQL must not depend on an argument: none may be None or a list. Examples must be values that stand for
    nothing else in the query and differ from one another.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]], *examples: Any):
        self.make, self.examples = make, examples
        self._known: tuple[type[M], str, list[tuple[bool, Any]]] | None = None

    def rows(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """The tuples of a `values_list`, in the order the queryset names them."""
        _model, sql, places = self._translated()
        with connection.cursor() as cursor:
            cursor.execute(sql, self._filled(places, arguments))
            return cursor.fetchall()

    def instances(self, *arguments: Any) -> Iterator[M]:
        """Whole rows of the model, as its own queryset gives them (without related ones)."""
        model, sql, places = self._translated()
        return iter(model._default_manager.raw(sql, self._filled(places, arguments)))

    def _translated(self) -> tuple[type[M], str, list[tuple[bool, Any]]]:
        if self._known is None:
            queryset = self.make(*self.examples)
            sql, given = queryset.query.sql_with_params()
            places = [(True, self.examples.index(each)) if each in self.examples else (False, each) for each in given]
            missing = [each for number, each in enumerate(self.examples) if (True, number) not in places]
            if missing:
                raise ValueError(f"These examples do not reach the database as they are: {missing}")
            self._known = queryset.model, sql, places
        return self._known

    @staticmethod
    def _filled(places: list[tuple[bool, Any]], arguments: tuple[Any, ...]) -> list[Any]:
        return [arguments[value] if is_argument else value for is_argument, value in places]
