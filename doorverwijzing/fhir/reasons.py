"""Why something was kept aside or refused: a code for machines, a sentence for people."""

from django.utils.translation import gettext_lazy as _

WHY = {
    "no_task": _("No Task says who has this request and how far it is."),
    "several_tasks": _("More than one Task is about this request; which one counts is not said."),
    "not_an_order": _("The Task does not ask to do what was requested."),
    "only_a_plan": _("The request is a plan or a proposal, or says what should not be done."),
    "changes_meaning": _("Something in it changes the meaning of the rest, and we do not know how."),
    "two_of_one_name": _("Two different resources have the same name; which one counts is not said."),
    "another_person": _("Task, request and consent are not about the same person."),
    "no_consent": _("There is no consent with this request."),
    "consent_not_active": _("The consent is not active."),
    "consent_not_disclosure": _("The consent is not about passing on information."),
    "consent_ended": _("The consent has ended."),
    "consent_not_begun": _("The consent has not begun yet."),
    "consent_for_another": _("The consent does not name this receiver."),
    "consent_without_day": _("The consent does not say when it was given."),
    "consent_without_form": _("The consent does not say how it was given."),
    "without_yes": _("It was shared elsewhere without a yes of the person; that is not taken over."),
    "question_not_agreed": _("The consent does not cover the question itself."),
    "no_service": _("The service that is asked is not one of ours; name it with --service."),
    "another_receiver": _("The Task is with another organization than the one of the service."),
    "no_sender": _("It does not say which organization asks."),
    "receiver_cannot": _("The receiving organization does not take questions here."),
    "unknown_status": _("The status of the Task or the request is not one that we know."),
    "nothing_to_do": _("The receiver has nothing to do in this state."),
    "no_question": _("It does not say what is asked."),
    "no_name": _("The request has no identifier, so it could be taken twice; name the source with --source."),
    "ours": _("This question left from here; only its answer is read. Nothing else of it is kept again."),
    "cannot_follow": _("This answer cannot follow on what happened here; nothing was changed. Call the receiver."),
    "yes_is_ours": _("The yes to this question is kept here; take it back on its page. Nothing was changed."),
    "contact_not_said": _("It does not say when and how someone spoke with the person, so it counts as accepted."),
    "unknown_answer": _("We do not know this code or this service, so that part of the answer was left out."),
    "service_by_name": _("The service that is proposed is not on our map; only its name was kept."),
    "unknown_question": _("This is the answer to a question that did not leave from here. Nothing of it is kept."),
    "erased": _("This question was erased here; nothing of it is taken or kept again."),
    "unknown_resource": _("We have no place for this kind of resource."),
    "unknown_code": _("We do not know this code; it is kept with the question."),
    "not_agreed": _("The client did not say yes to this, so it was not kept."),
    "with_another": _("It belongs with what was kept aside."),
    "number": _("A national number was left out; it is never kept."),
    "named_by_number": _("It is named by a national number, so nothing of it is kept."),
}


class AsideError(Exception):
    """A request cannot be taken, for one of the reasons above. Nothing is written."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
