//! Documentation matches the program: the `OpenAPI` description against routes, codes and real responses; the
//! deployment files against what the hook needs.

use std::collections::BTreeSet;

use okta_backend_hook::{
    http,
    problem::{Code, FieldErrorCode},
};
use serde_json::{Value, json};

use crate::support::{ADA, Fixture, JEFF};

fn yaml(text: &str) -> Value {
    serde_norway::from_str(text).unwrap()
}

fn description() -> Value {
    yaml(include_str!("../../openapi.yaml"))
}

#[test]
fn the_description_has_every_operation_and_no_other() {
    let description = description();
    let mut described = BTreeSet::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|name| *name != "parameters") {
            described.insert((method.to_uppercase(), path.clone()));
        }
    }
    let routed = http::paths().iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert_eq!(described, routed);
    let contract = include_str!("../../../docs/backend-hook.md");
    for (method, path) in &described {
        let told = path.replace("{transaction}", "{transactionId}");
        assert!(contract.contains(&format!("`{method} {told}`")), "{method} {told} is not in the contract");
    }
}

#[test]
fn the_description_has_every_code_and_no_other() {
    let description = description();
    let listed = |schema: &str| {
        let codes = &description["components"]["schemas"][schema]["properties"]["code"]["enum"];
        codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(listed("Problem"), Code::ALL.iter().map(|code| code.name().to_owned()).collect());
    let faults = FieldErrorCode::ALL.iter().map(|fault| json!(fault).as_str().unwrap().to_owned());
    assert_eq!(listed("FieldError"), faults.collect());
    let contract = include_str!("../../../docs/backend-hook.md");
    for code in Code::ALL {
        assert!(contract.contains(&format!("`{}`", code.name())), "{} is not in the contract", code.name());
    }
}

/// Validates a value against a schema; supports the parts of JSON Schema that the description uses.
fn fits(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(root, root.pointer(reference.trim_start_matches('#')).unwrap(), value);
    }
    if let Some(options) = schema["oneOf"].as_array() {
        let fitting = options.iter().filter(|option| fits(root, option, value).is_ok()).count();
        return if fitting == 1 { Ok(()) } else { Err(format!("{fitting} of oneOf fit {value}")) };
    }
    let right = match schema["type"].as_str().unwrap() {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other}"),
    };
    let listed = schema["enum"].as_array().is_none_or(|listed| listed.contains(value));
    if !right || !listed {
        return Err(format!("{value} is not {schema}"));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(root, &schema["items"], item)?;
    }
    let Some(members) = value.as_object() else { return Ok(()) };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        members.get(name).ok_or_else(|| format!("{name} is missing in {value}"))?;
    }
    for (name, member) in members {
        let schema = schema["properties"].get(name).ok_or_else(|| format!("{name} is not described"))?;
        fits(root, schema, member)?;
    }
    Ok(())
}

#[tokio::test]
async fn real_responses_match_the_description() {
    let fixture = Fixture::start().await;
    let description = description();
    let check = |schema: &str, value: &Value| {
        if let Err(why) = fits(&description, &description["components"]["schemas"][schema], value) {
            panic!("{schema}: {why}");
        }
    };
    check("Form", &fixture.get("/registration").await.body);
    let token = fixture.session_token(ADA).await;
    check("OpenedSession", &fixture.post("/session", &json!({ "sessionToken": token })).await.body);
    check("Problem", &fixture.post("/session", &json!({ "sessionToken": token, "more": 1 })).await.body);
    let (ada, jeff) = (fixture.signed_in(ADA).await, fixture.signed_in(JEFF).await);
    check("Session", &ada.get("/session").await.body);
    check("Proved", &ada.post("/proof", json!({ "password": ADA.1 })).await.body);
    check("Session", &ada.get("/session").await.body);
    check("Factors", &jeff.get("/factors").await.body);
    check("Catalog", &jeff.get("/factors/catalog").await.body);
    check("Questions", &jeff.get("/factors/questions").await.body);
    for (factor_type, provider) in
        [("token:software:totp", "GOOGLE"), ("token:software:totp", "OKTA"), ("webauthn", "FIDO")]
    {
        let made = ada.post("/factors", json!({ "factorType": factor_type, "provider": provider })).await;
        check("Factor", &made.ok(201).body);
    }
    let sms = jeff.factor("sms").await;
    check("Progress", &jeff.post(&format!("/factors/{sms}/verify"), json!({})).await.body);
    check("Registered", &fixture.post("/registration", &crate::registration::registration_body(json!({}))).await.body);
    assert!(fits(&description, &description["components"]["schemas"]["Proved"], &json!({ "token": "x" })).is_err());
    fixture.end().await;
}

fn objects() -> Vec<Value> {
    include_str!("../../deploy/kubernetes.yaml").split("\n---\n").map(yaml).collect()
}

/// The hook's own object of this kind.
fn of_kind(kind: &str) -> Value {
    named(kind, "okta-hook")
}

fn named(kind: &str, name: &str) -> Value {
    let is_it = |object: &Value| object["kind"] == kind && object["metadata"]["name"] == name;
    objects().into_iter().find(is_it).unwrap_or_else(|| panic!("there is no {kind} {name}"))
}

#[test]
fn the_deployment_matches_the_hook() {
    let deployment = of_kind("Deployment");
    let (spec, labels) = (&deployment["spec"], &deployment["spec"]["template"]["metadata"]["labels"]);
    assert!(spec["replicas"].as_u64().unwrap() >= 2);
    for selector in [
        &spec["selector"]["matchLabels"],
        &of_kind("Service")["spec"]["selector"],
        &of_kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        &of_kind("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
    ] {
        assert_eq!(selector, labels);
    }
    let (pod, container) = (&spec["template"]["spec"], &spec["template"]["spec"]["containers"][0]);
    assert_eq!(pod["automountServiceAccountToken"], false);
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    assert_eq!(container["securityContext"]["readOnlyRootFilesystem"], true);
    assert_eq!(container["securityContext"]["allowPrivilegeEscalation"], false);
    assert_eq!(container["livenessProbe"]["httpGet"]["path"], "/healthz");
    assert_eq!(container["readinessProbe"]["httpGet"]["path"], "/readyz");
    assert!(container["resources"]["limits"]["memory"].is_string());
    assert_eq!(of_kind("NetworkPolicy")["spec"]["policyTypes"], json!(["Ingress", "Egress"]));
}

#[test]
fn the_store_of_the_deployment_is_where_the_hook_looks_for_it() {
    let deployment = of_kind("Deployment");
    let variables = deployment["spec"]["template"]["spec"]["containers"][0]["env"].as_array().unwrap();
    let url = variables.iter().find(|one| one["name"] == "HOOK_RATE_LIMIT_STORE").unwrap()["value"].as_str().unwrap();
    let (host, port) = url.strip_prefix("redis://").unwrap().split_once(':').unwrap();
    let (service, store) = (named("Service", host), named("Deployment", host));
    let labels = &store["spec"]["template"]["metadata"]["labels"];
    assert_eq!(service["spec"]["ports"][0]["port"].to_string(), port);
    assert_eq!(&service["spec"]["selector"], labels);
    assert_eq!(&store["spec"]["selector"]["matchLabels"], labels);
    assert_eq!(&named("NetworkPolicy", host)["spec"]["podSelector"]["matchLabels"], labels);
    let allowed = of_kind("NetworkPolicy")["spec"]["egress"].as_array().unwrap().clone();
    assert!(allowed.iter().any(|rule| &rule["to"][0]["podSelector"]["matchLabels"] == labels));
}

#[test]
fn secrets_come_from_the_secret_and_variables_are_known() {
    use clap::CommandFactory as _;
    let (deployment, secret) = (of_kind("Deployment"), of_kind("Secret"));
    let pod = &deployment["spec"]["template"]["spec"];
    assert_eq!(pod["volumes"][0]["secret"]["secretName"], secret["metadata"]["name"]);
    let mounted = pod["containers"][0]["volumeMounts"][0]["mountPath"].as_str().unwrap();
    let options = okta_backend_hook::options::Options::command();
    let known: BTreeSet<_> = options.get_arguments().filter_map(|one| one.get_env()?.to_str()).collect();
    for variable in pod["containers"][0]["env"].as_array().unwrap() {
        let (name, value) = (variable["name"].as_str().unwrap(), variable["value"].as_str().unwrap());
        assert!(known.contains(name), "{name} is no variable of the hook");
        if name.ends_with("_FILE") {
            let key = value.strip_prefix(mounted).unwrap().trim_start_matches('/');
            assert_eq!(secret["stringData"][key], "REPLACE", "{key}");
        }
    }
    let container = include_str!("../../Containerfile");
    let set = container.split_whitespace().filter_map(|word| word.strip_prefix("HOOK_")?.split('=').next());
    assert_eq!(set.map(|name| format!("HOOK_{name}")).filter(|name| known.contains(name.as_str())).count(), 3);
}

#[test]
fn the_container_is_built_in_stages_and_runs_as_nobody() {
    const KNOWN: [&str; 8] = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "EXPOSE", "ENTRYPOINT"];
    let file = include_str!("../../Containerfile");
    let lines: Vec<_> = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let instructions: Vec<_> = lines.iter().map(|line| line.split_once(' ').unwrap()).collect();
    assert!(instructions.iter().all(|(name, _)| KNOWN.contains(name)), "{instructions:?}");
    let all =
        |name: &str| instructions.iter().filter(|(one, _)| *one == name).map(|(_, rest)| *rest).collect::<Vec<_>>();
    let stages = all("FROM");
    assert_eq!((instructions[0].0, stages.len()), ("FROM", 2));
    assert!(stages[0].ends_with(" AS build") && stages[1].contains("distroless"), "{stages:?}");
    assert!(all("RUN")[0].contains("--locked --package okta-backend-hook"));
    assert!(all("COPY").last().unwrap().starts_with("--from=build "));
    assert_eq!(all("USER"), ["65532:65532"]);
    let entry: Vec<String> = serde_json::from_str(all("ENTRYPOINT")[0]).unwrap();
    assert!(all("COPY").last().unwrap().ends_with(&entry[0]));
    let shown = all("FROM")[0];
    let toolchain = include_str!("../../../Cargo.toml").lines().find_map(|line| line.strip_prefix("rust-version = "));
    assert!(shown.contains(toolchain.unwrap().trim_matches('"')), "{shown}");
}

#[test]
fn the_readme_has_every_option() {
    use clap::CommandFactory as _;
    let readme = include_str!("../../README.md");
    for option in okta_backend_hook::options::Options::command().get_arguments() {
        if let (Some(name), Some(variable)) = (option.get_long(), option.get_env()) {
            assert!(readme.contains(&format!("`--{name}")), "--{name}");
            assert!(readme.contains(&format!("`{}`", variable.to_str().unwrap())), "{variable:?}");
        }
    }
}
