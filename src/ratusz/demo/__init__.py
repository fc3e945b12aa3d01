"""The demo city: Katowice, built from the factories and real public figures."""
