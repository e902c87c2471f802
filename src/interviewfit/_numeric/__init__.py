"""Mathematics that knows nothing of jobs."""
