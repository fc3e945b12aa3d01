"""Where remarks stand in the Wagtail admin."""

from ratusz.participation.remarks import staff_addresses_analysis

__all__ = ["staff_addresses_analysis"]
