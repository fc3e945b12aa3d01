"""What every kind of case needs: clocks, documents, meetings, judging, signatures, advice."""
