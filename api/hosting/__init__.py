"""The service on one release, from this machine or from a remote store."""
