"""The contract: what every address takes and answers, as OpenAPI, from the tables that answer."""
