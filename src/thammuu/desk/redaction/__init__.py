"""Redaction: one officer proposes, sees every copy, another confirms; then the words are gone and the proof stays."""
