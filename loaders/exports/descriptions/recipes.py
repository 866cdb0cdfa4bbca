"""The recipes in words: what is typed into which tool."""

from loaders.exports.facts import Facts
from queries.tables.recipes import NOT_READ, QUESTION, Recipe, recipes


def recipe_book(facts: Facts) -> str:
    """Return the recipes as Markdown."""
    head = (
        f"# {facts.publication.title}, release {facts.release}: ten lines in each tool\n\n"
        f"In the folder of the release, each answers: {QUESTION} The answer is the file "
        f"`outcomes.csv`. {NOT_READ} What the columns mean stands in `TABLES.md`.\n\n"
        f"Cite as: {facts.citation}\n"
    )
    return "\n".join([head, *map(_section, recipes().values())])


def _section(recipe: Recipe) -> str:
    before = "".join(f"{words}\n\n" for words in (recipe.question, recipe.before) if words)
    return f"## {recipe.title}\n\n{before}```{recipe.language}\n{recipe.text}\n```\n"
