"""Follow and leave a district, a topic or a unit; tell followers what is new and corrected; the emergency banner."""

from ratusz.publishing.following.actions.banners import approve_banner, review_banner, subject_of, take_down_banner, write_banner
from ratusz.publishing.following.actions.follows import ask_to_follow, change_follows, confirm_follow
from ratusz.publishing.following.actions.telling import hear, hear_decision, tell_followers
from ratusz.publishing.following.actions.things import (
    ask_to_follow_thing,
    confirm_thing,
    erase_things_of,
    stop_following_thing,
    tell_of_thing,
    tell_of_things,
)

__all__ = [
    "approve_banner",
    "ask_to_follow",
    "ask_to_follow_thing",
    "change_follows",
    "confirm_follow",
    "confirm_thing",
    "erase_things_of",
    "hear",
    "hear_decision",
    "review_banner",
    "stop_following_thing",
    "subject_of",
    "take_down_banner",
    "tell_followers",
    "tell_of_thing",
    "tell_of_things",
    "write_banner",
]
