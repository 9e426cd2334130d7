"""Furnishing the room: the library page, who may write and publish in it, and the reading in between."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from leernetwerk.models import LibraryPage, ReadingTask
from organisaties.groups import COORDINATORS, LEARNING_EDITORS

SLUG = "leernetwerk"
WORKFLOW = "Leernetwerk: nalezen"
MAY = {
    LEARNING_EDITORS: ("add_page", "change_page"),
    COORDINATORS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}


@transaction.atomic
def prepare_library(parent: Page) -> LibraryPage:
    """Make the library under `parent` with its rights and its workflow. Safe to repeat; keeps what editors wrote."""
    library = LibraryPage.objects.first()
    if library is None:
        library = LibraryPage(
            title=gettext("How we do it"),
            slug=SLUG,
            intro=gettext("How colleagues in the region go about it. Short enough for while you work."),
            show_in_menus=True,
        )
        parent.add_child(instance=library)
        library.save_revision().publish()
    for name, codes in MAY.items():
        _allow(Group.objects.get_or_create(name=name)[0], library, codes)
    _assign_workflow(library)
    return library


def _allow(group: Group, library: LibraryPage, codes: tuple[str, ...]) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for code in codes:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=code)
        GroupPagePermission.objects.get_or_create(group=group, page_id=library.pk, permission=permission)


def _assign_workflow(library: LibraryPage) -> None:
    workflow, _new = Workflow.objects.get_or_create(name=WORKFLOW)
    task = ReadingTask.objects.filter(name=WORKFLOW).first() or ReadingTask.objects.create(name=WORKFLOW)
    task.groups.add(Group.objects.get(name=COORDINATORS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page_id=library.pk, defaults={"workflow": workflow})
