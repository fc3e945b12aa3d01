"""Results of surveys: tables of each question, small groups hidden, comparison with who lives in the city, files to take away."""
