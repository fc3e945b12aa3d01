"""Tests that belong to no module: architecture, browser journeys, accessibility, faults."""
