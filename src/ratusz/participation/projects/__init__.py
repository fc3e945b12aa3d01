"""Projects of the participatory budget: idea, application, checks, appeals, lists, and what was built in the end."""
