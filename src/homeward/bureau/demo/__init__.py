"""`homeward demo --serve`: three nodes on this machine, two bureaux and a neutral, with an invented exchange half-way.

    laying.py     plays the exchange with `homeward.rehearsal` and lays one node's folder for each party; knows no Django
    seeding.py    one node, in a process of its own: officers, register, review desk, peers
    nodes.py      starts the three servers and stops them together

Everything is put in by the services that pages use, so a demo node is a node like any other but for its invented officers.
"""
