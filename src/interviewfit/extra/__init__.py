"""What needs another package than the core; each module names its extra."""
