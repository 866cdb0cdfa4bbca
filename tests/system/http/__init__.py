"""The service as clients of HTTP meet it: on real sockets, with programs that people use."""
