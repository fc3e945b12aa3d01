"""The komunikat: its facts once, a variant for each channel."""
