//! The transaction after user name and password: owns the transaction machine. It belongs to the second part of the
//! program. Not here: a decision of its own.

use super::RcEq;
use super::host::Host;
use super::props::PageParts;
use super::regions::transaction_asks_for_phone;
use crate::config::{ConfigError, Page, tokens};
use crate::effects::{self, BackEntry, BrowserPage, DeviceRuntime, Emit, PageCode, PageTitle, Runtime, TabUsername};
use crate::text::{Text, notice};
use crate::views::{self, NoticeText, ViewOptions};
use js_sys::Function;
use okta_authn::wire::Value;
use sign_in_flow::effect::DeviceEffect;
use sign_in_flow::hook::Form;
use sign_in_flow::tokens::{TokenAction, TokenStorage};
use sign_in_flow::{
    Apart, Effect, Event, Handoff, Intent, Settings, SignInEvent, SignInResult, TransactionMachine, TransactionStep,
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
    /// How the sign-in ends, once the browser is back on the page's own entry of its history.
    ending: Option<Effect>,
    /// Where the page keeps its tokens.
    storage: TokenStorage,
    /// The script that is told of tokens, in place of `on_success`.
    script: Option<Function>,
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
                Some(effect) => self.runtime.run(effect),
                None => {}
            }
        }
        self.prepare_phone();
    }

    /// The last effect of a sign-in. Only this part of the program knows what tokens are in JavaScript.
    fn end(&mut self, effect: Effect) {
        match (effect, &self.script) {
            (Effect::Complete(SignInResult::Tokens(result)), Some(script)) => {
                effects::tell_tokens(script, &result, self.storage);
            }
            (effect, _) => self.runtime.run(effect),
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
        } = ctx.props();
        let (emit, on_success) = (ctx.link().callback(|event: Event| event), on_success.clone());
        let emit: Emit = Rc::new(move |event| emit.emit(event));
        if let Some(page) = page {
            page.0.listens(&emit);
        }
        let script = page.as_ref().and_then(|page| page.0.script.clone());
        let page_code = page.as_ref().and_then(|page| page.0.code.clone());
        let settings = page_code.as_ref().map_or_else(|| settings.0.clone(), |code| with_form(&settings.0, code));
        let given = page.as_ref().and_then(|page| page.0.tokens.as_ref());
        let settings = given.map_or_else(|| settings.clone(), |given| with_tokens(&settings, given));
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
            device: DeviceRuntime::new(id, emit, page_code),
            host: Host::new(id, *text, *options, dispatch, NoticeText(notice), &screen, title.clone()),
            on_return: on_return.clone(),
            username,
            back: None,
            ending: None,
            storage,
            script,
        };
        // The entry gets the page's address, and the page keeps it: an answer for tokens is in neither.
        let (answer, effects) = effects.unwrap_or_default().into_iter().partition(takes_answer);
        root.run(answer);
        if *browser_back {
            root.back = BackEntry::add(move || on_back.emit(Intent::BrowserBack));
        }
        root.run(effects);
        root
    }

    fn update(&mut self, _ctx: &Context<Self>, event: Event) -> bool {
        self.host.before_update();
        let went_back = matches!(event, Event::User(Intent::BrowserBack));
        if went_back && let Some(ending) = self.ending.take() {
            self.end(ending);
            return false;
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

/// The settings with the app that gets tokens. A mistake is reported to the developer, and the person is told that the page
/// is not set up.
fn with_tokens(settings: &Settings, given: &JsValue) -> Rc<Settings> {
    let given = effects::json::from_js(given).unwrap_or(Value::Null);
    let tokens = tokens::parse(&given, &BrowserPage::default().url(), &settings.org);
    let tokens = tokens.map_err(|mistake| effects::report(&mistake)).ok().map(Apart::new);
    Rc::new(Settings { tokens, ..settings.clone() })
}
