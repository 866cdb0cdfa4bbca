"""The tables of an export, declared once: what a row is, and what each column holds.

Every form of the tables, and every description of them, is made from this declaration.
"""
