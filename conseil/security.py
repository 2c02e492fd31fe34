"""Headers, CSRF and request limits, the same for every page."""

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from conseil.config import Config

csrf = CSRFProtect()
limiter = Limiter(get_remote_address)

# Nothing from another host, nothing inline: scripts and styles are files of ours. Bootstrap's own style
# sheet draws its small icons as `data:` images.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "worker-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
ASSETS = ("static", "bootstrap.static")


def install(app: Flask, config: Config) -> None:
    """Add CSRF on every POST, request limits, and the headers; trust as many proxies as configured."""
    csrf.init_app(app)
    limiter.init_app(app)
    if config.proxies:
        trusted = config.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )

    @app.after_request
    def headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if config.https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint not in ASSETS and current_user.is_authenticated:
            # A shared office computer must not keep pages with names after the sign-out.
            response.headers["Cache-Control"] = "no-store"
        return response
