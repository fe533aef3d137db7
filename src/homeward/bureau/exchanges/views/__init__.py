"""The pages of exchanges, one module for each subject. They ask services and show; they write nothing themselves."""
