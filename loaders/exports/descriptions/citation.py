"""How a release is cited: the schema of DataCite, and CITATION.cff.

Source: DataCite Metadata Schema 4.6; Citation File Format 1.2.0.
"""

import json
from typing import Any

from data.publication import DATASET
from loaders.exports.facts import Facts


def datacite(facts: Facts) -> dict[str, Any]:
    """Return the description of a release in the schema of DataCite; it has no DOI yet."""
    told = facts.publication
    first, last = facts.covered
    dates = [{"date": facts.built_on, "dateType": "Issued"}]
    if first:
        dates.append({"date": f"{first}/{last}", "dateType": "Coverage"})
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "identifiers": [{"identifier": facts.address, "identifierType": "URL"}],
        "creators": [{"name": told.creator, "nameType": "Organizational"}],
        "titles": [{"title": f"{told.title}, release {facts.release}", "lang": told.language}],
        "publisher": {"name": told.publisher},
        "publicationYear": facts.built_on[:4],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Linked data and tables"},
        "subjects": [{"subject": word, "lang": told.language} for word in told.keywords],
        "dates": dates,
        "language": told.language,
        "version": facts.release,
        "formats": sorted({file.kind.media_type for file in facts.files}),
        "sizes": [f"{sum(file.size_bytes for file in facts.files)} bytes"],
        "rightsList": [
            {
                "rights": told.licence_name,
                "rightsUri": told.licence,
                "rightsIdentifier": told.licence_code,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
        "descriptions": [
            {"description": told.description, "descriptionType": "Abstract"},
            {"description": told.rights, "descriptionType": "Other"},
        ],
        "geoLocations": [{"geoLocationPlace": told.place_name}],
        "relatedIdentifiers": [
            {
                "relatedIdentifier": DATASET,
                "relatedIdentifierType": "URL",
                "relationType": "IsVersionOf",
            }
        ],
    }


def citation_file(facts: Facts) -> str:
    """Return the content of CITATION.cff; every text is quoted as JSON, which YAML reads too."""
    told = facts.publication
    entries: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "Cite the release that you used.",
        "type": "dataset",
        "title": told.title,
        "abstract": told.description,
        "authors": [{"name": told.creator}],
        "version": facts.release,
        "date-released": facts.built_on,
        "url": facts.address,
        "license": told.licence_code,
        "keywords": list(told.keywords),
    }
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in entries.items())
    return "".join(f"{line}\n" for line in lines)
