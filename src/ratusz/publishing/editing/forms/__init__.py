"""Forms of submissions and release sets."""

from .steps import AnswerForm, CodeForm, ItemForm, LinkForm, MomentForm, SetForm, WordsForm
from .writing import StartForm, TextForm

__all__ = [
    "AnswerForm",
    "CodeForm",
    "ItemForm",
    "LinkForm",
    "MomentForm",
    "SetForm",
    "StartForm",
    "TextForm",
    "WordsForm",
]
