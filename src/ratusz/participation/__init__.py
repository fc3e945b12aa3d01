"""What residents say: surveys, consultations, the participatory budget."""
