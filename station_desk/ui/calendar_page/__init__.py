"""The calendar page: the years that everything is counted by, and a new one when its notice is out."""
