"""Districts, streets and addresses of the city, and the shapes on its map."""
