//! Who signs in: users of the emulated org's seed file, by what they have to prove. A user is told
//! from another one by that alone; no journey changes anyone for another, each has its own org.

/// A user of the seed file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
}

/// Has a password and nothing else.
pub(crate) const PASSWORD_ONLY: Person = Person { login: "ada.byron", password: "Analytical1843" };

/// Has a phone, a security question and Google Authenticator, in this order, on a policy that
/// allows a device to be remembered.
pub(crate) const THREE_FACTORS: Person = Person { login: "jeff.beck", password: "xaxaxaxaxa" };
pub(crate) const QUESTION: &str = "What is the name of your first stuffed animal?";
pub(crate) const ANSWER: &str = "Blue Bear";

/// Has to set up Google Authenticator first.
pub(crate) const NEWCOMER: Person = Person { login: "grace.hopper", password: "Nanoseconds1952" };
