"""The workflow of an item as a diagram: one layout, drawn alike on screens, on paper and on web pages."""
