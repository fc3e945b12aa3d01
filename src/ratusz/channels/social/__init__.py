"""The city's social-media profiles: posts, approvals, networks and the inbox."""
