"""The yearly plan of consultations: written by units, approved by the department, published, followed to its end."""
