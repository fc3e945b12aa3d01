"""Every message of ours has its Polish."""

from ratusz.config.catalogue_checks import gaps
from tests.architecture.sources import nothing


def test_the_polish_catalogues_are_complete():
    nothing((str(gap) for gap in gaps()), "python -m ratusz.config.catalogues extract MODULE, then fill in the Polish.")
