"""What all pages share: the frame with its menu, the style, the parts that templates are put together from, dates and numbers."""
