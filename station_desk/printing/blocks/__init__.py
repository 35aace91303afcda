"""The few blocks that all papers are set from: head, facts, text, tables, signatures, codes, foot."""
