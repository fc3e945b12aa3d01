"""From a unit's desk to the public: submissions, claims, approvals, four eyes, release sets."""
