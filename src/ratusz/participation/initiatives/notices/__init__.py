"""Notices of committees from the website: written by residents, admitted by a clerk, or answered with words why not."""
