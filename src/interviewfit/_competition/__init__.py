"""Several processes solved side by side, and what an alternative does to each."""
