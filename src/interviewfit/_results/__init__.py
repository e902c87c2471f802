"""The records that answers are made of."""
