"""People as claims: entering, importing, searching, reading, exporting."""
