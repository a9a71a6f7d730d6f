//! Users of the emulator's seed file, by what their sign-in requires. Each journey has its own org, so changes to a
//! user affect no other journey.

/// A user of the seed file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct User {
    pub(crate) login: &'static str,
    pub(crate) password: &'static str,
}

const fn user(login: &'static str, password: &'static str) -> User {
    User { login, password }
}

/// Password only.
pub(crate) const PASSWORD_ONLY: User = user("ada.byron", "Analytical1843");

/// SMS, security question and Google Authenticator, in this order; the policy allows remembered devices.
pub(crate) const THREE_FACTORS: User = user("jeff.beck", "xaxaxaxaxa");
pub(crate) const QUESTION: &str = "What is the name of your first stuffed animal?";
pub(crate) const ANSWER: &str = "Blue Bear";

/// A phone with an extension, and email.
pub(crate) const PHONE_AND_EMAIL: User = user("hedy.lamarr", "Spectrum1942");
/// Okta Verify: push and TOTP.
pub(crate) const OKTA_VERIFY: User = user("tim.lee", "Hypertext1989");
/// Okta Verify with number challenge.
pub(crate) const NUMBER_CHALLENGE: User = user("margaret.hamilton", "Apollo1969");
/// An outdated Okta Verify app.
pub(crate) const OUTDATED: User = user("john.backus", "Fortran1957");
/// RSA (requires a new PIN), on-premises token, Symantec VIP, YubiKey, HOTP token.
pub(crate) const HARDWARE_TOKENS: User = user("donald.knuth", "Volumes1968");
/// Duo, SAML, OIDC, claims provider, password as a factor.
pub(crate) const EXTERNAL_PROVIDERS: User = user("ken.thompson", "Trusting1984");
/// Factor sequence: SMS, then Google Authenticator.
pub(crate) const FACTOR_SEQUENCE: User = user("leslie.lamport", "Paxos1989");
/// Passwordless: Okta Verify or email.
pub(crate) const PASSWORDLESS: User = user("whitfield.diffie", "Exchange1976");

/// Must enroll Google Authenticator.
pub(crate) const MUST_ENROLL: User = user("grace.hopper", "Nanoseconds1952");
/// Must enroll a security question, and may enroll more.
pub(crate) const MUST_ENROLL_ONE_OF_SEVERAL: User = user("alan.turing", "Bombe1940");
/// May enroll factors, and may skip them.
pub(crate) const MAY_ENROLL: User = user("katherine.johnson", "Trajectory1962");
/// Must enroll a security key, up to three; a phone is on file.
pub(crate) const MUST_ENROLL_KEY: User = user("edsger.dijkstra", "Shortest1959");
/// May enroll every kind of factor; none is required.
pub(crate) const MAY_ENROLL_EVERYTHING: User = user("barbara.liskov", "Substitute1987");
/// Must enroll Google Authenticator within a week.
pub(crate) const IN_GRACE: User = user("frances.allen", "Optimize1966");

/// A password that expires in 5 days.
pub(crate) const EXPIRING: User = user("emmy.noether", "Symmetry1918");
/// An expired password.
pub(crate) const EXPIRED: User = user("lise.meitner", "Fission1938");
/// An expired password, with strict rules.
pub(crate) const STRICT: User = user("sophie.wilson", "Acorn1985");
/// An expired password, with Active Directory's rule.
pub(crate) const ACTIVE_DIRECTORY: User = user("radia.perlman", "Spanning1985");
/// A password that an external site manages.
pub(crate) const EXTERNAL_PASSWORD: User = user("adele.goldberg", "Smalltalk1980");

/// Can recover by email, SMS and voice call, with a security question.
pub(crate) const RECOVERS: User = user("mary.jackson", "Supersonic1958");
pub(crate) const RECOVERY_QUESTION: &str = "Where did you work first?";
pub(crate) const RECOVERY_ANSWER: &str = "Langley";
/// Locked out; can unlock in every way, with a security question.
pub(crate) const LOCKED: User = user("jean.bartik", "Eniac1946");
pub(crate) const LOCKED_QUESTION: &str = "Where did you study?";
pub(crate) const LOCKED_ANSWER: &str = "Maryville";
/// Locked out; can unlock by email without a question.
pub(crate) const LOCKED_EMAIL_ONLY: User = user("dorothy.hodgkin", "Penicillin1945");
/// Locked out; only an admin can unlock.
pub(crate) const LOCKED_ADMIN_ONLY: User = user("barbara.mcclintock", "Transposon1951");

/// New accounts: without a password, and with one.
pub(crate) const NEW_WITHOUT_PASSWORD: User = user("evelyn.boyd", "");
pub(crate) const NEW_WITH_PASSWORD: User = user("annie.easley", "Centaur1963");

/// Consent: all or nothing, scope by scope, by an admin for everyone.
pub(crate) const CONSENT: User = user("vint.cerf", "Packets1974");
pub(crate) const GRANULAR_CONSENT: User = user("bob.kahn", "Gateway1974");
pub(crate) const ADMIN_CONSENT: User = user("elizabeth.feinler", "Hosts1972");
/// Meets the state POLL.
pub(crate) const POLLS: User = user("ray.tomlinson", "AtSign1971");
/// Asked for more about herself.
pub(crate) const TELLS_MORE: User = user("evelyn.granville", "Orbits1956");
/// Denied with the error for a wrong password, and with an error of its own.
pub(crate) const DENIED: User = user("rosalind.franklin", "Photo51Helix");
pub(crate) const DENIED_OPENLY: User = user("chien-shiung.wu", "Parity1956");
