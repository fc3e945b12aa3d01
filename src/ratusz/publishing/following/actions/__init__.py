"""Follow and leave a district, a topic or a unit; tell followers what is new and what was corrected."""

from ratusz.publishing.following.actions.follows import ask_to_follow, change_follows, confirm_follow
from ratusz.publishing.following.actions.telling import hear, tell_followers

__all__ = ["ask_to_follow", "change_follows", "confirm_follow", "hear", "tell_followers"]
