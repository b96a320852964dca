"""The second opinion: lines of a derivation as numbers, by an interpreter that knows nothing of the prover."""
