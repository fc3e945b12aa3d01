"""Follow and leave a district, a topic or a unit; tell followers what is new and corrected; the emergency banner."""

from ratusz.publishing.following.actions.banners import approve_banner, review_banner, subject_of, take_down_banner, write_banner
from ratusz.publishing.following.actions.follows import ask_to_follow, change_follows, confirm_follow
from ratusz.publishing.following.actions.telling import hear, hear_decision, tell_followers

__all__ = [
    "approve_banner",
    "ask_to_follow",
    "change_follows",
    "confirm_follow",
    "hear",
    "hear_decision",
    "review_banner",
    "subject_of",
    "take_down_banner",
    "tell_followers",
    "write_banner",
]
