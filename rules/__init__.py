"""The built-in rules, one folder a family, one file a rule. Installed as the plug-in package ``auditor_rules``."""
