"""What other modules bring to messages: texts that wait for something else and so do not leave by themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from ratusz.foundation.kit.registries import Registry

waits_with_others: Registry[Callable[[Collection[int]], Mapping[int, str]]] = Registry("texts that leave with other things")
"""name -> f(numbers of variants): by number, in words, why a text does not leave alone and what to do; one that may is left out."""
