"""A draw's life: the frozen protocol, the dice, the ranked list, and the pages that let anyone check it.

The draw itself is `tirage`, a pure library: nothing here decides a place. No drawn resident's name comes into
the public pages: `ville` sees them, and `prefecture` for a written reason. Seats and mandates are the business
of `membres`.
"""

from flask import Flask

from conseil.tirages import chapter, document_views, preparation_views, room_views, views, witness_views

# Each adds its pages to the blueprint as it is imported.
PAGES = (views, preparation_views, room_views, witness_views, document_views)


def install(app: Flask) -> None:
    """Public pages of the draws, the sealed list, the demonstration's draw."""
    app.register_blueprint(views.blueprint)
    views.install(app)
    chapter.install(app)
