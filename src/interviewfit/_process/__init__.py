"""From what is stated to the chain of steps that the solver takes."""
