"""How a report looks: tables, charts, and a file of its own to send and print."""
