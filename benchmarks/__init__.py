"""The benchmarks: each a module with `run(arguments)`; `python -m benchmarks NAME` prints its one line of JSON."""
