"""Applications for consultations: supporters, formal check, decision, appeal, the Council, the public register."""
