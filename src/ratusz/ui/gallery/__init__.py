"""The gallery: each component in its states with its code, and sample pages to judge the whole by."""
