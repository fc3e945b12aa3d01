"""What the database refuses, a form refuses in a sentence: no clerk ever reads the name of a constraint."""

import importlib
import pkgutil
from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.forms import ModelForm

import ratusz


def all_forms():
    """Every form of a model, with the modules that define forms loaded."""
    for module in pkgutil.walk_packages(ratusz.__path__, "ratusz."):
        if "form" in module.name.rpartition(".")[2] and ".tests" not in module.name:
            importlib.import_module(module.name)
    yield from made_of(ModelForm)


def made_of(kind):
    """The classes of this project among all that are made of one."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("ratusz"):
            yield each
        yield from made_of(each)


def fields_of(condition: Any) -> set[str]:
    """Names of the fields that a condition of a constraint reads."""
    if not isinstance(condition, Q):  # an expression
        return {each.name.split("__")[0] for each in condition.flatten() if isinstance(each, F)}
    found: set[str] = set()
    for child in condition.children:
        if not isinstance(child, tuple):
            found |= fields_of(child)
        else:
            others = {child[1].name} if isinstance(child[1], F) else set()
            found |= {name.split("__")[0] for name in {child[0]} | others}
    return found


def test_a_form_never_shows_the_name_of_a_constraint():
    silent = {
        constraint.name
        for form in all_forms()
        if form._meta.model is not None
        for constraint in form._meta.model._meta.constraints
        if isinstance(constraint, CheckConstraint) and fields_of(constraint.condition) <= set(form.base_fields)
        if constraint.violation_error_message == CheckConstraint.default_violation_error_message
    }
    assert not silent, f"give them a violation_error_message that says what to do: {sorted(silent)}"
