"""Forms: the questionnaire as people fill it, its editor, the facts of a survey, codes and paper cards."""
