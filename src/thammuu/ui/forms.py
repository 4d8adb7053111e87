"""How Django's forms are drawn: `{{ form }}` gives the error summary, then each field with label, hint and fault."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """The project's form renderer (`FORM_RENDERER`)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
