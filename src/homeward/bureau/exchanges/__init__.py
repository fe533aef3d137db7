"""The exchange room: terms, lists, plan, stages, record, mail between nodes; and the neutral's view of them."""
