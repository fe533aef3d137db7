"""Invented people and the lists that two bureaux would write about them, with the errors of real lists. Nobody here exists."""
