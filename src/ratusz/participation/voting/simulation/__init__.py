"""A whole vote of made-up residents through the real path, from the rules to the verifier, for `./ratusz budget simulate`."""
