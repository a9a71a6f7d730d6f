//! A connection of WebDriver `BiDi`: commands over a WebSocket, and the entries of the browser's log that come in between.
//! Not here: which commands are sent (`firefox.rs`).

use std::{
    collections::HashMap,
    mem,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use futures_util::{
    SinkExt as _, StreamExt as _,
    stream::{SplitSink, SplitStream},
};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::oneshot, time::timeout};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

use crate::ConsoleLine;

/// Maximum time for an answer.
const DEADLINE: Duration = Duration::from_secs(20);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// An open connection.
#[derive(Debug)]
pub(crate) struct Bidi {
    sender: tokio::sync::Mutex<SplitSink<Socket, Message>>,
    received: Arc<Received>,
    next_id: AtomicU64,
}

/// What the browser has sent.
#[derive(Debug, Default)]
struct Received {
    waiting: Mutex<HashMap<u64, oneshot::Sender<Value>>>,
    log: Mutex<Vec<ConsoleLine>>,
}

impl Bidi {
    /// Connects to the address that the driver gave for its session.
    pub(crate) async fn connect(address: &str) -> Result<Self> {
        let (socket, _) = connect_async(address).await.with_context(|| format!("could not connect to {address}"))?;
        let (sender, messages) = socket.split();
        let received = Arc::new(Received::default());
        // It ends with the connection.
        tokio::spawn(Arc::clone(&received).read(messages));
        Ok(Self { sender: tokio::sync::Mutex::new(sender), received, next_id: AtomicU64::new(1) })
    }

    /// Sends a command, and waits for its result.
    pub(crate) async fn command(&self, method: &str, params: Value) -> Result<Value> {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        lock(&self.received.waiting).insert(id, answer);
        let command = json!({ "id": id, "method": method, "params": params }).to_string();
        self.sender.lock().await.send(Message::text(command)).await.with_context(|| format!("sending {method}"))?;
        let answer = timeout(DEADLINE, answered).await.with_context(|| format!("{method} has no answer"))?;
        let answer = answer.with_context(|| format!("the browser has gone before it answered {method}"))?;
        match answer.get("result") {
            Some(result) => Ok(result.clone()),
            None => bail!("{method}: {answer}"),
        }
    }

    /// The lines of the log since the last call.
    pub(crate) fn take_log(&self) -> Vec<ConsoleLine> {
        mem::take(&mut *lock(&self.received.log))
    }
}

impl Received {
    async fn read(self: Arc<Self>, mut receiver: SplitStream<Socket>) {
        while let Some(Ok(message)) = receiver.next().await {
            let Ok(text) = message.into_text() else { continue };
            if let Ok(message) = serde_json::from_str::<Value>(&text) {
                self.keep(message);
            }
        }
        // Whoever still waits is told that nothing comes.
        lock(&self.waiting).clear();
    }

    fn keep(&self, message: Value) {
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            if let Some(waiting) = lock(&self.waiting).remove(&id) {
                let _nobody_waits_any_more = waiting.send(message);
            }
        } else if message.get("method").and_then(Value::as_str) == Some("log.entryAdded")
            && let Some(entry) = message.get("params")
        {
            lock(&self.log).push(ConsoleLine::of_log_entry(entry));
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
