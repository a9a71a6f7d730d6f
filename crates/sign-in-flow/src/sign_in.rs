//! The start machine and the transaction machine, joined: for programs that load nothing later, such as native tools
//! and tests. Not here: any decision of its own.

use crate::discovery;
use crate::effect::Effect;
use crate::event::Event;
use crate::handoff::HandoffTo;
use crate::screen::Screen;
use crate::settings::Settings;
use crate::start::{StartMachine, StartStep};
use crate::ticket::Purpose;
use crate::transaction::{TransactionMachine, TransactionStep};
use okta_authn::Millis;
use std::rc::Rc;

/// A whole sign-in. See [`StartMachine::handle`] and [`TransactionMachine::handle`] for what it decides.
#[derive(Debug)]
pub struct SignInMachine {
    settings: Rc<Settings>,
    start: StartMachine,
    transaction: Option<TransactionMachine>,
}

/// The step of either machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// Of the start machine.
    Start(&'a StartStep),
    /// Of the transaction machine.
    Transaction(&'a TransactionStep),
}

impl SignInMachine {
    /// A machine that waits for [`Event::Begin`]. `remembered` is the user name from last time.
    pub fn new(settings: Settings, remembered: Option<String>) -> Self {
        let settings = Rc::new(settings);
        Self { start: StartMachine::new(settings.clone(), remembered), transaction: None, settings }
    }

    /// What all steps share.
    pub fn screen(&self) -> &Screen {
        self.transaction.as_ref().map_or(self.start.screen(), TransactionMachine::screen)
    }

    /// The present step.
    pub fn step(&self) -> Step<'_> {
        match &self.transaction {
            Some(machine) => Step::Transaction(machine.step()),
            None => Step::Start(self.start.step()),
        }
    }

    /// Takes one event at the time `now`, and returns what must be done, in order.
    pub fn handle(&mut self, event: Event, now: Millis) -> Vec<Effect> {
        let event = match event {
            Event::Replied { ticket, outcome } if ticket.purpose == Purpose::Discovery => {
                discovery::answered(&self.settings, ticket, outcome)
            }
            event => event,
        };
        let effects = match &mut self.transaction {
            Some(machine) => machine.handle(event, now),
            None => self.start.handle(event, now),
        };
        self.join(effects, now)
    }

    /// Lets the next machine continue where one has completed.
    fn join(&mut self, effects: Vec<Effect>, now: Millis) -> Vec<Effect> {
        let mut joined = Vec::with_capacity(effects.len());
        for effect in effects {
            match effect {
                Effect::HandOff(handoff) if matches!(handoff.to, HandoffTo::Discovery(_)) => {
                    joined.push(discovery::ask(&self.settings, &handoff, &handoff.username, None));
                }
                Effect::HandOff(handoff) => {
                    let (mut machine, begun) = TransactionMachine::new(self.settings.clone(), *handoff, now);
                    machine.core.screen.continue_after(self.start.screen());
                    self.transaction = Some(machine);
                    joined.extend(self.join(begun, now));
                }
                Effect::ReturnToStart(returned) => {
                    let ended = self.transaction.take();
                    joined.extend(self.start.handle(Event::Returned(returned), now));
                    if let Some(ended) = ended {
                        self.start.core.screen.continue_after(ended.screen());
                    }
                }
                other => joined.push(other),
            }
        }
        joined
    }
}
