"""The district server: receives the logs of its stations, answers residents' questions."""
