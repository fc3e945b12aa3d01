"""Refuses the long passwords that guessers try first: sequences, repetitions and common words with figures at the end."""

from __future__ import annotations

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LOCAL_WORDS = {"katowice", "ratusz", "urzadmiasta", "urządmiasta", "śląsk", "slask", "haslo", "hasło", "komunikacja", "prezydent"}
RUNS = (
    "abcdefghijklmnopqrstuvwxyzabc 01234567890123456789 qwertyuiopasdfghjklzxcvbnm zyxwvutsrqponmlkjihgfedcba 98765432109876543210"
)


def _is_one_unit_repeated(text: str) -> bool:
    return re.fullmatch(r"(.{1,4})\1{2,}.{0,3}", text) is not None


def _is_a_run(text: str) -> bool:
    return any(text in run for run in RUNS.split())


class PredictablePasswordValidator(CommonPasswordValidator):
    """Django's list of 20,000 leaked passwords holds few of twelve characters; this looks at what is left without the ornament."""

    def validate(self, password: str, user=None) -> None:
        plain = password.lower().strip()
        core = re.sub(r"[\W\d_]+$", "", re.sub(r"^[\W\d_]+", "", plain))
        is_common = plain in self.passwords or (core and len(core) < 12 and core in self.passwords)
        if is_common or core in LOCAL_WORDS or _is_one_unit_repeated(plain) or _is_a_run(plain):
            raise ValidationError(
                _("This password is easy to guess. Put three or four unrelated words together."), code="predictable"
            )

    def get_help_text(self) -> str:
        return _("Put three or four unrelated words together; at least 12 characters.")
