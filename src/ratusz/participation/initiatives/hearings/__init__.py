"""Public hearings on draft resolutions: speakers listed by the day before, written opinions, the dossier of councillors."""
