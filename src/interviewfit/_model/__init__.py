"""What people state: candidates, opportunities, stages, beliefs, signals and priors."""
