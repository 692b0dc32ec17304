"""The documentation site: Sphinx with MyST Markdown and the Furo theme. `make docs` builds it into docs/_build."""

project = "Throughline"
author = "the people who build Throughline"
copyright = "2026, the people who build Throughline"
language = "en"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "using/es"]  # translations are for the help inside the product

html_theme = "furo"
html_title = "Throughline"
html_show_sphinx = False
# Pages of the site ask nobody else for anything.
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0B5B66", "color-brand-content": "#0B5B66"},
    "dark_css_variables": {"color-brand-primary": "#7FD0D6", "color-brand-content": "#7FD0D6"},
}
