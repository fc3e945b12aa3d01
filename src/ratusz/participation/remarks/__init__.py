"""The one register of remarks of consultations: intake from every channel, validation, clusters, positions with reasons."""
