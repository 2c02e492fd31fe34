"""Speed, memory and fairness, measured beside the best existing library (methode-tirage §7).

`python -m bench` draws the same registers with `tirage/` and with sortition-algorithms, which lives in an
environment of its own (`bench/.venv`) and is never a dependency, then rewrites the marked section of
docs/mesures.md. Every measurement runs in a process of its own; nothing here is a test, and nothing fails for
being slow.
"""
