"""What a written name can be read as: folding of letters, the spelling model, the lexicon of given names, search keys."""
