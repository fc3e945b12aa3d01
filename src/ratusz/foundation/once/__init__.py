"""A form sent twice by a double click, a reload or a lost answer does its deed once: which rendered forms were carried out."""
