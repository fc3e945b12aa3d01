"""Opinion research: cards with their task and method, waves compared over years, results of agencies, and what came of them."""
