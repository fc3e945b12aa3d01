"""Pure helpers and plain-Python registries of every module: money, Polish words and calendar, packs of rules; imports nothing of ours, has no models."""
