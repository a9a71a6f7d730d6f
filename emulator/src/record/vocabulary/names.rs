//! Names that the protocol defines. Not here: values.

/// Members of JSON bodies: the Authentication API, the administrator's API, identity
/// provider discovery, OpenID Connect.
pub(super) const MEMBERS: &str = "
_embedded _links accessTokenLifetimeMinutes access_token acr actions activate activated activation activationToken
activationUrl active address age alg algorithm allOf allow allowRememberDevice alwaysIncludeInToken amr
analyticsCollectionEnabled answer appId application_type appid appidExclude apps at_hash attestation audiences aud
auth_time authenticate authentication authenticatorAttachment authenticatorData authenticatorName
authenticatorSelection authorization_endpoint autoPushEnabled autoUnlockMinutes azp breachedProtection
bugReportingEnabled c_hash cancel cardinality challenge challengeType changePassword changeRecoveryQuestion cid city
claims claimType claims_supported client client-uri clientData clientExtensions clientId client_id client_secret
clients code code_challenge_methods_supported common complete complexity conditions connection consent consent_method
context cookieToken cookieTokenUrl correctAnswer costCenter country countryCode created createdAt credentialId
credentials crv deactivate default delegatedWorkflowId delete department description destination device
deviceActivate deviceActivationStatus deviceToken deviceType dictionary displayName division domain email
email_verified emails embedded employeeNumber enabled encoding endDate end_session_endpoint enroll enrolled
enrolledFactors enrollment error errorCause errorCauses errorCode errorId errorLink errorSummary error_description
exclude excludeAttributes excludeCredentials excludeUsername exp expirePassword expireWarnDays expiration expiresAt
expires_in extensions e factor factorLifetime factorProfileId factorPromptMode factorResult factorResultMessage
factorType factorTypes factors factorsPolicyInfo family_name features fieldOrder fingerprint firstName forgotPassword
format given_name gracePeriod grantTypes grant_types grant_types_supported groupIds groups hints historyCount
honorificPrefix honorificSuffix host href iat id id_token idp imageDescription include introspection_endpoint
introspection_endpoint_auth_methods_supported iss issuer issuerMode items jti jwks_uri keepCurrent key keyLength keys
kid kind kty label last lastFactorVerification lastLogin lastMembershipUpdated lastName lastPasswordVerification
lastUpdate lastUpdated leeway links locale locality lockout login login_hint logo manager managerId max maxAgeDays
maxAttempts maxLength maxSessionIdleMinutes maxSessionLifetimeMinutes maximum message metadata metadataPublish method
mfaActive middleName middle_name min minAgeMinutes minLength minLowerCase minNumber minSymbol minUpperCase minimum
mobilePhone multiOptionalFactorEnroll n name network newPassword next nextPassCode nickName nickname nonce not
oauthClient objectClass okta_call okta_email okta_sms okta:idp:id okta:idp:metadata okta:idp:type okta:logo
oldPassword omEnabled optedScopes optional options organization origin original passCode password passwordChange
passwordChanged passwordExpireDays people permissions phoneExtension phoneNumber phone_number phone_number_verified
phones picture pipeline pkce_required platform policies policy policyId poll postalAddress postal_code
post_logout_redirect_uris preferredLanguage preferred_username prev primaryPhone priority privacy-policy profile
profileSchema profileUrl profiles properties protocol provider providers pubKeyCredParams pwdImg qrcode question
questionText questions reason recovery recoveryToken recoveryType recovery_question redirect redirectUrl
redirect_uris refresh refresh_token region registration registrationData rel relayState rememberDeviceByDefault
rememberDeviceLifetimeInMinutes request requestContext request_parameter_supported request_uri_parameter_supported
requireFactor requireResidentKey required residentKey resend resetFactors resetPassword resetPasswordUrl
response_modes_supported response_types response_types_supported result revocation_endpoint
revocation_endpoint_auth_methods_supported revokeSessions rotation_type rp rpDisplayName rpId rules schemas scope
scopes scopes_supported scp script secondEmail self selfServicePasswordReset selfServiceUnlock send session
sessionToken settings sharedSecret showLockoutFailures sid sig_response signOnMode signature signatureData signon sms
source staged state stateProvince stateToken state_token status statusChanged street_address streetAddress sub subject
subject_types_supported suspend system target tempPassword terms-of-service timeStep timeZone timeout timeoutSeconds
title titles token tokenLifetimeMinutes token_endpoint token_endpoint_auth_method
token_endpoint_auth_methods_supported token_type transaction transactions transports type u2fParams uid und unlock
unsuspend updated_at uri url use id_token_signing_alg_values_supported request_object_signing_alg_values_supported
useADComplexityRequirements usePersistentCookie user userCode userId userProfile
userType userVerification userinfo_endpoint username users usingDeviceFlow validatePhone value valueType vendorName
ver verification verify version warnBeforePasswordExpired x5c x5t zipCode zoneinfo about
";

/// Parameters of queries, fragments and forms, beside the names of members.
pub(super) const PARAMETERS: &str = "
activate additionalFields after audience autoPush checkAccountSetupComplete client_assertion client_assertion_type
code_challenge code_challenge_method code_verifier display expand filter fromURI grant_type id_token_hint keepAlive
limit max_age nextLogin oauth2 oktaUserAgent okta_key post_logout_redirect_uri prompt provider q recoveryToken
redirect_uri removeRecoveryEnrollment rememberDevice resource response_mode response_type search sendEmail
session_state sortBy sortOrder strict tempPassword templateId token_type_hint tokenLifetimeSeconds ui_locales
updatePhone
";

/// Parts of paths. Ids and names stand between them.
pub(super) const SEGMENTS: &str = "
.well-known CALL EMAIL SMS activate answer api app apps assets auth authn authorizationServers authorize call cancel
catalog cert change_password change_recovery_question clear_sessions clients consent credentials deactivate default
delete_sessions device devicefingerprint duoCallback email enroll expire_password factors forgot_password form fs
getimage groups idps idp img introspect keys lifecycle link login logout logo me mfa-oidc-idp-redirect
mfa-saml-idp-redirect oauth-authorization-server oauth2 okta-organization openid-configuration org password poll
policies policy previous push qr question questions reactivate recovery redirect refresh register registration
requests resend reset_factors reset_password response revoke roles rules saml services sessionCookieRedirect sessions
signin signout skip sms sso step-up suspend templates token token:hardware token:hotp token:software:totp
transactions trustedOrigins u2f unlock unsuspend userinfo users v1 verify wapp web webauthn webfinger well-known
zones
";

/// Members whose numbers come from a policy or from the protocol.
pub(super) const NUMBERS: &str = "
accessTokenLifetimeMinutes alg autoUnlockMinutes enrolled expireWarnDays expires_in factorLifetime historyCount
keyLength leeway max maxAgeDays maxAttempts maxLength maxSessionIdleMinutes maxSessionLifetimeMinutes maximum min
minAgeMinutes minLength minLowerCase minNumber minSymbol minUpperCase minimum passwordExpireDays priority refresh
rememberDeviceLifetimeInMinutes timeStep timeout timeoutSeconds tokenLifetimeMinutes ver
";
