//! JUnit's XML, for systems that know tests only: a suite for each file with findings, a failed test for each
//! finding. Where there is none, one test that passed says so.

use super::{Report, Shown, clean, json::locate, page_of};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::fmt::Write as _;
use std::io;

pub(super) fn write(report: &Report<'_>) -> String {
    let shown: Vec<Shown<'_>> = report.shown().collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // What is written to memory finds its place.
    let _ = document(&mut writer, &shown);
    let mut text = String::from_utf8(writer.into_inner()).unwrap_or_default();
    text.push('\n');
    text
}

fn document(writer: &mut Writer<Vec<u8>>, shown: &[Shown<'_>]) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let failures = shown.len().to_string();
    let tests = shown.len().max(1).to_string();
    writer
        .create_element("testsuites")
        .with_attributes([("name", "scholint"), ("tests", &tests), ("failures", &failures), ("errors", "0")])
        .write_inner_content(|writer| {
            // Findings are sorted by file.
            for suite in shown.chunk_by(|a, b| a.path() == b.path()) {
                let path = suite.first().map(Shown::path).unwrap_or_default();
                self::suite(writer, &clean::line(&path), suite)?;
            }
            if shown.is_empty() { self::suite(writer, "scholint", &[]) } else { Ok(()) }
        })?;
    Ok(())
}

fn suite(writer: &mut Writer<Vec<u8>>, name: &str, shown: &[Shown<'_>]) -> io::Result<()> {
    let (tests, failures) = (shown.len().max(1).to_string(), shown.len().to_string());
    writer
        .create_element("testsuite")
        .with_attributes([("name", name), ("tests", &tests), ("failures", &failures), ("errors", "0")])
        .write_inner_content(|writer| {
            for each in shown {
                failure(writer, name, each)?;
            }
            if shown.is_empty() {
                let passed = [("name", "nothing found"), ("classname", name)];
                writer.create_element("testcase").with_attributes(passed).write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn failure(writer: &mut Writer<Vec<u8>>, path: &str, shown: &Shown<'_>) -> io::Result<()> {
    let diagnostic = shown.diagnostic;
    let (_, span) = locate(shown.outcome, diagnostic.place);
    let place = format!("{path}:{}:{}", span.start.line, span.start.column);
    let severity = diagnostic.severity.name();
    let message = clean::line(&diagnostic.message);
    let mut body = format!("{place}: {severity}[{}] {message}", diagnostic.rule);
    if let Some(advice) = shown.advice() {
        let _ = write!(body, "\nhelp: {}", clean::line(advice));
    }
    let _ = write!(body, "\nsee {}", page_of(diagnostic.rule));
    let name = format!("{} {place}", diagnostic.rule);
    writer
        .create_element("testcase")
        .with_attributes([("name", name.as_str()), ("classname", path)])
        .write_inner_content(|writer| {
            let failure = [("message", &*message), ("type", severity)];
            writer
                .create_element("failure")
                .with_attributes(failure)
                .write_text_content(BytesText::new(&body))?;
            Ok(())
        })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::*;

    #[test]
    fn a_failed_test_for_each_finding() {
        let outcomes = [samples::outcome("a.md", "é teh\nteh\n")];
        let text = Report::new(&outcomes, Severity::Hint).write(Format::Junit);
        for part in [
            "<testsuites name=\"scholint\" tests=\"2\" failures=\"2\" errors=\"0\">",
            "<testsuite name=\"site/a.md\" tests=\"2\" failures=\"2\" errors=\"0\">",
            "<testcase name=\"typo/misspelling site/a.md:1:3\" classname=\"site/a.md\">",
            "<failure message=\"`teh` is misspelled\" type=\"error\">site/a.md:1:3: error[typo/misspelling] ",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn nothing_found_is_a_test_that_passed() {
        let text = Report::new(&[], Severity::Hint).write(Format::Junit);
        assert!(text.contains("tests=\"1\" failures=\"0\""), "{text}");
        assert!(text.contains("<testcase name=\"nothing found\" classname=\"scholint\"/>"), "{text}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = samples::hostile(Format::Junit);
        assert!(!text.contains("<script") && !text.contains("]]>"), "{text}");
        let bad: Vec<char> = text.chars().filter(|c| c.is_control() && *c != '\n').collect();
        assert!(bad.is_empty() && !text.contains(['\u{202e}', '\u{ffff}']), "{bad:?} in {text}");
    }
}
