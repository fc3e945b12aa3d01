"""The city's information policy: goals, audiences, message house and indicators."""
