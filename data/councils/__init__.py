"""The register of councils and other authorities, made from the tables about them."""
