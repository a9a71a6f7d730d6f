//! Values that the protocol defines, by the member that they stand in. Not here: names, and sentences (`texts.rs`).

/// Members, and the values that they may have, both separated by blanks.
type Defined = (&'static str, &'static str);

const VALUES: &[Defined] = &[
    (
        "status transactionStatus resourceStatus",
        "UNAUTHENTICATED PASSWORD_WARN PASSWORD_EXPIRED PASSWORD_RESET RECOVERY RECOVERY_CHALLENGE LOCKED_OUT \
         MFA_ENROLL MFA_ENROLL_ACTIVATE MFA_REQUIRED MFA_CHALLENGE SUCCESS CONSENT_REQUIRED \
         ADMIN_CONSENT_REQUIRED DEVICE_ACTIVATE POLL PROFILE_REQUIRED FACTOR_REQUIRED FACTOR_CHALLENGE \
         FACTOR_ENROLL FACTOR_ENROLL_ACTIVATE STAGED PROVISIONED ACTIVE SUSPENDED DEPROVISIONED NOT_SETUP \
         PENDING_ACTIVATION ENROLLED INACTIVE EXPIRED VERIFIED UNVERIFIED",
    ),
    (
        "factorResult",
        "WAITING CHALLENGE SUCCESS REJECTED TIMEOUT FAILED CANCELLED ERROR PASSCODE_REPLAYED TIME_WINDOW_EXCEEDED",
    ),
    ("factorResultMessage", "OKTA_VERIFY_UPGRADE_REQUIRED"),
    (
        "factorType",
        "question sms call email push token token:software:totp token:hardware token:hotp web u2f webauthn \
         password assertion:saml2 assertion:oidc claims_provider signed_nonce SMS CALL EMAIL",
    ),
    ("provider vendorName", "OKTA GOOGLE RSA SYMANTEC YUBICO DUO FIDO CUSTOM DEL_OATH GENERIC_SAML GENERIC_OIDC"),
    ("recoveryType", "PASSWORD UNLOCK ACCOUNT_ACTIVATION"),
    ("challengeType", "FACTOR FACTOR_TYPE"),
    ("enrollment self", "REQUIRED OPTIONAL NOT_REQUIRED NOT_ALLOWED LOGIN CHALLENGE NEVER"),
    (
        "deviceActivationStatus",
        "DEVICE_ACTIVATED DEVICE_NOT_ACTIVATED DEVICE_NOT_ACTIVATED_CONSENT_DENIED INVALID_USER_CODE",
    ),
    (
        "type okta:idp:type",
        "SESSION_STEP_UP LOGIN APP OKTA ACTIVE_DIRECTORY LDAP FEDERATION SOCIAL IMPORT PRIMARY SECONDARY SAML2 \
         IWA AgentlessDSSO X509 OIDC APPLE FACEBOOK GOOGLE LINKEDIN MICROSOFT public-key adoption string number \
         integer boolean object array OKTA_SIGN_ON PASSWORD MFA_ENROLL IDP_DISCOVERY SIGN_ON CORS REDIRECT \
         IFRAME_EMBED OKTA_GROUP BUILT_IN APP_GROUP image/png image/jpeg image/gif image/svg+xml text/html \
         text/javascript application/json",
    ),
    ("allow method", "GET POST PUT DELETE PATCH"),
    ("platform", "IOS ANDROID WINDOWS OSX MACOS"),
    ("deviceType", "SmartPhone_IPhone SmartPhone_Android"),
    ("encoding", "base32 base64"),
    ("version", "U2F_V2 V1"),
    (
        "algorithm alg id_token_signing_alg_values_supported request_object_signing_alg_values_supported",
        "RS256 RS384 RS512 ES256 HS256 RSASSA-PKCS1-v1_5",
    ),
    ("use", "sig enc"),
    ("kty", "RSA EC PKIX oct"),
    ("userVerification residentKey requireResidentKey", "required preferred discouraged"),
    ("authenticatorAttachment", "platform cross-platform"),
    ("attestation", "none indirect direct enterprise"),
    ("transports", "usb nfc ble internal hybrid smart-card"),
    ("amr", "pwd swk hwk otp sms tel geo fpt kba mfa mca sc"),
    ("protocol", "SAML2.0 SAML1.1 WS-FED OAuth OIDC"),
    ("excludeAttributes", "firstName lastName"),
    ("pipeline", "v1 idx"),
    ("locationType", "body header query path"),
    ("reason", "UNIQUE_CONSTRAINT DOES_NOT_MATCH_PATTERN"),
    ("rel", "okta:idp http://openid.net/specs/connect/1.0/issuer https://openid.net/specs/connect/1.0/issuer"),
    (
        "error",
        "invalid_request invalid_client invalid_grant invalid_scope invalid_token access_denied login_required \
         consent_required interaction_required server_error temporarily_unavailable unauthorized_client \
         unsupported_grant_type unsupported_response_type insufficient_scope",
    ),
    ("token_type token_type_hint", "Bearer DPoP access_token refresh_token id_token"),
    ("scope scopes scp scopes_supported", "openid profile email address phone groups offline_access device_sso"),
    (
        "grant_type grantTypes grant_types grant_types_supported",
        "authorization_code implicit refresh_token client_credentials password",
    ),
    ("response_type response_types response_types_supported", "code token id_token none"),
    ("response_mode response_modes_supported", "query fragment form_post okta_post_message web_message"),
    ("prompt", "none login consent enroll_authenticator"),
    ("code_challenge_method code_challenge_methods_supported", "S256 plain"),
    (
        "token_endpoint_auth_method token_endpoint_auth_methods_supported \
         introspection_endpoint_auth_methods_supported revocation_endpoint_auth_methods_supported",
        "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none",
    ),
    ("subject_types_supported", "public pairwise"),
    ("application_type", "web browser native service"),
    ("access", "ALLOW DENY"),
    ("factorPromptMode", "ALWAYS SESSION DEVICE"),
    ("additionalFields", "cookieToken cookieTokenUrl cookieToken,cookieTokenUrl"),
    ("nextLogin", "changePassword"),
];

/// `name` of a link says what it is for. Elsewhere it is the name of somebody or something.
const NAMES_OF_LINKS: &str = "activate answer authenticate call CALL cancel changePassword consent deviceActivate email enroll \
     large medium original password poll push questions recovery redirect resend resetPassword skip small \
     sms unlock verify";

/// Whether the protocol defines this value for this member.
pub(super) fn is_defined(member: &str, value: &str, is_in_link: bool) -> bool {
    match member {
        _ if value.is_empty() || matches!(value, "true" | "false") => true,
        "errorCode" | "errorLink" => is_error_code(value),
        "name" => is_in_link && is_word_of(NAMES_OF_LINKS, value),
        // Scopes and response types are lists in one string.
        "scope" | "scp" | "response_type" | "response_types" | "response_types_supported" | "prompt" => {
            value.split(' ').all(|word| is_value(member, word))
        }
        _ => is_value(member, value),
    }
}

fn is_value(member: &str, value: &str) -> bool {
    VALUES.iter().any(|(members, values)| is_word_of(members, member) && is_word_of(values, value))
}

fn is_word_of(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|one| one == word)
}

fn is_error_code(value: &str) -> bool {
    value.strip_prefix('E').is_some_and(|digits| digits.len() == 7 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}
