"""The hidden key of a form: what came garbled stops nobody and joins nobody."""

from __future__ import annotations

import uuid

from ratusz.foundation.once.fields import FormKeyField


def test_a_garbled_key_is_a_new_one_each_time():
    key, field = uuid.uuid4(), FormKeyField()
    made = [field.clean(value) for value in ("nonsense", "nonsense", "", None, "\x00", ["a"])]
    assert field.clean(str(key)) == key and len(set(made)) == len(made) and all(isinstance(each, uuid.UUID) for each in made)
    assert FormKeyField(required=False).clean("") is None
