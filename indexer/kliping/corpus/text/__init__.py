"""What every article needs: decoding, cleaning, datelines, names, dates, language."""
