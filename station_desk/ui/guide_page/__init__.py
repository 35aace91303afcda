"""The guide page: the published catalogue as a booklet."""
