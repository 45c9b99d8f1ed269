"""What is only true on a real server: `make test-opensearch` fetches and starts some."""
