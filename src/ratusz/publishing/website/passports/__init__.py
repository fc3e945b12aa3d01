"""Rights to pictures: the passport each of them has, what it refuses, where a picture is used, what a withdrawal leaves."""
