"""The report that fills itself: its sections gathered from everything that was done, each time they are asked for."""

from ratusz.participation.reports.gathering.draft import Draft, Section, document_of, gather

__all__ = ["Draft", "Section", "document_of", "gather"]
