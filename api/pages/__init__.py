"""What a page shows beside the values of the JSON: sentences, pictures, citations."""
