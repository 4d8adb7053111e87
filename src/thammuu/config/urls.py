"""Every address of the product, a line a package."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("thammuu.org.urls")),
]
