"""The vote of the participatory budget: who may vote, one sealed ballot each, the public log, opening and counting."""
