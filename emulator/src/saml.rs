//! The response of SAML 2.0 that an application gets, with a signed assertion (saml-core-2.0-os, XML Signature).
//!
//! The assertion is written in its canonical form (Exclusive XML Canonicalization 1.0): namespaces first, attributes in
//! order, no white space between elements. So its text can be signed as it is.
//!
//! Not here: the form that posts it (`http/app_home.rs`).

use std::time::Duration;

use data_encoding::BASE64;
use sha2::{Digest as _, Sha256};

use crate::{
    org::{
        app::{ServiceProvider, Target},
        session::Session,
        signing_key::SigningKey,
        user::User,
    },
    time::Timestamp,
};

/// How long an assertion can be used, and how far clocks may differ.
const LIFE: Duration = Duration::from_mins(5);

/// The response, in base64. `ids` are those of the response and of the assertion.
pub(crate) fn response(
    app: &Target,
    provider: &ServiceProvider,
    user: &User,
    session: &Session,
    key: &SigningKey,
    ids: &[String; 2],
    now: Timestamp,
) -> String {
    let [response, id] = ids;
    let issuer = text(&app.issuer);
    // The assertion without its signature is what the digest is made of.
    let head = format!(
        "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"{id}\" IssueInstant=\"{}\" \
         Version=\"2.0\"><saml2:Issuer>{issuer}</saml2:Issuer>",
        now.iso(),
    );
    let rest = format!("{}</saml2:Assertion>", statements(provider, user, session, now));
    let signature = signature(id, &format!("{head}{rest}"), key);
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <saml2p:Response xmlns:saml2p=\"urn:oasis:names:tc:SAML:2.0:protocol\" Destination=\"{acs}\" ID=\"{response}\" \
         IssueInstant=\"{instant}\" Version=\"2.0\">\
         <saml2:Issuer xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\">{issuer}</saml2:Issuer>\
         <saml2p:Status><saml2p:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></saml2p:Status>\
         {head}{signature}{rest}</saml2p:Response>",
        acs = quoted(&provider.acs),
        instant = now.iso(),
    );
    BASE64.encode(document.as_bytes())
}

/// Subject, conditions, authentication and attributes.
fn statements(provider: &ServiceProvider, user: &User, session: &Session, now: Timestamp) -> String {
    let (login, acs) = (text(&user.profile.login), quoted(&provider.acs));
    let (from, until) = (now.before(LIFE).iso(), now.after(LIFE).iso());
    let value = |value: &String| format!("<saml2:AttributeValue>{}</saml2:AttributeValue>", text(&filled(value, user)));
    let attribute = |(name, values): (&String, &Vec<String>)| {
        format!(
            "<saml2:Attribute Name=\"{}\" NameFormat=\"urn:oasis:names:tc:SAML:2.0:attrname-format:uri\">{}</saml2:Attribute>",
            quoted(name),
            values.iter().map(value).collect::<String>(),
        )
    };
    let attributes: String = provider.attributes.iter().map(attribute).collect();
    let attributes = match &*attributes {
        "" => String::new(),
        some => format!("<saml2:AttributeStatement>{some}</saml2:AttributeStatement>"),
    };
    format!(
        "<saml2:Subject><saml2:NameID Format=\"urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified\">{login}</saml2:NameID>\
         <saml2:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
         <saml2:SubjectConfirmationData NotOnOrAfter=\"{until}\" Recipient=\"{acs}\"></saml2:SubjectConfirmationData>\
         </saml2:SubjectConfirmation></saml2:Subject>\
         <saml2:Conditions NotBefore=\"{from}\" NotOnOrAfter=\"{until}\"><saml2:AudienceRestriction>\
         <saml2:Audience>{audience}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>\
         <saml2:AuthnStatement AuthnInstant=\"{instant}\" SessionIndex=\"{index}\"><saml2:AuthnContext>\
         <saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef>\
         </saml2:AuthnContext></saml2:AuthnStatement>{attributes}",
        audience = text(&provider.audience),
        instant = session.password_proved.iso(),
        // Not the session's own id, which is a secret.
        index = format_args!("_{}", session.created.seconds()),
    )
}

/// The value with the user's profile in place of the placeholders.
fn filled(value: &str, user: &User) -> String {
    let profile = &user.profile;
    value
        .replace("{login}", &profile.login)
        .replace("{email}", &profile.email)
        .replace("{firstName}", &profile.first_name)
        .replace("{lastName}", &profile.last_name)
}

/// The enveloped signature of the element with this id, whose canonical form is `element`.
fn signature(id: &str, element: &str, key: &SigningKey) -> String {
    const NAMESPACE: &str = " xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"";
    let digest = BASE64.encode(&Sha256::digest(element.as_bytes()));
    let info = |namespace: &str| {
        format!(
            "<ds:SignedInfo{namespace}>\
             <ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod>\
             <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"></ds:SignatureMethod>\
             <ds:Reference URI=\"#{id}\"><ds:Transforms>\
             <ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></ds:Transform>\
             <ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>\
             <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        )
    };
    // Canonical form declares the namespace where it is first used, which is here once it stands alone.
    let value = BASE64.encode(&key.sign(&info(NAMESPACE)));
    let (modulus, exponent) = key.public_numbers();
    format!(
        "<ds:Signature{NAMESPACE}>{}<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:KeyValue>\
         <ds:RSAKeyValue><ds:Modulus>{}</ds:Modulus><ds:Exponent>{}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>\
         </ds:KeyInfo></ds:Signature>",
        info(""),
        BASE64.encode(&modulus),
        BASE64.encode(&exponent),
    )
}

/// Text of an element, escaped as in canonical form.
fn text(text: &str) -> String {
    escaped(text, |letter| match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    })
}

/// The value of an attribute, escaped as in canonical form.
fn quoted(value: &str) -> String {
    escaped(value, |letter| match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        _ => None,
    })
}

/// Control characters are left out: XML can not have most of them.
fn escaped(text: &str, entity: impl Fn(char) -> Option<&'static str>) -> String {
    let mut all = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match entity(letter) {
            Some(entity) => all.push_str(entity),
            None => all.push(letter),
        }
    }
    all
}
