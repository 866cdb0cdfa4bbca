"""The folder of an export as an RO-Crate.

Source: RO-Crate Metadata Specification, version 1.3.
"""

from typing import Any

from data.publication import DATASET
from loaders.exports.facts import Facts

_CRATE = "https://w3id.org/ro/crate/1.3"
_PUBLISHER = "#publisher"
_CREATOR = "#creator"
_SOFTWARE = "#software"
_BUILD = "#build"


def ro_crate(facts: Facts) -> dict[str, Any]:
    """Return the description of the folder as an RO-Crate."""
    told = facts.publication
    first, last = facts.covered
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": facts.address,
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
    about = [
        {"@id": DATASET, "@type": "Dataset", "name": told.title},
        {"@id": told.licence, "@type": "CreativeWork", "name": told.licence_name},
        {"@id": told.place, "@type": "Place", "name": told.place_name},
        {"@id": _CREATOR, "@type": "Organization", "name": told.creator},
        {"@id": _PUBLISHER, "@type": "Organization", "name": told.publisher},
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": facts.software,
            "softwareVersion": facts.software.rpartition(" ")[2],
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
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _CRATE},
    }
    graph = [descriptor, root, *about, *_files(facts)]
    return {"@context": f"{_CRATE}/context", "@graph": graph}


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
            "license": {"@id": facts.publication.licence},
        }
        for file in facts.files
    ]
