"""The engine behind which any SPARQL 1.1 store stands."""
