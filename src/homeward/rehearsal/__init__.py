"""A whole exchange played on one machine: two or more offices and a neutral, nothing passing between them but files."""
