//! What waits on people's phones, whoever asked for it: a sign-in, or an admin's program.

use super::{
    Org,
    push::Push,
    transaction::{Asked, Awaited, NewApp, State},
};
use crate::time::Moment;

impl Org {
    /// Requests on their way to a phone: user, factor, request.
    pub(crate) fn pushes(&mut self, now: Moment) -> impl Iterator<Item = (&str, &str, &mut Push)> {
        let running = self.transactions.values_mut().filter(move |one| now < one.expires);
        let own = running.filter_map(|transaction| match (&transaction.who, &mut transaction.state) {
            (Some(user), State::MfaChallenge { asked: Asked::Factor(id), awaited: Awaited::Push(push) }) => {
                Some((user.as_str(), id.as_str(), push))
            }
            _ => None,
        });
        let sent = self.sent_pushes.values_mut().map(|one| (one.user.as_str(), one.factor.as_str(), &mut one.push));
        own.chain(sent)
    }

    /// Apps that wait to be set up, with their users.
    pub(crate) fn new_apps(&mut self, now: Moment) -> impl Iterator<Item = (&str, &mut NewApp)> {
        let running = self.transactions.values_mut().filter(move |one| now < one.expires);
        let own = running.filter_map(|transaction| match (&transaction.who, &mut transaction.state) {
            (Some(user), State::MfaEnrollActivate(enrolment)) => Some((user.as_str(), &mut enrolment.awaited)),
            _ => None,
        });
        let begun = self.users.iter_mut().flat_map(|user| {
            let id = user.id.as_str();
            user.pending.iter_mut().map(move |enrolment| (id, &mut enrolment.awaited))
        });
        own.chain(begun).filter_map(move |(user, awaited)| match awaited {
            Awaited::NewApp(app) if now < app.expires => Some((user, app)),
            _ => None,
        })
    }
}
