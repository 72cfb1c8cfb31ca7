"""The family markup."""
