"""One party's office: a folder with its keys, its copy of the record, its own files, and what it sends and receives by file."""
