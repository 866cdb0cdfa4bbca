"""The tables of what ministers and councils did: directions, notices, reports."""
