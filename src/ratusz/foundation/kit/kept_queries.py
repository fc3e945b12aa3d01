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

    The shape of the SQL must not depend on an argument: None and lists are refused. Examples must be values that stand for nothing
    else in the query and differ from one another. The first call with arguments of its own also asks the queryset what it would
    ask, so that an argument which the queryset changes on its way (lower case, a pattern) is refused instead of taken as it is.
    """

    def __init__(self, make: Callable[..., QuerySet[M, Any]], *examples: Any):
        self.make, self.examples = make, examples
        self._known: tuple[type[M], str, list[tuple[bool, Any]]] | None = None
        self._is_proven = False

    def rows(self, *arguments: Any) -> list[tuple[Any, ...]]:
        """The tuples of a `values_list`, in the order the queryset names them."""
        _model, sql, given = self._asked(arguments)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()

    def instances(self, *arguments: Any) -> Iterator[M]:
        """Whole rows of the model, as its own queryset gives them (without related ones)."""
        model, sql, given = self._asked(arguments)
        return iter(model._default_manager.raw(sql, given))

    def _asked(self, arguments: tuple[Any, ...]) -> tuple[type[M], str, list[Any]]:
        if len(arguments) != len(self.examples) or any(each is None or isinstance(each, list | tuple | set) for each in arguments):
            raise ValueError(f"{len(self.examples)} arguments are needed, none of them None or a list")
        model, sql, places = self._translated()
        given = [arguments[value] if is_argument else value for is_argument, value in places]
        # Equal arguments prove nothing: the ORM leaves out a condition that is there already.
        if not self._is_proven and arguments != self.examples and len(set(arguments)) == len(arguments):
            if self.make(*arguments).query.sql_with_params() != (sql, tuple(given)):
                raise ValueError("The queryset asks another question with these arguments: one of them is changed on its way")
            self._is_proven = True
        return model, sql, given

    def _translated(self) -> tuple[type[M], str, list[tuple[bool, Any]]]:
        if self._known is None:
            queryset = self.make(*self.examples)
            sql, given = queryset.query.sql_with_params()
            places = [self._place(each) for each in given]
            missing = [each for number, each in enumerate(self.examples) if (True, number) not in places]
            if missing:
                raise ValueError(f"These examples do not reach the database as they are: {missing}")
            self._known = queryset.model, sql, places
        return self._known

    def _place(self, given: Any) -> tuple[bool, Any]:
        """Which argument this is, or the value itself. 1 is not True here."""
        same = (number for number, each in enumerate(self.examples) if type(each) is type(given) and each == given)
        number = next(same, None)
        return (False, given) if number is None else (True, number)
