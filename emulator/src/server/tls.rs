//! HTTPS: the certificate, made at the start or read from files.
//!
//! Made certificates are for one run: an authority that signs one certificate and is then forgotten. Clients trust it by
//! its PEM file.
//!
//! Not here: connections (`connection.rs`).

use std::{
    fs,
    io::Write as _,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    path::{Path, PathBuf},
    sync::Arc,
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, SanType,
};
use tempfile::TempPath;
use time::{Duration, OffsetDateTime};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    },
};

use super::StartError;

/// How the emulator serves HTTPS.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Tls {
    /// With a certificate that is made at the start, for `localhost`, names below it, and this machine's loopback
    /// addresses.
    Made {
        /// Where to write the certificate of its authority, as PEM; in a temporary file if left out.
        authority: Option<PathBuf>,
    },
    /// With one's own certificate.
    Files {
        /// The certificate, and what is between it and its authority, as PEM.
        certificate: PathBuf,
        /// Its private key, as PEM.
        key: PathBuf,
    },
}

impl Tls {
    /// A certificate that is made at the start.
    pub fn made() -> Self {
        Self::Made { authority: None }
    }

    /// One's own certificate and key, as PEM files.
    pub fn files(certificate: impl Into<PathBuf>, key: impl Into<PathBuf>) -> Self {
        Self::Files { certificate: certificate.into(), key: key.into() }
    }
}

/// What serves HTTPS.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) acceptor: TlsAcceptor,
    /// The authority of a made certificate.
    pub(super) authority: Option<Arc<Authority>>,
}

/// The authority of a made certificate. A temporary file is removed with it.
pub(super) struct Authority {
    pub(super) path: PathBuf,
    pub(super) pem: String,
    _temporary: Option<TempPath>,
}

/// Makes or reads the certificate; a made one covers these hosts too.
pub(super) fn prepare(tls: &Tls, hosts: &[&str]) -> Result<Prepared, StartError> {
    match tls {
        Tls::Made { authority } => {
            let cannot = |error: rcgen::Error| StartError::Tls(error.to_string());
            let made = make(hosts).map_err(cannot)?;
            let acceptor = acceptor(made.chain, made.key).map_err(|error| StartError::Tls(error.to_string()))?;
            let authority = keep(made.authority, authority.as_deref())?;
            Ok(Prepared { acceptor, authority: Some(Arc::new(authority)) })
        }
        Tls::Files { certificate, key } => Ok(Prepared { acceptor: read(certificate, key)?, authority: None }),
    }
}

fn acceptor(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<TlsAcceptor, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = config.with_no_client_auth().with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// A certificate, its key, and the PEM of its authority.
struct Made {
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    authority: String,
}

fn make(hosts: &[&str]) -> Result<Made, rcgen::Error> {
    let mut authority = params("okta-emulator: authority of one run", Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    // Many clients do not take a wildcard directly below a top level, which `localhost` is: the host is named too.
    let mut names = vec!["localhost".to_owned(), "*.localhost".to_owned()];
    for host in hosts {
        if !names.iter().any(|name| name == host) {
            names.push((*host).to_owned());
        }
    }
    let mut params = params("okta-emulator", names)?;
    let loopback = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
    params.subject_alt_names.extend(loopback.map(SanType::IpAddress));
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, &authority)?;
    Ok(Made { chain: vec![certificate.der().clone()], key: key.into(), authority: authority.pem() })
}

/// Valid from yesterday, in case clocks differ, for a year: browsers refuse certificates that are valid for long.
fn params(name: &str, names: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, name);
    let now = OffsetDateTime::now_utc();
    (params.not_before, params.not_after) = (now - Duration::days(1), now + Duration::days(365));
    Ok(params)
}

/// Writes the certificate of the authority where clients can read it. It is no secret.
fn keep(pem: String, path: Option<&Path>) -> Result<Authority, StartError> {
    let cannot = |file: &Path, error: std::io::Error| StartError::Certificate {
        file: file.to_owned(),
        what: format!(
            "the certificate of the authority can not be written: {error}. --tls-authority FILE names another file."
        ),
    };
    if let Some(path) = path {
        fs::write(path, &pem).map_err(|error| cannot(path, error))?;
        return Ok(Authority { path: path.to_owned(), pem, _temporary: None });
    }
    let folder = std::env::temp_dir();
    let mut file = tempfile::Builder::new()
        .prefix("okta-emulator-authority-")
        .suffix(".pem")
        .tempfile_in(&folder)
        .map_err(|error| cannot(&folder, error))?;
    file.write_all(pem.as_bytes()).map_err(|error| cannot(&folder, error))?;
    let temporary = file.into_temp_path();
    Ok(Authority { path: temporary.to_path_buf(), pem, _temporary: Some(temporary) })
}

fn read(certificate: &Path, key: &Path) -> Result<TlsAcceptor, StartError> {
    let wrong = |file: &Path, what: String| StartError::Certificate { file: file.to_owned(), what };
    let pem = |file: &Path| fs::read(file).map_err(|error| wrong(file, format!("can not be read: {error}")));
    let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem(certificate)?).collect();
    let chain = chain.map_err(|error| wrong(certificate, format!("is no PEM file: {error}")))?;
    if chain.is_empty() {
        let what = "has no certificate. --tls-cert names a PEM file with `-----BEGIN CERTIFICATE-----`.";
        return Err(wrong(certificate, what.to_owned()));
    }
    let private = PrivateKeyDer::from_pem_slice(&pem(key)?).map_err(|error| {
        let what = "has no private key that can be used. --tls-key names a PEM file with `-----BEGIN PRIVATE KEY-----`, \
                    without a passphrase";
        wrong(key, format!("{what} ({error})."))
    })?;
    acceptor(chain, private).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            let what = "is not the key of the certificate";
            wrong(key, format!("{what} {}. --tls-cert and --tls-key belong together.", certificate.display()))
        }
        error => wrong(certificate, format!("can not be used with {}: {error}", key.display())),
    })
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Authority({})", self.path.display())
    }
}
