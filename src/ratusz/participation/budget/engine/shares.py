"""Method of Equal Shares: purses, purchases, completion."""


def equal_shares(rules, budget, projects, ballots, running, decisions):
    raise NotImplementedError
