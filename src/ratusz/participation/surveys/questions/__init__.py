"""A questionnaire as data: kinds of questions, conditions, checks, editing, and what a given answer is worth. Pure, no database."""
