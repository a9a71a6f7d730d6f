//! Tells the page's own code what happens, as effects. Not here: the events themselves (`sign_in_event`).

use crate::core::Core;
use crate::effect::Effect;
use crate::sign_in_event::{Failure, RETURNED, SignInEvent, Summary};

impl Core {
    /// Tells about a failure at the present step.
    pub(crate) fn failed(&mut self, failure: Failure) {
        let step = self.step_name;
        self.effect(Effect::Tell(SignInEvent::Error(Failure { step, ..failure })));
    }

    /// Tells that the person, or the page, has ended the sign-in.
    pub(crate) fn cancelled(&mut self) {
        self.effect(Effect::Tell(SignInEvent::Cancel { step: self.step_name }));
    }

    /// After every event: tells about a new step, of this name.
    pub(crate) fn tell_step(&mut self, name: &'static str) {
        self.step_name = name;
        if std::mem::replace(&mut self.is_step_told, true) || name == RETURNED {
            return;
        }
        let transaction = self.screen.transaction.as_ref();
        let status = transaction.map(|transaction| transaction.status.as_str().to_owned());
        let user = transaction.and_then(|transaction| transaction.user.clone());
        self.effect(Effect::Tell(SignInEvent::Step(Summary { status, step: name, user })));
    }
}
