"""Self-government beside consultations: citizens' resolution initiatives, public hearings, contact with district councils."""
