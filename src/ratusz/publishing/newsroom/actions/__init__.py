"""What is done in the press office: bring pictures in, order them, keep the brand, approve layouts."""

from .brand import add_brand_file, save_asset
from .layouts import add_final_file, answer_layout, close_layout, send_layout, send_new_layout, start_layout
from .orders import accept_order, close_order, save_order, send_order
from .pictures import Outcome, add_pictures

__all__ = [
    "Outcome",
    "accept_order",
    "add_brand_file",
    "add_final_file",
    "add_pictures",
    "answer_layout",
    "close_layout",
    "close_order",
    "save_asset",
    "save_order",
    "send_layout",
    "send_new_layout",
    "send_order",
    "start_layout",
]
