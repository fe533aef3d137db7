"""Pages of the register: the list and the person, entering, importing, protection, reads, exports."""
