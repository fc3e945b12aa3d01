"""Who may do what in the press office: with orders, assets of the brand and layouts; pure, the moment is an argument."""

from .deeds import KEEPERS, may, sends_for
from .layouts import FILE_KINDS, LayoutRefused, brand_book, check_answer, check_final, check_send, words_of_points
from .orders import OrderRefused, check_accept, check_close, check_delivery, check_order

__all__ = [
    "FILE_KINDS",
    "KEEPERS",
    "LayoutRefused",
    "OrderRefused",
    "brand_book",
    "check_accept",
    "check_answer",
    "check_close",
    "check_delivery",
    "check_final",
    "check_order",
    "check_send",
    "may",
    "sends_for",
    "words_of_points",
]
