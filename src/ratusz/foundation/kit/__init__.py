"""Pure helpers and plain-Python registries of every module; imports nothing of ours, has no models."""
