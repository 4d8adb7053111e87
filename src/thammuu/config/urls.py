"""Every address of the product, a line a package."""

from django.urls import URLPattern, URLResolver, include, path

from thammuu.config import web
from thammuu.config.api.assembly import addresses
from thammuu.config.api.reference import reference
from thammuu.config.observing import web as observing
from thammuu.config.transport.web import trust

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("thammuu.desk.urls")),
    path("", include("thammuu.org.urls")),
    path("", include("thammuu.directives.urls")),
    path("", include("thammuu.interop.urls")),
    path("", include("thammuu.watch.urls")),
    path("", include("thammuu.ui.urls")),
    path("api/", reference, name="interface"),
    path("api/v1/", include((addresses(), "api"))),
    path("backups/", web.backups, name="backups"),
    path("trust/", trust, name="trust"),
    path("system/", observing.system, name="system"),
    path("system/export/", observing.export, name="system_export"),
    path("system/jobs/", observing.job_again, name="job_again"),
]
handler400 = "thammuu.ui.faults.bad_request"
handler403 = "thammuu.ui.faults.forbidden"
handler404 = "thammuu.ui.faults.missing"
handler500 = "thammuu.config.room.broken"
