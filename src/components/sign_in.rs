//! The sign-in widget: owns the start machine, and lets the transaction component continue where that completes. Not
//! here: a decision of its own.

use super::RcEq;
use super::host::Host;
use super::lazy;
use super::props::{SignInProps, telling_callback};
use super::transaction::{Returned, TransactionProps};
use crate::config::Config;
use crate::constants::STATIC_ATTRIBUTE;
use crate::effects::{self, Emit, PageTitle, Question, Runtime, Tell};
use crate::text::start_notice;
use crate::views::{self, NoticeText, ViewOptions};
use sign_in_flow::{Effect, Event, Handoff, HandoffTo, Intent, Settings, StartMachine};
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use yew::html::Scope;
use yew::prelude::*;

/// The sign-in widget.
pub struct SignIn {
    settings: Rc<Settings>,
    machine: StartMachine,
    runtime: Runtime,
    emit: Emit,
    tell: Tell,
    host: Host,
    /// What the static form shows that is being hydrated, where the machine has gone on already.
    hydrating: Option<Box<StartMachine>>,
    /// What is handed off as soon as the second part of the program is loaded.
    pending: Option<Box<Handoff>>,
    /// The question which identity provider the user name belongs to; dropping it ends it.
    question: Option<Box<dyn Any>>,
    /// What the transaction component continues with.
    transaction: Option<RcEq<Cell<Option<Handoff>>>>,
}

/// What can happen to [`SignIn`].
pub enum Msg {
    /// Something for the machine.
    Event(Event),
    /// The second part of the program was loaded, or could not be.
    Loaded(bool),
    /// The transaction component has ended.
    #[doc(hidden)]
    Returned(Returned),
}

impl SignIn {
    fn handle(&mut self, event: Event, link: &Scope<Self>) {
        for effect in self.machine.handle(event, effects::now()) {
            match effect {
                Effect::HandOff(handoff) => self.hand_off(handoff, link),
                Effect::Abort => {
                    (self.pending, self.question) = (None, None);
                    self.runtime.run(Effect::Abort);
                }
                effect => self.runtime.run(effect),
            }
        }
    }

    fn hand_off(&mut self, handoff: Box<Handoff>, link: &Scope<Self>) {
        self.pending = Some(handoff);
        let texts = self.runtime.other_texts();
        if lazy::is_loaded() && texts.is_none() {
            return self.complete();
        }
        let link = link.clone();
        lazy::load(move |success| effects::after(texts, move || link.send_message(Msg::Loaded(success))));
    }

    fn complete(&mut self) {
        let Some(handoff) = self.pending.take() else { return };
        if matches!(handoff.to, HandoffTo::Discovery(_)) {
            // The form stays, and shows what comes of it.
            self.question = lazy::ask(Question { settings: &self.settings, handoff, runtime: &self.runtime });
        } else {
            self.transaction = Some(RcEq(Rc::new(Cell::new(Some(*handoff)))));
        }
    }

    /// The machine whose screen is shown: hydration begins with what the static form shows.
    fn shown(&self) -> &StartMachine {
        self.hydrating.as_deref().unwrap_or(&self.machine)
    }

    /// Whether this was a static form; the mark is removed.
    fn was_static(&self) -> bool {
        let root = self.host.element().filter(|root| root.has_attribute(STATIC_ATTRIBUTE));
        root.is_some_and(|root| root.remove_attribute(STATIC_ATTRIBUTE).is_ok())
    }
}

impl Component for SignIn {
    type Message = Msg;
    type Properties = SignInProps;

    fn create(ctx: &Context<Self>) -> Self {
        let SignInProps { config, id, on_success, on_event, text, page, mounted: _ } = ctx.props();
        let mut settings = config.settings.clone();
        let org = config.settings.org.origin();
        settings.username = effects::username_in_tab(org).or(settings.username);
        let settings = Rc::new(settings);
        let remembered = effects::remembered_username(org);
        let machine = StartMachine::new(settings.clone(), remembered.clone());
        let (emit, on_success) = (ctx.link().callback(Msg::Event), on_success.clone());
        let emit: Emit = Rc::new(move |event| emit.emit(event));
        let parts = page.as_ref().map(|page| &page.0);
        let tell = parts.and_then(|parts| parts.tell.clone()).unwrap_or_else(|| telling_callback(on_event));
        if let Some(parts) = parts {
            parts.listens(&emit);
        }
        let complete = Rc::new(move |result| on_success.emit(result));
        let runtime = Runtime::new(
            org,
            text.language(),
            emit.clone(),
            complete,
            tell.clone(),
            parts.and_then(|parts| parts.script.clone()),
        );
        let dispatch = ctx.link().callback(|intent: Intent| Msg::Event(Event::User(intent)));
        let title = PageTitle::keep(config.document_title);
        let host = Host::new(id, *text, options(config), dispatch, NoticeText(start_notice), machine.screen(), title);
        let (hydrating, pending, question, transaction) = (None, None, None, None);
        let mut root = Self { settings, machine, runtime, emit, tell, host, hydrating, pending, question, transaction };
        // What was submitted early is sent before anything is rendered.
        if let Some(intent) = parts.and_then(|parts| parts.early.take()) {
            let as_rendered = StartMachine::new(root.settings.clone(), remembered);
            root.hydrating = Some(Box::new(as_rendered));
            root.handle(Event::User(intent), ctx.link());
        }
        root
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        if !ctx.props().mounted.get() {
            return false;
        }
        self.host.before_update();
        let before = self.machine.screen().version();
        let was_hydrating = self.hydrating.take().is_some();
        let had_transaction = self.transaction.is_some();
        match msg {
            // The transaction component hears of these by itself.
            Msg::Event(Event::Elapsed | Event::Visibility { .. } | Event::Online | Event::Restored { .. })
                if had_transaction => {}
            Msg::Event(event) => self.handle(event, ctx.link()),
            Msg::Loaded(true) => self.complete(),
            Msg::Loaded(false) => {
                if let Some(handoff) = self.pending.take() {
                    self.handle(Event::HandoffFailed(handoff), ctx.link());
                }
            }
            Msg::Returned(Returned { event, notice_text }) => {
                self.transaction = None;
                self.host.widget.notice_text = notice_text;
                if let Some(page) = &ctx.props().page {
                    page.0.listens(&self.emit);
                }
                self.handle(event, ctx.link());
            }
        }
        was_hydrating || had_transaction != self.transaction.is_some() || self.machine.screen().version() != before
    }

    fn changed(&mut self, ctx: &Context<Self>, _before: &Self::Properties) -> bool {
        self.host.widget.text = ctx.props().text;
        self.runtime.set_language(ctx.props().text.language());
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if let (Some(handoff), None) = (&self.transaction, &self.hydrating) {
            let SignInProps { id, on_success, text, page, mounted, .. } = ctx.props();
            return lazy::transaction(TransactionProps {
                settings: RcEq(self.settings.clone()),
                handoff: handoff.clone(),
                options: self.host.widget.options,
                title: self.host.title.clone(),
                browser_back: ctx.props().config.browser_back,
                id: id.clone(),
                text: *text,
                on_success: on_success.clone(),
                tell: RcEq(self.tell.clone()),
                on_return: ctx.link().callback(Msg::Returned),
                page: page.clone(),
                mounted: mounted.clone(),
            });
        }
        let machine = self.shown();
        self.host.view(views::start::view(&self.host.widget, machine.screen(), machine.step()))
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let was_static = first_render && self.was_static();
        if self.transaction.is_none() || self.hydrating.is_some() {
            let may_focus = self.host.widget.options.autofocus && !was_static;
            self.host.rendered(self.shown().screen(), may_focus, first_render);
        }
        if first_render {
            if let Some(hint) = &ctx.props().config.hint {
                effects::report(hint);
            }
            self.runtime.listen();
            self.runtime.begin();
        }
    }
}

fn options(config: &Config) -> ViewOptions {
    ViewOptions {
        remember_me: config.settings.remember_me,
        auto_push: config.settings.auto_push,
        autofocus: config.autofocus,
    }
}
