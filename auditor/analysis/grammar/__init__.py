"""Grammar without a model: words with the parts of speech that they may be, and patterns over these."""
