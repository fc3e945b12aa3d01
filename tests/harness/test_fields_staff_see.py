"""Which fields lists, exports and forms of the admin show, as a snapshot: a new field is looked at before it is shown."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

SNAPSHOT = Path(__file__).with_name("fields.txt")
OURS = "ratusz_"


def model_viewsets():
    if not viewsets.viewsets:
        viewsets.populate()
    for viewset in viewsets.viewsets:
        inner = viewset.registerables if isinstance(viewset, ModelViewSetGroup) else [viewset]
        yield from (each for each in inner if isinstance(each, ModelViewSet))


def names(columns) -> str:
    return ", ".join(str(getattr(column, "name", column)) for column in columns) if isinstance(columns, list | tuple) else "-"


def lines() -> list[str]:
    found = []
    for viewset in model_viewsets():
        name = viewset.model._meta.label
        if not name.startswith(OURS):
            continue
        found.append(f"{name} list: {names(viewset.list_display)}")
        found.append(f"{name} export: {names(viewset.list_export)}")
        found.append(f"{name} form: {', '.join(viewset.get_form_class().base_fields)}")
    return sorted(set(found))


@pytest.mark.django_db
def test_fields_are_those_that_were_looked_at():
    if os.environ.get("RATUSZ_WRITE_TABLES"):
        SNAPSHOT.write_text("\n".join(lines()) + "\n")
    assert lines() == SNAPSHOT.read_text().splitlines()
