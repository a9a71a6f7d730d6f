//! What the hook is asked: pure builders, one for each operation. Not here: where a request may go
//! (`address`), or sending it.

use super::address::Hook;
use super::form::Data;
use okta_authn::request::{Body, EnrollRequest, Proof, object, proof_members, text};
use okta_authn::wire::Value;
use okta_authn::{Factor, Method, Password, Request, SessionToken, UntrustedLink};

type Built = Result<Request, UntrustedLink>;

impl Hook {
    fn get(&self, path: &[&str]) -> Built {
        Ok(Request::to_other_server(Method::Get, self.admit(path)?, Body::None))
    }

    /// What changes something is JSON, be it an empty object.
    fn change(&self, method: Method, path: &[&str], members: Vec<(&'static str, Value)>) -> Built {
        Ok(Request::to_other_server(method, self.admit(path)?, Body::Json(object(members))))
    }

    fn post(&self, path: &[&str], members: Vec<(&'static str, Value)>) -> Built {
        self.change(Method::Post, path, members)
    }

    /// `GET /registration`: the form for signing up.
    pub fn form(&self) -> Built {
        self.get(&["registration"])
    }

    /// `POST /registration`: a new user.
    pub fn register(&self, data: &Data) -> Built {
        let mut members = vec![("profile", data.profile()), ("password", text(data.password().expose()))];
        members.extend(data.challenge_token().map(|token| ("challengeToken", text(token))));
        self.post(&["registration"], members)
    }

    /// `GET /session/start`, by a script: whether the browser may come there, to be sent on to this address.
    pub(crate) fn may_start(&self, landing: &str) -> Request {
        Request::to_other_server(Method::Get, self.start(landing), Body::None)
    }

    /// `POST /session`: has the hook know the caller.
    pub fn open_session(&self, token: &SessionToken) -> Built {
        self.post(&["session"], vec![("sessionToken", text(token.expose()))])
    }

    /// `DELETE /session`: signs out.
    pub fn close_session(&self) -> Built {
        self.change(Method::Delete, &["session"], Vec::new())
    }

    /// `DELETE /sessions`: signs out everywhere.
    pub fn close_all_sessions(&self) -> Built {
        self.change(Method::Delete, &["sessions"], Vec::new())
    }

    /// `GET /factors`: the caller's factors.
    pub fn factors(&self) -> Built {
        self.get(&["factors"])
    }

    /// `GET /factors/catalog`: what can be set up.
    pub fn catalog(&self) -> Built {
        self.get(&["factors", "catalog"])
    }

    /// `GET /factors/questions`: the org's questions.
    pub fn questions(&self) -> Built {
        self.get(&["factors", "questions"])
    }

    /// `POST /factors`: sets a factor up.
    pub fn enroll(&self, factor: &Factor, with: &EnrollRequest) -> Built {
        let mut members = vec![("factorType", text(&factor.factor_type)), ("provider", text(&factor.provider))];
        let profile = match with {
            EnrollRequest::Phone { number, extension, .. } => {
                let mut profile = vec![("phoneNumber", text(number))];
                if !extension.is_empty() {
                    profile.push(("phoneExtension", text(extension)));
                }
                profile
            }
            EnrollRequest::Email(email) => vec![("email", text(email))],
            EnrollRequest::Question { question, answer } => {
                vec![("question", text(question)), ("answer", text(answer.expose()))]
            }
            _ => Vec::new(),
        };
        if !profile.is_empty() {
            members.push(("profile", object(profile)));
        }
        self.post(&["factors"], members)
    }

    /// `POST /factors/{id}/activate`: proves a new factor.
    pub fn activate(&self, id: &str, proof: &Proof) -> Built {
        // The hook takes no more of an attestation than this.
        let wanted = ["passCode", "attestation", "clientData"];
        let members = proof_members(proof).into_iter().filter(|(name, _)| wanted.contains(name));
        self.post(&["factors", id, "activate"], members.collect())
    }

    /// `POST /factors/{id}/resend`: sends the code again.
    pub fn resend(&self, id: &str) -> Built {
        self.post(&["factors", id, "resend"], Vec::new())
    }

    /// `POST /factors/{id}/verify`: starts a challenge, or proves the factor.
    pub fn verify(&self, id: &str, proof: Option<&Proof>) -> Built {
        self.post(&["factors", id, "verify"], proof.map(proof_members).unwrap_or_default())
    }

    /// `GET /factors/{id}/transactions/{transaction}`: polls a challenge that is answered on a phone.
    pub fn poll(&self, id: &str, transaction: &str) -> Built {
        self.get(&["factors", id, "transactions", transaction])
    }

    /// `POST /proof`: proves the password.
    pub fn prove_password(&self, password: &Password) -> Built {
        self.post(&["proof"], vec![("password", text(password.expose()))])
    }

    /// `DELETE /factors/{id}`: takes a factor away.
    pub fn remove(&self, id: &str) -> Built {
        self.change(Method::Delete, &["factors", id], Vec::new())
    }
}
