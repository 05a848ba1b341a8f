"""The same job as people write it without Soirée: what the yardsticks measure."""
