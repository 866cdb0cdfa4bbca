"""Find things by what people write: councils by any spelling, and everything by its words.

It needs no engine: what is known of councils and things is handed in as rows.
"""
