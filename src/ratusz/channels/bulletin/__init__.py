"""The city's informator miejski "Nasze Katowice": issues, page plan, articles, print and web editions."""
