"""Tools of those who write rules: new rules, workbooks, differences between two packs, the rule book."""
