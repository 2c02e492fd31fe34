"""The council's web application.

The files of this package are the shared ground every room stands on: configuration, database, access,
security, journal, documents, words, errors, registry of the rooms, command line. The sub-packages are the
rooms. Nothing here imports a room: a room hands what it shows elsewhere to the registry (`conseil.rooms`).
"""
