"""A question in ordinary English, answered by a question of the catalogue or not at all.

Every word has to be accounted for: by a way of asking the question, by a value of a parameter, or
as a word that says nothing. It needs no engine: what is known of names is handed in.
"""
