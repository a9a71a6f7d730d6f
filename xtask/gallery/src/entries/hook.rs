//! Entries that need a hook: registration and factor management. The real machines receive responses by the hook's
//! contract. Not here: rendering.

use super::load_failure;
use crate::dom_state::with_rules_met;
use crate::entry::{Entry, Shown};
use crate::fixture;
use anyhow::{Context as _, anyhow};
use okta_authn::{Password, Response};
use okta_replay::run::NOW;
use serde_json::{Value, json};
use sign_in_flow::hook::Hook;
use sign_in_flow::{Effect, Event, HookNotice, Intent, ManageFactors, ManageIntent, Notice, NoticeKind};
use sign_in_flow::{PhoneEntry, RegistrationIntent, SignInMachine, Ticket};

const HOOK: &str = "https://app.example/hook";

pub(crate) fn all() -> anyhow::Result<Vec<Entry>> {
    let mut entries = registration()?;
    entries.extend(factors()?);
    entries.push(load_failure::of_my_factors());
    entries.extend(notices()?);
    Ok(entries)
}

fn hook() -> anyhow::Result<Hook> {
    Hook::parse(HOOK).map_err(|error| anyhow!(error))
}

fn response_event(ticket: Option<Ticket>, status: u16, body: Value) -> anyhow::Result<Event> {
    let ticket = ticket.context("no request was made")?;
    Ok(Event::Replied {
        ticket,
        outcome: Ok(Response { status, body: serde_json::from_value(body)?, retry_at: None, date: None }),
    })
}

fn request_ticket(effects: Vec<Effect>) -> Option<Ticket> {
    effects.into_iter().rev().find_map(|effect| match effect {
        Effect::Send { ticket, .. } => Some(ticket),
        _ => None,
    })
}

fn registration() -> anyhow::Result<Vec<Entry>> {
    let mut settings = fixture::config()?.settings;
    settings.hook = Some(hook()?);
    let mut machine = SignInMachine::new(settings, None);
    machine.handle(Event::Begin { remembered: None }, NOW);
    let mut entries = vec![Entry::of("start with registration", &machine)];
    let open = Intent::Registration(RegistrationIntent::Open { username: "bruce@acme.example".to_owned() });
    let ticket = request_ticket(machine.handle(Event::User(open), NOW));
    entries.push(Entry::of("registration, loading", &machine));
    machine.handle(response_event(ticket, 200, form())?, NOW);
    let ready = Entry::of("registration", &machine);
    entries.push(ready.changed("typed", |html| with_rules_met(html, 2))?);
    entries.push(ready);
    let typed = ["firstName", "lastName", "email"].map(|name| (name.to_owned(), "x".to_owned()));
    let send = RegistrationIntent::Submit {
        values: typed.to_vec(),
        phone: PhoneEntry::of("+1"),
        password: Password::new("x"),
    };
    let ticket = request_ticket(machine.handle(Event::User(Intent::Registration(send)), NOW));
    entries.push(Entry::of("registration, busy", &machine));
    let wrong = |field: &str, code: &str| json!({"field": field, "code": code});
    let errors = [wrong("email", "taken"), wrong("mobilePhone", "invalid"), wrong("password", "password_policy")];
    let problem = json!({"code": "invalid_fields", "requestId": "7f3a", "errors": errors});
    machine.handle(response_event(ticket, 400, problem)?, NOW);
    entries.push(Entry::of("registration, refused", &machine));
    Ok(entries)
}

fn form() -> Value {
    let field = |name: &str, kind: &str, required: bool| json!({"name": name, "type": kind, "required": required});
    let fields = [
        field("firstName", "text", true),
        field("lastName", "text", true),
        field("mobilePhone", "tel", false),
        field("email", "email", true),
        field("login", "text", false),
        json!({"name": "employer", "label": "The company or organization that you work for", "type": "text"}),
        field("password", "password", true),
    ];
    let rules = json!({"minLength": 8, "minLowerCase": 1, "minUpperCase": 1, "minNumber": 1, "excludeUsername": true});
    json!({"fields": fields, "password": rules, "challenge": null})
}

/// The factor management machine, and the ticket of its pending request.
struct Harness {
    machine: ManageFactors,
    ticket: Option<Ticket>,
}

impl Harness {
    fn start() -> anyhow::Result<Self> {
        let mut machine = ManageFactors::new(hook()?, Some("https://app.example/".to_owned()));
        let ticket = request_ticket(machine.handle(Event::Begin { remembered: None }, NOW));
        Ok(Self { machine, ticket })
    }

    fn with_factors(factors: &[Value]) -> anyhow::Result<Self> {
        Self::start()?.respond(200, json!({ "factors": factors }))
    }

    fn respond(mut self, status: u16, body: Value) -> anyhow::Result<Self> {
        let event = response_event(self.ticket, status, body)?;
        self.ticket = request_ticket(self.machine.handle(event, NOW));
        Ok(self)
    }

    fn intent(mut self, intent: Intent) -> Self {
        self.ticket = request_ticket(self.machine.handle(Event::User(intent), NOW));
        self
    }

    fn entry(&self, name: &str) -> Entry {
        Entry::of(["own factors, ", name].concat(), &self.machine)
    }
}

fn factor(id: &str, kind: (&str, &str), status: &str, profile: &Value) -> Value {
    json!({"id": id, "factorType": kind.0, "provider": kind.1, "status": status, "profile": profile})
}

const APP: (&str, &str) = ("token:software:totp", "GOOGLE");
/// An image in place of a QR code.
const QRCODE: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==";
const SMS: (&str, &str) = ("sms", "OKTA");

fn all_kinds() -> Vec<Value> {
    let question = json!({"questionText": "What is the name of your first stuffed animal?"});
    vec![
        factor("1", SMS, "ACTIVE", &json!({"phoneNumber": "+1 XXX-XXX-4259"})),
        factor("2", APP, "ACTIVE", &json!({"credentialId": "bruce@acme.example"})),
        factor("3", ("question", "OKTA"), "ACTIVE", &question),
        factor("4", ("push", "OKTA"), "ACTIVE", &json!({})),
        factor(
            "5",
            ("webauthn", "FIDO"),
            "ACTIVE",
            &json!({"authenticatorName": "Bruce's blue key", "credentialId": "AQID"}),
        ),
        factor("6", ("email", "OKTA"), "PENDING_ACTIVATION", &json!({"email": "b...e@acme.example"})),
        factor("7", ("token:hotp", "CUSTOM"), "ACTIVE", &json!({})),
    ]
}

fn catalog() -> Value {
    let kinds = [SMS, ("call", "OKTA"), ("email", "OKTA"), ("question", "OKTA"), APP, ("webauthn", "FIDO")];
    let offers =
        kinds.map(|(kind, provider)| json!({"factorType": kind, "provider": provider, "enrollment": "OPTIONAL"}));
    json!({ "factors": offers })
}

fn choosing() -> anyhow::Result<Harness> {
    Harness::with_factors(&[])?.intent(Intent::Manage(ManageIntent::Add)).respond(200, catalog())
}

fn factors() -> anyhow::Result<Vec<Entry>> {
    let list = || Harness::with_factors(&all_kinds());
    let test = |place| Intent::Manage(ManageIntent::Test(place));
    let removing = list()?.intent(Intent::Manage(ManageIntent::Remove(0)));
    let mut entries = vec![
        Harness::start()?.entry("loading"),
        Harness::start()?.respond(401, json!({"code": "not_signed_in"}))?.entry("not signed in"),
        Harness::start()?.respond(501, json!({"code": "session_not_supported"}))?.entry("not supported"),
        Harness::with_factors(&[])?.entry("none"),
        list()?.entry("all kinds"),
        choosing()?.entry("to add"),
        Harness::with_factors(&[])?
            .intent(Intent::Manage(ManageIntent::Add))
            .respond(200, json!({"factors": []}))?
            .entry("nothing to add"),
        choosing()?.intent(Intent::Enroll(1)).entry("a call"),
        choosing()?.intent(Intent::Enroll(2)).entry("an email"),
        list()?.intent(test(0)).respond(200, json!({"result": "CHALLENGE"}))?.entry("a code was sent"),
        list()?.intent(test(1)).entry("the code of an app"),
        list()?.intent(test(2)).entry("the answer to a question"),
        list()?.intent(test(3)).respond(200, json!({"result": "WAITING", "transactionId": "t"}))?.entry("a push"),
        removing.entry("to be removed"),
    ];
    let vouching = removing
        .intent(Intent::Manage(ManageIntent::ConfirmRemoval))
        .respond(403, json!({"code": "fresh_proof_required"}))?;
    entries.push(vouching.entry("reauthentication"));
    let mut offers = catalog();
    offers.as_object_mut().context("a catalog is an object")?.insert("proofRequired".to_owned(), true.into());
    let adding = Harness::with_factors(&[])?.intent(Intent::Manage(ManageIntent::Add)).respond(200, offers)?;
    entries.push(adding.entry("reauthentication by password"));
    let questions =
        json!({"questions": [{"question": "toy", "questionText": "What is the name of your first stuffed animal?"}]});
    entries.push(choosing()?.intent(Intent::Enroll(3)).respond(200, questions)?.entry("a question"));
    let account = json!({"credentialId": "bruce@acme.example"});
    let activation = json!({"sharedSecret": "KRUGKIDROVUWG2ZA", "qrCode": QRCODE, "timeStep": 30, "keyLength": 6});
    let mut app = factor("8", APP, "PENDING_ACTIVATION", &account);
    app.as_object_mut().context("a factor is an object")?.insert("activation".to_owned(), activation);
    entries.push(choosing()?.intent(Intent::Enroll(4)).respond(201, app)?.entry("an app"));
    entries.push(
        Harness::with_factors(&all_kinds())?.intent(Intent::Manage(ManageIntent::Finish(5))).entry("to be finished"),
    );
    let left = [factor("9", APP, "PENDING_ACTIVATION", &json!({}))];
    entries.push(
        Harness::with_factors(&left)?.intent(Intent::Manage(ManageIntent::Finish(0))).entry("an app to be finished"),
    );
    let missing = choosing()?.intent(Intent::Enroll(0)).intent(Intent::EnrollPhone(PhoneEntry::default()));
    entries.push(missing.entry("a number is missing"));
    Ok(entries)
}

/// Notices above the list.
fn notices() -> anyhow::Result<Vec<Entry>> {
    use HookNotice as N;
    let list = Harness::with_factors(&all_kinds())?;
    let kinds = [
        N::NotAccepted,
        N::PageRefused(None),
        N::ChallengeFailed,
        N::PhoneNotEnrolled,
        N::WrongPassword,
        N::NotPermitted,
        N::AlreadySetUp,
        N::FactorGone,
        N::FactorAdded,
        N::FactorWorks,
        N::FactorRemoved,
    ];
    Ok(kinds
        .into_iter()
        .map(|kind| {
            let name = format!("hook {kind:?}");
            let mut shown = Shown::from(&list.machine);
            shown.screen.notice = Some(Notice::of(NoticeKind::Hook(kind)));
            shown.screen.notice_id = 1;
            Entry::of(name, shown)
        })
        .collect())
}
