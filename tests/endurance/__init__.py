"""Long runs: `make endure` runs them whole, `make test` a tenth of each."""
