"""What is taken away: a release as files that need nothing of ours to be read."""
