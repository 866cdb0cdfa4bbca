"""The pages as readers meet them: in a browser, with keyboard and screen reader in mind."""
