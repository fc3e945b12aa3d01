"""What is known of building what was voted for: stages of the city, rules, lists, words; its rows stand in models/delivery.py."""
