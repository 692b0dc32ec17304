"""Pages of school years, classes and a learner's people."""
