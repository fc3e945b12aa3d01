"""What is done with the building of funded projects: opened by a result, reported, planned, paid, ended, reminded of."""

from .ending import confirm_done, drop, report_done, send_back, take_up
from .links import LINK_PURPOSE, look_at_link, send_link, use_link
from .opening import assign_unit, hear_results, open_deliveries
from .photos import add_photos, let_photo_show, remove_photo
from .planning import explain_delay, plan_days, write_money
from .reminding import hear_clock
from .reporting import report

__all__ = [
    "LINK_PURPOSE", "add_photos", "assign_unit", "confirm_done", "drop", "explain_delay", "hear_clock", "hear_results",
    "let_photo_show", "look_at_link", "open_deliveries", "plan_days", "remove_photo", "report", "report_done", "send_back",
    "send_link", "take_up", "use_link", "write_money",
]  # fmt: skip
