"""The prover: trees → verdicts, for all sizes, under rules that restrict its powers."""
