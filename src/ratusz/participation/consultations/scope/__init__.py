"""Scope (zasięg): which parts of the city a consultation concerns, which streets and addresses they reach, who lies inside."""
