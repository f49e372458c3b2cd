"""Document to clause tree, cross references and provisions."""
