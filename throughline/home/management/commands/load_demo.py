"""`manage.py load_demo`: the demo school, built through the verbs."""

from typing import Any

from django.core.management.base import BaseCommand

from throughline.frameworks.publishing.actions import load_shipped
from throughline.home.demo.story import tell
from throughline.kit import clock
from throughline.schools.models import Organisation


class Command(BaseCommand):
    """Safe to repeat: where there is a demo already, nothing changes."""

    help = "Build the demo school (and its district, its network and three other schools), once."

    def handle(self, *args: Any, **options: Any) -> None:
        if Organisation.objects.filter(is_demo=True).exists():
            self.stdout.write("The demo school is there already.")
            return
        load_shipped()
        tell(clock.today())
        self.stdout.write("Harbor Bridge School is ready, with its neighbors.")
