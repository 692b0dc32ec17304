"""Pages for respondents, and what composers see of them before."""
