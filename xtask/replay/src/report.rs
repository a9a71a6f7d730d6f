//! Prints the results of the recordings: lines for people, or one JSON array for programs. Not here: finding the results.

use crate::outcome::{Outcome, Shown};
use crate::page::{Action, Input};
use serde_json::{Value, json};
use std::io::{self, Write};

/// The result of one file.
pub(crate) struct Report {
    /// Its path.
    pub file: String,
    /// Its result.
    pub outcome: Outcome,
}

/// Prints lines for people, and the counts at the end.
pub(crate) fn text(out: &mut dyn Write, reports: &[Report], skipped: usize) -> io::Result<()> {
    for report in reports {
        writeln!(out, "{}", report.file)?;
        for (name, value) in report.lines() {
            writeln!(out, "  {name:<10}{value}")?;
        }
    }
    let count = |is: fn(&Outcome) -> bool| reports.iter().filter(|report| is(&report.outcome)).count();
    writeln!(
        out,
        "{} shown, {} not transactions, {} descriptions, {} failed; {skipped} other files skipped",
        count(|outcome| matches!(outcome, Outcome::Shown(_))),
        count(|outcome| matches!(outcome, Outcome::NotTransaction(_))),
        count(|outcome| matches!(outcome, Outcome::Description(_))),
        count(|outcome| matches!(outcome, Outcome::Failed(_))),
    )
}

/// Prints one array with the same content.
pub(crate) fn json(out: &mut dyn Write, reports: &[Report]) -> io::Result<()> {
    let reports: Vec<Value> = reports.iter().map(Report::json).collect();
    serde_json::to_writer_pretty(&mut *out, &reports)?;
    writeln!(out)
}

impl Report {
    /// Whether it fails the run.
    pub(crate) fn failed(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
    }

    fn lines(&self) -> Vec<(&'static str, String)> {
        match &self.outcome {
            Outcome::NotTransaction(what) => vec![("body", format!("not a transaction: {what}"))],
            Outcome::Description(members) => {
                vec![("body", format!("none, but a description of what was done: {members}"))]
            }
            Outcome::Failed(failure) => vec![("FAILED", failure.message())],
            Outcome::Shown(shown) => shown_lines(shown),
        }
    }

    fn json(&self) -> Value {
        let (verdict, members) = match &self.outcome {
            Outcome::NotTransaction(what) => ("not a transaction", json!({"body": what})),
            Outcome::Description(members) => ("description", json!({"members": members})),
            Outcome::Failed(failure) => {
                ("failed", json!({"failure": {"kind": failure.kind(), "message": failure.message()}}))
            }
            Outcome::Shown(shown) => ("shown", shown_json(shown)),
        };
        let mut report = json!({"file": self.file, "verdict": verdict});
        if let (Value::Object(report), Value::Object(members)) = (&mut report, members) {
            report.extend(members);
        }
        report
    }
}

fn shown_lines(shown: &Shown) -> Vec<(&'static str, String)> {
    let Shown { http_status, code, request, step, page } = shown;
    let code = code.as_deref().unwrap_or("no code");
    let mut lines = vec![match request {
        None => ("status", code.to_owned()),
        Some(request) => ("error", format!("{http_status} {code}, in response to {}", request.description())),
    }];
    lines.push(("step", (*step).to_owned()));
    lines.push(("title", page.title.clone().unwrap_or_else(|| "none".to_owned())));
    lines.extend(page.notice.iter().map(|notice| ("notice", format!("{}: {}", notice.role, notice.text))));
    lines.extend(page.inputs.iter().map(|input| ("input", input_line(input))));
    lines.extend(page.actions.iter().map(|action| ("action", action_line(action))));
    lines
}

fn input_line(Input { name, kind, autocomplete, label }: &Input) -> String {
    let autocomplete = autocomplete.as_ref().map(|hint| format!(", autocomplete {hint}")).unwrap_or_default();
    format!("{label:?}: {name}, type {kind}{autocomplete}")
}

fn action_line(Action { label, submits, disabled }: &Action) -> String {
    let submits = if *submits { " (submits)" } else { "" };
    let disabled = if *disabled { " (disabled)" } else { "" };
    [label, submits, disabled].concat()
}

fn shown_json(Shown { http_status, code, request, step, page }: &Shown) -> Value {
    let inputs: Vec<Value> = page
        .inputs
        .iter()
        .map(|input| {
            json!({"name": input.name, "type": input.kind, "autocomplete": input.autocomplete, "label": input.label})
        })
        .collect();
    let actions: Vec<Value> = page
        .actions
        .iter()
        .map(|action| json!({"label": action.label, "submits": action.submits, "disabled": action.disabled}))
        .collect();
    let notice = page.notice.as_ref().map(|notice| json!({"role": notice.role, "text": notice.text}));
    json!({
        "httpStatus": http_status,
        "status": request.is_none().then_some(code),
        "error": request.map(|request| json!({"code": code, "inResponseTo": request.description()})),
        "step": step,
        "title": page.title,
        "inputs": inputs,
        "actions": actions,
        "notice": notice,
    })
}
