"""What every request and answer passes: negotiation, errors, paging, caching."""
