"""The design system: tokens, styles, component tags and their gallery; knows no module."""
