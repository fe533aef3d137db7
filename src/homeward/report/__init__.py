"""One HTML file about one exchange, readable from disk and on paper, with no names in it."""
