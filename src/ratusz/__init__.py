"""Ratusz: the office of a city's communications department in one program."""

__version__ = "0.1.0"
