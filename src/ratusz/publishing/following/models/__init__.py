"""Who follows what by e-mail, what is still to be told to them, and the emergency banner of every page."""

from .banners import Banner
from .follows import PURPOSE, Follow, FollowTry, Telling
from .things import THINGS, ThingFollow, ThingNews

__all__ = ["PURPOSE", "THINGS", "Banner", "Follow", "FollowTry", "Telling", "ThingFollow", "ThingNews"]
