"""The pages of decisions and assignments, and the files of whatever they carry."""
