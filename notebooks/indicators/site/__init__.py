"""The bundle as pages that need neither kernel nor network: `python -m indicators.site FOLDER`, run with the packages of requirements-site.txt."""
