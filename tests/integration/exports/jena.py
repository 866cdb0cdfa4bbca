"""Jena as Debian packs it: a reader of linked data that is not ours."""

from pathlib import Path

import pytest

_JARS = Path("/usr/share/java")
_NAMES = (
    *("jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-iri", "jsonld-java"),
    *("commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io"),
    *("commons-lang3", "guava", "jackson-annotations", "jackson-core", "jackson-databind"),
    *("httpclient", "httpclient-cache", "httpcore", "jcl-over-slf4j", "slf4j-api", "slf4j-nop"),
    *("dexx.collection", "protobuf", "thrift"),
)
"""The jars that Jena needs to read files. Debian's lack the words of one of its messages, without
which it does not start; an empty file in their place is enough."""
_WORDS = "xerces/impl/xpath/regex/message.properties"


def jena_path(folder: Path) -> str:
    """Return the class path of Jena, of which a part stands in a folder, or skip the test."""
    jars = [_JARS / f"{name}.jar" for name in _NAMES]
    if missing := [jar.name for jar in jars if not jar.is_file()]:
        pytest.skip(f"not at hand: {missing[0]} of libapache-jena-java")
    words = folder / _WORDS
    words.parent.mkdir(parents=True, exist_ok=True)
    words.touch()
    return ":".join(map(str, [*jars, folder]))
