"""Modes of consultations: which law asks for how many days, which notices and which forms, and whether a plan keeps all of it."""
