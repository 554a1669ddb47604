"""What the screens of exchange share: drop zone, where to write, verdicts in words, progress. Knows no screen."""
