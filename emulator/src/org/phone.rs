//! Pushes and app enrollments that wait on phones, from sign-ins and from the management API.

use super::{
    Org,
    push::Push,
    transaction::{Awaited, ChallengeTarget, NewApp, State},
};
use crate::time::Timestamp;

impl Org {
    /// Open pushes: user id, factor id, push.
    pub(crate) fn pushes(&mut self, now: Timestamp) -> impl Iterator<Item = (&str, &str, &mut Push)> {
        let running = self.transactions.values_mut().filter(move |one| now < one.expires);
        let own = running.filter_map(|transaction| match (&transaction.who, &mut transaction.state) {
            (Some(user), State::MfaChallenge { target: ChallengeTarget::Factor(id), awaited: Awaited::Push(push) }) => {
                Some((user.as_str(), id.as_str(), push))
            }
            _ => None,
        });
        let sent = self.sent_pushes.values_mut().map(|one| (one.user.as_str(), one.factor.as_str(), &mut one.push));
        own.chain(sent)
    }

    /// Enrollments that wait for the app, with their user ids.
    pub(crate) fn new_apps(&mut self, now: Timestamp) -> impl Iterator<Item = (&str, &mut NewApp)> {
        let running = self.transactions.values_mut().filter(move |one| now < one.expires);
        let own = running.filter_map(|transaction| match (&transaction.who, &mut transaction.state) {
            (Some(user), State::MfaEnrollActivate(enrollment)) => Some((user.as_str(), &mut enrollment.awaited)),
            _ => None,
        });
        let begun = self.users.iter_mut().flat_map(|user| {
            let id = user.id.as_str();
            user.pending.iter_mut().map(move |enrollment| (id, &mut enrollment.awaited))
        });
        own.chain(begun).filter_map(move |(user, awaited)| match awaited {
            Awaited::NewApp(app) if now < app.expires => Some((user, app)),
            _ => None,
        })
    }
}
