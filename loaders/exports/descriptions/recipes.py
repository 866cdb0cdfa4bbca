"""The recipes in words: what is typed into which tool."""

from loaders.exports.facts import Facts
from queries.tables.recipes import QUESTION, Recipe, recipes


def recipe_book(facts: Facts) -> str:
    """Return the recipes as Markdown."""
    head = (
        f"# {facts.publication.title}, release {facts.release}: ten lines in each tool\n\n"
        f"In the folder of the release, each answers: {QUESTION} The answer is the file "
        "`outcomes.csv`. What the columns mean stands in `TABLES.md`.\n\n"
        f"Cite as: {facts.citation}\n"
    )
    return "\n".join([head, *map(_section, recipes().values())])


def _section(recipe: Recipe) -> str:
    before = f"{recipe.before}\n\n" if recipe.before else ""
    return f"## {recipe.title}\n\n{before}```{recipe.language}\n{recipe.text}\n```\n"
