//! The store is reached by TLS: with the authority that is named, and with no other. Not here: the rest of what a store does
//! (`store.rs`), which does not depend on it.

use std::{fs, path::Path};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

use crate::{
    programs::{PASSWORD, Redis},
    store::LOST,
    support::{Fixture, Hook, PAGE},
};

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new([]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Writes the store's certificate and its key, its authority, and another authority; returns where each is.
fn write_certificates(folder: &Path) -> [String; 4] {
    let (own, other) = (authority("authority of the store"), authority("another authority"));
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &own).unwrap().pem();
    let files = [certificate, key.serialize_pem(), own.pem(), other.pem()];
    let names = ["certificate.pem", "key.pem", "authority.pem", "other.pem"];
    std::array::from_fn(|place| {
        let path = folder.join(names[place]);
        fs::write(&path, &files[place]).unwrap();
        path.to_string_lossy().into_owned()
    })
}

#[tokio::test]
#[ignore = "needs HAProxy and Redis: `cargo xtask cluster`"]
async fn the_authority_that_is_named_is_the_only_one() {
    let folder = tempfile::tempdir().unwrap();
    let [certificate, key, own, other] = write_certificates(folder.path());
    let password = folder.path().join("password");
    fs::write(&password, PASSWORD).unwrap();
    let port = crate::ports::free_port().unwrap().to_string();
    let store = Redis::with(
        [
            ["--requirepass", PASSWORD],
            ["--tls-port", &port],
            ["--tls-cert-file", &certificate],
            ["--tls-key-file", &key],
            ["--tls-ca-cert-file", &own],
            ["--tls-auth-clients", "no"],
        ]
        .concat()
        .into_iter()
        .map(str::to_owned)
        .collect(),
    )
    .await;
    let org = Fixture::start().await;
    let url = format!("rediss://localhost:{port}");
    let password = password.to_string_lossy();
    let options = ["--rate-limit-store", &url, "--rate-limit-store-password-file", &password];
    let client = reqwest::Client::new();
    for (authority, is_shared) in [(Some(&own), true), (Some(&other), false), (None, false)] {
        let more = authority.map_or(vec![], |file| vec!["--rate-limit-store-ca-file", file.as_str()]);
        let hook = Hook::start(org.emulator.url(), &[&options[..], &more].concat()).await;
        let answer = client.get(format!("{}/registration", hook.address)).header("origin", PAGE).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{authority:?}");
        let log = hook.end().await;
        assert_eq!(log.contains("rate limits are shared"), is_shared, "{authority:?}: {log}");
        assert_eq!(log.contains(LOST), !is_shared, "{authority:?}: {log}");
        assert_eq!(log.contains("certificate"), !is_shared, "it says why: {log}");
        // What was counted there is there.
        assert_eq!(store.names().await.is_empty(), !is_shared, "{authority:?}");
        store.ask(&redis::cmd("FLUSHALL")).await.unwrap();
    }
    org.end().await;
}
