"""The addresses of the service, a module for each family.

What families share has no address of its own: `filters` checks the parameters of a request,
`list_endpoint` answers any list, `council_redirects` finds councils by a code.
"""
