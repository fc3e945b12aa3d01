"""The portal's search: words to vectors and back, one table, results with the words that were found."""
