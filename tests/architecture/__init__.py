"""The house keeps its own rules: direction, names, sizes, words, licences."""
