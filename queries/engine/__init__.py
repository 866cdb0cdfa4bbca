"""The interface behind which queries are answered, and the engine in this process."""
