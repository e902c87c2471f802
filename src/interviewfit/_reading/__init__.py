"""What every reader of foreign files needs: lenient JSON, dates and clean text."""
