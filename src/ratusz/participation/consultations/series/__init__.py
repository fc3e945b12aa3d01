"""Series of consultations: one template, an instance for each district, a mistake mended once."""
