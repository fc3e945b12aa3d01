"""Every message of ours has its Polish."""

import pytest

from ratusz.config.catalogue_checks import gaps
from tests.architecture.sources import nothing


@pytest.mark.xfail(reason="the modules are still being written; to be made strict when all have landed", strict=False)
def test_the_polish_catalogues_are_complete():
    nothing((str(gap) for gap in gaps()), "python -m ratusz.config.catalogues extract MODULE, then fill in the Polish.")
