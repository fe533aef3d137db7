"""Who goes in which stage, why not the others, which terms contradict each other, who stands in on the day."""
