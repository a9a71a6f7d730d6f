//! The table of the fuzz targets: where each is, what its inputs begin with, and how many `cargo xtask test` gives it. Not
//! here: what a target does.

/// One target.
#[derive(Debug)]
pub(super) struct Target {
    /// The name of its program, and of its module in `fuzz/src`.
    pub(super) name: &'static str,
    /// The package below `fuzz/` that it is in.
    pub(super) package: &'static str,
    /// What it begins with.
    pub(super) seeds: Seeds,
    /// A file with words that its inputs are made of.
    pub(super) dictionary: Option<&'static str>,
    /// The longest input, in bytes.
    pub(super) longest: u32,
    /// How many inputs it gets unless the command says: some seconds of work on one core.
    pub(super) bounded: u64,
}

/// What a target begins with.
#[derive(Debug)]
pub(super) enum Seeds {
    /// These inputs.
    Inputs(&'static [&'static [u8]]),
    /// The bodies of the recorded responses, behind these bytes.
    Bodies(&'static [&'static [u8]]),
    /// That many inputs of that length that mean nothing: choices.
    Choices(u32, usize),
    /// All of these.
    All(&'static [Seeds]),
}

const PROTOCOL: &str = "okta-fuzz";
const MACHINES: &str = "okta-fuzz-machines";
/// Only `cargo xtask fuzz` compiles it.
pub(crate) const SERVERS: &str = "okta-fuzz-server-targets";

const JSON: Option<&str> = Some("members.dict");
const ADDRESSES: Option<&str> = Some("addresses.dict");

/// All targets.
pub(super) const TARGETS: [Target; 13] = [
    Target {
        name: "base64",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[b"", b"Zg==", b"Zm9vYmFy", b"-_8", b"+/8=", b"Zh", b"\xfb\xff"]),
        dictionary: None,
        longest: 48,
        bounded: 400_000,
    },
    Target {
        name: "configuration",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[
            b"\0\0\0\x03https://example.okta.com\0\x02\x03https://app.example/welcome\0",
            b"\0\0\0\x03https://example.okta.com\0\x01\x03https://acme.okta.com http://localhost:8081\0\x03\x01\x01https://other.example\0",
            b"\0\x01\0\x03https://example.okta.com\0\x17\x04true\0\x04\x03post\0\x06\x03continue\0\x14\x03state-token-of-a-page\0",
            b"\x01\0\0\x03https://app.example/hook\0\x01\x03/login\0\x02\x03https://login.example\0",
            b"\x02https://page.example/?token=abc&fromURI=/x\0\0\x03https://example.okta.com\0\x17\x00\x01",
        ]),
        dictionary: ADDRESSES,
        longest: 512,
        bounded: 100_000,
    },
    Target {
        name: "emulator",
        package: SERVERS,
        seeds: Seeds::All(&[
            // A body of a recorded response for a sign-in.
            Seeds::Bodies(&[b"\0\0\0\0\0\0\x0f\0\0\x0f"]),
            Seeds::Choices(200, 200),
        ]),
        dictionary: JSON,
        longest: 512,
        bounded: 2_000,
    },
    Target {
        name: "hook",
        package: SERVERS,
        seeds: Seeds::Choices(300, 120),
        dictionary: JSON,
        longest: 320,
        bounded: 4_000,
    },
    Target {
        name: "hook_cookie",
        package: SERVERS,
        seeds: Seeds::Inputs(&[
            b"\0eyJ1IjoiMDB1MSJ9",
            b"\x01 24 bytes of a nonce, and what is sealed with it",
            b"\x02a=b; __Host-okta-hook=x=y; c=d",
            b"\x03\x07\0\x20\x01\x4000u1user\x00102session\0v2.1\0",
        ]),
        dictionary: None,
        longest: 2_400,
        bounded: 40_000,
    },
    Target {
        name: "hook_json",
        package: SERVERS,
        seeds: Seeds::All(&[
            Seeds::Inputs(&[
                b"\x02\x04\x03\x01{\"password\": \" a \", \"profile\": {}, \"flag\": true, \"login\": \"ada\"}",
                b"\0\x01\x02\x03{\"password\": \"x\\u202ey\", \"profile\": [[[[[[[]]]]]]], \"flag\": null, \"login\": false}",
            ]),
            Seeds::Bodies(&[b"\x02\x04\x03\x01"]),
        ]),
        dictionary: JSON,
        longest: 1_024,
        bounded: 100_000,
    },
    Target {
        name: "links",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[
            b"\0\0\0https://example.okta.com/api/v1/authn/factors/sms1/verify?x=1",
            b"\x01\0\x01https://EXAMPLE.okta.com:443/api/v1/authn/skip",
            b"\x02\0\x02/api/v1/authn/previous#top",
            b"\0\x01\x03https://login.example.com:8443/api/v1/../../login/signout",
            b"\0\0\0https://example.okta.com/api/v1/authn/..%2f..%5c..;/%252e",
            b"\0\0\x04//evil.example\\@example.okta.com/api/v1/",
            b"\x04\0\x1fhttps://[::1]:9443/api/v1/authn?rememberDevice=false",
            b"\0\0\0data:image/png;base64,AAAA",
        ]),
        dictionary: ADDRESSES,
        longest: 256,
        bounded: 60_000,
    },
    Target {
        name: "machine",
        package: MACHINES,
        seeds: Seeds::Choices(200, 200),
        dictionary: None,
        longest: 480,
        bounded: 2_000,
    },
    Target {
        name: "manage",
        package: MACHINES,
        seeds: Seeds::Choices(200, 200),
        dictionary: None,
        longest: 480,
        bounded: 10_000,
    },
    Target {
        name: "openid",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[
            b"\0code=c%2Bd&state=state-of-the-request&iss=https%3A%2F%2Fexample.okta.com",
            b"\x01{\"state\": \"state-of-the-request\", \"id_token\": \"a.b.c\", \"token_type\": \"Bearer\", \"access_token\": \"t\", \"expires_in\": 3600}",
            b"\x02{\"token_type\": \"Bearer\", \"access_token\": \"a\", \"id_token\": \"i\", \"scope\": \"openid email\"}",
            b"\x80{\"error\": \"invalid_grant\", \"error_description\": \"No.\"}",
            b"\x03{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"k1\", \"use\": \"sig\", \"alg\": \"RS256\", \"e\": \"AQAB\", \"n\": \"AQAB\"}]}",
            b"\x04eyJhbGciOiJSUzI1NiIsImtpZCI6ImsxIn0.e30.c2lnbmVk",
            b"\x05{\"iss\": \"https://example.okta.com\", \"aud\": [\"0oa1\"], \"azp\": \"0oa1\", \"sub\": \"u\", \"nonce\": \"nonce-of-the-request\", \"iat\": 1700000000, \"exp\": 1700003600}",
        ]),
        dictionary: JSON,
        longest: 1_024,
        bounded: 100_000,
    },
    Target {
        name: "timestamp",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[
            b"1970-01-01T00:00:00.000Z",
            b"2000-02-29T23:59:59.5Z",
            b"2018-10-03T18:32:22Z",
            b"2024-3-1T0:0:0.123456Z",
            b"9999-12-31T23:59:60.9Z",
        ]),
        dictionary: None,
        longest: 64,
        bounded: 400_000,
    },
    Target {
        name: "transaction",
        package: PROTOCOL,
        seeds: Seeds::Bodies(&[b"\0\0"]),
        dictionary: JSON,
        longest: 8_192,
        bounded: 60_000,
    },
    Target {
        name: "url_text",
        package: PROTOCOL,
        seeds: Seeds::Inputs(&[
            b"\0https://Example.OKTA.com:443/a/../b?token=00a%2Db+c&x=#token=no\0http://a.example/?x=1&y=\xc3\xbc\0+%zz",
            b"\x01https://[::1]:8443/x?stateToken=&stateToken=%E2%82%AC\0%2B\0a b",
            b"\x02http://127.0.0.1:80\0\0",
        ]),
        dictionary: ADDRESSES,
        longest: 384,
        bounded: 100_000,
    },
];

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fs;

    use super::*;
    use crate::workspace;

    #[test]
    fn every_target_has_its_program_and_every_program_is_a_target() {
        let mut named: Vec<String> = Vec::new();
        for folder in ["fuzz", "fuzz/machines", "fuzz/server-targets"] {
            let Ok(entries) = fs::read_dir(workspace::root().join(folder).join("fuzz_targets")) else { continue };
            named.extend(entries.flatten().filter_map(|entry| Some(entry.path().file_stem()?.to_str()?.to_owned())));
        }
        named.sort();
        assert_eq!(named, TARGETS.map(|target| target.name), "the table is in order of the names");
    }

    /// Nothing else notices that, where they are not compiled.
    #[test]
    fn programs_of_servers_call_what_their_library_has() {
        let folder = workspace::root().join("fuzz");
        let library = fs::read_to_string(folder.join("servers/src/lib.rs")).unwrap();
        for target in TARGETS.iter().filter(|target| target.package == SERVERS) {
            let name = target.name;
            let program = folder.join("server-targets/fuzz_targets").join(format!("{name}.rs"));
            let program = fs::read_to_string(program).unwrap();
            assert!(program.contains(&format!("|bytes: &[u8]| okta_fuzz_servers::{name}::run(bytes));")), "{program}");
            assert!(library.contains(&format!("    (\"{name}\", {name}::run),")), "{name}");
        }
    }
}
