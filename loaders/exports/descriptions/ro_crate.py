"""The folder of an export as an RO-Crate.

Source: RO-Crate Metadata Specification, version 1.3.
"""

from typing import Any

from data.publication import DATASET
from loaders.exports.facts import Facts
from ontology.namespaces import BASE

_CRATE = "https://w3id.org/ro/crate/1.3"
_PUBLISHER = "#publisher"
_CREATOR = "#creator"
_SOFTWARE = "#software"
_BUILD = "#build"
_IDENTIFIER = "#identifier"


def ro_crate(facts: Facts) -> dict[str, Any]:
    """Return the description of the folder as an RO-Crate."""
    told = facts.publication
    first, last = facts.covered
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": {"@id": _IDENTIFIER},
        "url": facts.address,
        "name": f"{told.title}, release {facts.release}",
        "description": told.description,
        "datePublished": facts.built_on,
        "version": facts.release,
        "isPartOf": {"@id": DATASET},
        "license": {"@id": told.licence},
        "creator": {"@id": _CREATOR},
        "publisher": {"@id": _PUBLISHER},
        "keywords": list(told.keywords),
        "inLanguage": told.language,
        "creditText": facts.citation,
        "usageInfo": told.rights,
        "contentLocation": {"@id": told.place},
        "hasPart": [{"@id": file.name} for file in facts.files],
        "mentions": {"@id": _BUILD},
    }
    if first:
        root["temporalCoverage"] = f"{first}/{last}"
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }
    graph = [descriptor, root, *_about(facts), *_files(facts)]
    return {"@context": f"{_CRATE}/context", "@graph": graph}


def _about(facts: Facts) -> list[dict[str, Any]]:
    """Return what the folder as a whole names: its address, licence, makers and the build."""
    told = facts.publication
    return [
        {
            "@id": _IDENTIFIER,
            "@type": "PropertyValue",
            "name": "address of the release",
            "value": facts.address,
        },
        # A dataset would be a part of the folder; what the folder is a part of is told as a work.
        {
            "@id": DATASET,
            "@type": "CreativeWork",
            "name": told.title,
            "description": told.description,
        },
        {
            "@id": told.licence,
            "@type": "CreativeWork",
            "name": told.licence_name,
            "description": told.rights,
        },
        {"@id": told.place, "@type": "Place", "name": told.place_name},
        {"@id": _CREATOR, "@type": "Organization", "name": told.creator, "url": BASE},
        {"@id": _PUBLISHER, "@type": "Organization", "name": told.publisher, "url": BASE},
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": facts.software,
            "url": BASE,
            "version": facts.software.rpartition(" ")[2],
        },
        {
            "@id": _BUILD,
            "@type": "CreateAction",
            "name": "Build of the release",
            "endTime": facts.built_at,
            "agent": {"@id": _PUBLISHER},
            "instrument": {"@id": _SOFTWARE},
            "result": {"@id": "./"},
        },
    ]


def _files(facts: Facts) -> list[dict[str, Any]]:
    return [
        {
            "@id": file.name,
            "@type": "File",
            "name": file.name,
            "description": file.kind.description,
            "encodingFormat": file.kind.media_type,
            "contentSize": str(file.size_bytes),
            "sha256": file.sha256,
        }
        for file in facts.files
    ]
