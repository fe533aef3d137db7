"""The Django project of a node: settings, addresses, the folder it keeps everything in."""
