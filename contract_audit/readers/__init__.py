"""Bytes to documents, by content and never by suffix.

`read(path, settings)` returns every document in the file: usually one, several for a zip or a file that holds several
agreements. What cannot be read comes back as a Document with status `unreadable` and the reason in `problems`.
"""
