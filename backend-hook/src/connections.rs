//! Limits connections: of all clients together, which bounds the memory, and of one client, so that nobody can take the
//! place of others. Not here: accepting them (`server.rs`).

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits;

/// Maximum number of connections per listener. One that has sent a head without an end takes about 26 KiB.
const MAX_CONNECTIONS: usize = 2048;

/// The places for connections of a listener.
#[derive(Debug)]
pub struct Connections {
    free: Arc<Semaphore>,
    /// Maximum number of one client.
    of_one: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A place of a connection, free again when this is dropped.
#[derive(Debug)]
pub struct Place {
    connections: Arc<Connections>,
    client: IpAddr,
    _one_of_all: Option<OwnedSemaphorePermit>,
}

impl Connections {
    /// Places, of which one client may take so many; all if there is no such limit.
    pub fn new(of_one: Option<usize>) -> Arc<Self> {
        let free = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        Arc::new(Self { free, of_one: of_one.unwrap_or(usize::MAX), taken: Mutex::default() })
    }

    /// Waits until any place is free.
    pub async fn free(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// Takes the free place for a client, unless it has its share.
    pub fn take(self: &Arc<Self>, free: Option<OwnedSemaphorePermit>, address: IpAddr) -> Option<Place> {
        let client = limits::network(address);
        let mut taken = self.taken();
        let count = taken.entry(client).or_default();
        if *count >= self.of_one {
            return None;
        }
        *count += 1;
        Some(Place { connections: Arc::clone(self), client, _one_of_all: free })
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.connections.taken();
        if let Some(count) = taken.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_client_has_its_share_and_others_theirs() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let connections = Connections::new(Some(2));
        let take = |address: &str| connections.take(None, ip(address));
        let (one, two) = (take("192.0.2.1"), take("192.0.2.1"));
        assert!(one.is_some() && two.is_some() && take("192.0.2.1").is_none());
        assert!(take("192.0.2.2").is_some());
        drop(one);
        assert!(take("192.0.2.1").is_some());
        // Whoever has an IPv6 address has all of the network.
        let network = (take("2001:db8::1"), take("2001:db8::2"));
        assert!(take("2001:db8::3").is_none() && take("2001:db8:0:1::1").is_some());
        drop((network, two));
        assert!(connections.taken().is_empty(), "nothing is kept of clients that have left");
        let unlimited = Connections::new(None);
        let many: Vec<_> = (0..1000).map(|_| unlimited.take(None, ip("10.0.0.1"))).collect();
        assert!(many.iter().all(Option::is_some));
    }
}
