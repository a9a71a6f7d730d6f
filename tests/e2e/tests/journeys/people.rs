//! Who signs in: users of the emulated org's seed file, by what they have to prove. A user is told
//! from another one by that alone; no journey changes anyone for another, each has its own org.

/// A user of the seed file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
}

const fn person(login: &'static str, password: &'static str) -> Person {
    Person { login, password }
}

/// Has a password and nothing else.
pub(crate) const PASSWORD_ONLY: Person = person("ada.byron", "Analytical1843");

/// Has a phone, a security question and Google Authenticator, in this order, on a policy that
/// allows a device to be remembered.
pub(crate) const THREE_FACTORS: Person = person("jeff.beck", "xaxaxaxaxa");
pub(crate) const QUESTION: &str = "What is the name of your first stuffed animal?";
pub(crate) const ANSWER: &str = "Blue Bear";

/// Has a phone with an extension, and a mailbox.
pub(crate) const CALLED: Person = person("hedy.lamarr", "Spectrum1942");
/// Has Okta Verify: pushes, and its codes.
pub(crate) const PUSHED: Person = person("tim.lee", "Hypertext1989");
/// Has Okta Verify that shows three numbers.
pub(crate) const CHALLENGED: Person = person("margaret.hamilton", "Apollo1969");
/// Has Okta Verify that is too old.
pub(crate) const OUTDATED: Person = person("john.backus", "Fortran1957");
/// Has RSA (which wants a new PIN), a token on premises, Symantec VIP, a `YubiKey`, a counting token.
pub(crate) const TOKENS: Person = person("donald.knuth", "Volumes1968");
/// Has Duo, SAML, OIDC, a claims provider, and the password as a factor.
pub(crate) const ELSEWHERE: Person = person("ken.thompson", "Trusting1984");
/// Owes a text message, then Google Authenticator.
pub(crate) const TWO_IN_A_ROW: Person = person("leslie.lamport", "Paxos1989");
/// Gives no password: Okta Verify, or a mail.
pub(crate) const PASSWORDLESS: Person = person("whitfield.diffie", "Exchange1976");

/// Has to set up Google Authenticator first.
pub(crate) const NEWCOMER: Person = person("grace.hopper", "Nanoseconds1952");
/// Has to set up a question, and may set up more.
pub(crate) const SEVERAL: Person = person("alan.turing", "Bombe1940");
/// Is offered factors and may skip them.
pub(crate) const OFFERED: Person = person("katherine.johnson", "Trajectory1962");
/// Has to set up a security key, up to three; a phone is on file.
pub(crate) const KEYS: Person = person("edsger.dijkstra", "Shortest1959");
/// May set up every factor there is, and needs none.
pub(crate) const EVERYTHING: Person = person("barbara.liskov", "Substitute1987");
/// Has a week to set up Google Authenticator.
pub(crate) const IN_GRACE: Person = person("frances.allen", "Optimize1966");

/// Has a password that ends in 5 days.
pub(crate) const EXPIRING: Person = person("emmy.noether", "Symmetry1918");
/// Has one that has ended.
pub(crate) const EXPIRED: Person = person("lise.meitner", "Fission1938");
/// The same, under strict rules.
pub(crate) const STRICT: Person = person("sophie.wilson", "Acorn1985");
/// The same, under Active Directory's rule.
pub(crate) const DIRECTORY: Person = person("radia.perlman", "Spanning1985");
/// Has one that is kept by another site.
pub(crate) const KEPT_ELSEWHERE: Person = person("adele.goldberg", "Smalltalk1980");

/// Can recover by mail, text message and call, with a question.
pub(crate) const FORGETFUL: Person = person("mary.jackson", "Supersonic1958");
pub(crate) const FORGETFUL_QUESTION: &str = "Where did you work first?";
pub(crate) const FORGETFUL_ANSWER: &str = "Langley";
/// Is locked out, and can unlock in each way, with a question.
pub(crate) const LOCKED: Person = person("jean.bartik", "Eniac1946");
pub(crate) const LOCKED_QUESTION: &str = "Where did you study?";
pub(crate) const LOCKED_ANSWER: &str = "Maryville";
/// Is locked out, and can unlock by mail without a question.
pub(crate) const LOCKED_BY_MAIL: Person = person("dorothy.hodgkin", "Penicillin1945");
/// Is locked out for good.
pub(crate) const LOCKED_FOR_GOOD: Person = person("barbara.mcclintock", "Transposon1951");

/// Are new: without a password, and with one.
pub(crate) const NEW_WITHOUT_PASSWORD: Person = person("evelyn.boyd", "");
pub(crate) const NEW_WITH_PASSWORD: Person = person("annie.easley", "Centaur1963");

/// Are asked for consent: at all, scope by scope, for everybody.
pub(crate) const CONSENTS: Person = person("vint.cerf", "Packets1974");
pub(crate) const CONSENTS_PARTLY: Person = person("bob.kahn", "Gateway1974");
pub(crate) const CONSENTS_FOR_ALL: Person = person("elizabeth.feinler", "Hosts1972");
/// Has to wait for the org.
pub(crate) const WAITS: Person = person("ray.tomlinson", "AtSign1971");
/// Is denied as if the password were wrong, and openly.
pub(crate) const DENIED: Person = person("rosalind.franklin", "Photo51Helix");
pub(crate) const DENIED_OPENLY: Person = person("chien-shiung.wu", "Parity1956");
