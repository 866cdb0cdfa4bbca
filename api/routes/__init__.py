"""The addresses of the service, a module for each family.

What families share has no address of its own: `filters` checks the parameters of a request,
`list_endpoint` answers any list, `finding.council_names` finds a council by its names.
"""
