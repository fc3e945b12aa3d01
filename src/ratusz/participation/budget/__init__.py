"""The participatory budget (Budżet Obywatelski): editions, pools, projects, ballots, the count and its public results."""
