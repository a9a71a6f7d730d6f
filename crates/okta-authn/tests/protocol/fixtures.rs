//! Finds and reads the project's fixtures. The widget's native tests use this file too. Not here: what they must lead to.

use okta_authn::Response;
use okta_authn::wire::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// One fixture.
pub struct Fixture {
    /// Its path below `tests/fixtures`, without the ending.
    pub name: String,
    /// HTTP status; of a body alone, 200.
    pub status: u16,
    /// The body, when it is JSON.
    pub body: Option<Value>,
}

impl Fixture {
    /// The fixture of that name.
    pub fn named(name: &str) -> Self {
        Self::read(&root().join([name, ".json"].concat()))
    }

    /// All fixtures of a folder and those below it, by name.
    pub fn all(folder: &str) -> Vec<Self> {
        let mut fixtures = Vec::new();
        collect(&root().join(folder), &mut fixtures);
        assert!(!fixtures.is_empty(), "no fixtures in {folder}");
        fixtures.sort_by(|one, other| one.name.cmp(&other.name));
        fixtures
    }

    /// The response it stands for.
    pub fn response(&self) -> Response {
        Response { status: self.status, body: self.body.clone(), retry_at: None, date: None }
    }

    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let recorded: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(root()).unwrap().with_extension("").to_str().unwrap().to_owned();
        let status = |status: &Value| serde_json::to_string(status).ok()?.parse::<f64>().ok();
        let is_status = |code: &u16| recorded.get("status").and_then(status) == Some(f64::from(*code));
        match (100..600).find(is_status) {
            None => Self { name, status: 200, body: Some(recorded) },
            Some(status) => {
                let body = match recorded.get("response") {
                    Some(Value::Text(text)) => serde_json::from_str(text).ok(),
                    response => response.cloned(),
                };
                Self { name, status, body }
            }
        }
    }
}

fn root() -> PathBuf {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("tests/fixtures"));
    folders.into_iter().find(|folder| folder.is_dir()).expect("the folder tests/fixtures of the repository")
}

fn collect(folder: &Path, fixtures: &mut Vec<Fixture>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, fixtures);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            fixtures.push(Fixture::read(&path));
        }
    }
}
