"""A report into something that people or other systems read; nothing here changes a report."""
