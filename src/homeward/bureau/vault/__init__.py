"""Encryption at rest: personal fields lie in the database as AES-256-GCM under keys that lie outside it."""
