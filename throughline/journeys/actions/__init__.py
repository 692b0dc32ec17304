"""The verbs of a journey, by theme: starting it, its rounds, rating, agreeing, closing."""
