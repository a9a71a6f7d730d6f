//! The transaction after user name and password: owns the transaction machine. It belongs to the second part of the
//! program. Not here: a decision of its own.

use super::RcEq;
use super::host::Host;
use super::lazy_tokens::{load_tokens, tokens};
use super::props::PageParts;
use super::regions::transaction_asks_for_phone;
use super::root::Mounted;
use crate::config::ConfigError;
use crate::effects::{self, BackEntry, DeviceRuntime, Emit, PageCode, PageTitle, Runtime, TabUsername, TokensPart};
use crate::text::{Text, notice};
use crate::views::{self, NoticeText, ViewOptions};
use js_sys::Function;
use okta_authn::Org;
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::hook::Form;
use sign_in_flow::ticket::Ticket;
use sign_in_flow::tokens::{TokenAction, TokenFailure, TokenStorage};
use sign_in_flow::{
    Effect, Event, Handoff, Intent, Settings, SignInEvent, SignInResult, TransactionMachine, TransactionStep,
};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Props of [`Transaction`].
#[derive(Properties, PartialEq)]
pub(super) struct TransactionProps {
    pub(super) settings: RcEq<Settings>,
    /// Taken once.
    pub(super) handoff: RcEq<Cell<Option<Handoff>>>,
    pub(super) options: ViewOptions,
    pub(super) title: Option<Rc<PageTitle>>,
    /// Whether the browser's Back leads to the step before.
    pub(super) browser_back: bool,
    pub(super) id: AttrValue,
    pub(super) text: Text,
    pub(super) on_success: Callback<SignInResult>,
    pub(super) tell: RcEq<dyn Fn(SignInEvent) -> bool>,
    pub(super) on_return: Callback<Returned>,
    pub(super) page: Option<RcEq<PageParts>>,
    pub(super) mounted: Mounted,
}

/// How the start machine continues, with the text for any notice that this leads to.
pub struct Returned {
    pub(super) event: Event,
    pub(super) notice_text: NoticeText,
}

/// The transaction.
pub(super) struct Transaction {
    machine: Option<TransactionMachine>,
    runtime: Runtime,
    device: DeviceRuntime,
    host: Host,
    on_return: Callback<Returned>,
    /// Dropped when the sign-in ends.
    username: Option<TabUsername>,
    back: Option<BackEntry>,
    /// Is told of the browser's Back, where an entry for it is still to be added.
    on_back: Option<Callback<Intent>>,
    /// How the sign-in ends, once the browser is back on the page's own entry of its history.
    ending: Option<Effect>,
    /// Where the page keeps its tokens.
    storage: TokenStorage,
    /// The script that is told of tokens, in place of `on_success`.
    script: Option<Function>,
    /// The app that gets tokens, as the page describes it, and the org.
    app: (Option<JsValue>, Org),
    emit: Emit,
}

impl Transaction {
    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match self.device.run(effect) {
                Some(Effect::ReturnToStart(returned)) => {
                    if let Some(back) = &self.back {
                        back.leave();
                    }
                    let (event, notice_text) = (Event::Returned(returned), NoticeText(notice));
                    self.on_return.emit(Returned { event, notice_text });
                }
                Some(effect @ (Effect::Navigate(_) | Effect::Complete(_))) => {
                    self.username = None;
                    // The page that follows takes the place of the page's own entry.
                    if self.back.as_ref().is_some_and(BackEntry::leave) {
                        self.ending = Some(effect);
                    } else {
                        self.end(effect);
                    }
                }
                Some(Effect::Device(effect)) => {
                    if let DeviceEffect::LoadTokens { ticket } = *effect {
                        self.load_tokens(ticket);
                    }
                }
                Some(effect) => self.runtime.run(effect),
                None => {}
            }
        }
        self.prepare_phone();
    }

    /// Loads the third part of the program, and has it read what the page says of its app.
    fn load_tokens(&self, ticket: Ticket) {
        let (emit, (given, org)) = (self.emit.clone(), self.app.clone());
        load_tokens(move |loaded| {
            let loaded = if loaded { tokens() } else { None };
            let read = |part: &TokensPart| (part.read)(given.as_ref()?, &org);
            let loaded = match loaded.map(read) {
                None => Err(TokenFailure::Unavailable),
                Some(app) => app.ok_or(TokenFailure::Misconfigured),
            };
            emit(Event::TokensLoaded { ticket, loaded });
        });
    }

    /// The entry gets the page's address, and the page keeps it: an answer for tokens is in neither.
    fn add_back_entry(&mut self) {
        if self.machine.as_ref().is_some_and(TransactionMachine::waits_to_take_answer) {
            return;
        }
        if let Some(on_back) = self.on_back.take() {
            self.back = BackEntry::add(move || on_back.emit(Intent::BrowserBack));
        }
    }

    /// The last effect of a sign-in. Only the third part of the program knows what tokens are in JavaScript.
    fn end(&mut self, effect: Effect) {
        match (effect, &self.script, tokens()) {
            (Effect::Complete(SignInResult::Tokens(result)), Some(script), Some(part)) => {
                (part.tell)(script, &result, self.storage);
            }
            (effect, ..) => self.runtime.run(effect),
        }
    }

    fn prepare_phone(&mut self) {
        let asks = self.machine.as_ref().is_some_and(|machine| transaction_asks_for_phone(machine.step()));
        self.host.widget.prepare_phone(asks, &self.runtime);
    }
}

impl Component for Transaction {
    type Message = Event;
    type Properties = TransactionProps;

    fn create(ctx: &Context<Self>) -> Self {
        let TransactionProps {
            settings,
            handoff,
            options,
            title,
            browser_back,
            id,
            text,
            on_success,
            tell,
            on_return,
            page,
            mounted: _,
        } = ctx.props();
        let (emit, on_success) = (ctx.link().callback(|event: Event| event), on_success.clone());
        let emit: Emit = Rc::new(move |event| emit.emit(event));
        if let Some(page) = page {
            page.0.listens(&emit);
        }
        let script = page.as_ref().and_then(|page| page.0.script.clone());
        let page_code = page.as_ref().and_then(|page| page.0.code.clone());
        let settings = page_code.as_ref().map_or_else(|| settings.0.clone(), |code| with_form(&settings.0, code));
        let given = page.as_ref().and_then(|page| page.0.tokens.clone());
        // Meanwhile the person answers for a factor.
        if given.is_some() {
            load_tokens(|_| {});
        }
        let storage = settings.tokens.as_ref().map(|tokens| tokens.storage).unwrap_or_default();
        let handoff = handoff.0.take();
        let org = settings.org.origin();
        let username = handoff.as_ref().and_then(|handoff| TabUsername::keep(org, &handoff.username));
        let begun = handoff.map(|handoff| TransactionMachine::new(settings.clone(), handoff, effects::now()));
        let (machine, effects) = begun.unzip();
        let screen = machine.as_ref().map(|machine: &TransactionMachine| machine.screen().clone()).unwrap_or_default();
        let dispatch = ctx.link().callback(|intent: Intent| Event::User(intent));
        let on_back = dispatch.clone();
        let mut root = Self {
            machine,
            runtime: Runtime::new(
                org,
                text.language(),
                emit.clone(),
                Rc::new(move |result| on_success.emit(result)),
                tell.0.clone(),
                script.clone(),
            ),
            device: DeviceRuntime::new(id, emit.clone(), page_code, tokens),
            host: Host::new(id, *text, *options, dispatch, NoticeText(notice), &screen, title.clone()),
            on_return: on_return.clone(),
            username,
            back: None,
            on_back: browser_back.then_some(on_back),
            ending: None,
            storage,
            script,
            app: (given, settings.org.clone()),
            emit,
        };
        let (answer, effects) = effects.unwrap_or_default().into_iter().partition(takes_answer);
        root.run(answer);
        root.add_back_entry();
        root.run(effects);
        root
    }

    fn update(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        if !ctx.props().mounted.get() {
            return false;
        }
        self.host.before_update();
        let went_back = matches!(event, Event::User(Intent::BrowserBack));
        if went_back && let Some(ending) = self.ending.take() {
            self.end(ending);
            return false;
        }
        if let Event::TokensLoaded { loaded: Ok(app), .. } = &event {
            self.storage = app.storage;
        }
        let Some(machine) = &mut self.machine else { return false };
        let before = machine.screen().version();
        let effects = machine.handle(event, effects::now());
        let changed = machine.screen().version() != before;
        let is_over = matches!(machine.step(), TransactionStep::Returned);
        if let Some(back) = self.back.as_ref().filter(|_| went_back && !is_over) {
            back.add_again();
        }
        self.run(effects);
        if !is_over {
            self.add_back_entry();
        }
        changed
    }

    fn changed(&mut self, ctx: &Context<Self>, _before: &Self::Properties) -> bool {
        self.host.widget.set_text(ctx.props().text);
        self.runtime.set_language(ctx.props().text.language());
        self.prepare_phone();
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let step = self
            .machine
            .as_ref()
            .map(|machine| views::transaction::view(&self.host.widget, machine.screen(), machine.step()));
        self.host.view(step.unwrap_or_default())
    }

    fn rendered(&mut self, _ctx: &Context<Self>, first_render: bool) {
        if let Some(machine) = &self.machine {
            self.host.rendered(machine.screen(), true, first_render);
        }
        if first_render {
            self.runtime.listen();
        }
    }
}

/// Whether it takes an answer for tokens out of the page's address.
fn takes_answer(effect: &Effect) -> bool {
    let Effect::Device(device) = effect else { return false };
    matches!(&**device, DeviceEffect::Tokens { action, .. } if matches!(**action, TokenAction::TakeAnswer))
}

/// The settings with the registration form of the page's own code. A form that cannot be read is reported to the
/// developer, and the default one is shown.
fn with_form(settings: &Settings, code: &PageCode) -> Rc<Settings> {
    let form = code.form().unwrap_or_else(|error| {
        effects::report(&ConfigError::new("registration", &error.to_string()));
        Form::default()
    });
    Rc::new(Settings { page_form: Some(Rc::new(form)), ..settings.clone() })
}
