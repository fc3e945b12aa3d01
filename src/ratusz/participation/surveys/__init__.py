"""Surveys of residents' opinion: questions, branching, answers and results."""
