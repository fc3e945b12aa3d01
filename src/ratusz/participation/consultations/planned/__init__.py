"""A planned consultation made of what is written elsewhere already: an application, a series, an entry of the yearly plan."""
