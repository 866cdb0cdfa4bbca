"""From claims to a release, and what is done with one: answers, service, publication."""
