"""Screens of the department: the list, the page of one consultation with its steps, and a form for each deed."""
