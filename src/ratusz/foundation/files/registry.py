"""What uploaded files are for: purposes registered by the modules that take them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ratusz.foundation.files import rules
from ratusz.foundation.kit.registries import Registry


def _nobody(person: Any, file: Any, at: Any) -> bool:
    return False


@dataclass(frozen=True)
class FilePurpose:
    """One reason to take files."""

    name: Any
    """As staff read it, translated lazily."""
    kinds: tuple[str, ...] = rules.EVERYTHING
    keep_days: int = 365 * 5
    """Deleted that many days after the upload, unless the module says otherwise for one file."""
    is_personal: bool = True
    """Each reading is recorded."""
    may_read: Callable[[Any, Any, Any], bool] = _nobody
    """f(person, file, at): who besides the sender may read it."""


file_purposes: Registry[FilePurpose] = Registry("purposes of files")
"""Named "module.noun"; fill it in AppConfig.ready()."""
