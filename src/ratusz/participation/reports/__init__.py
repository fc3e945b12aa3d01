"""The report of a consultation: gathered from everything, refused while something lacks, published once, followed to effects."""
