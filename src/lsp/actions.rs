//! What an editor offers at a finding: its fix, all safe fixes, a comment that silences it, a word to learn.

use super::answer::Desk;
use super::place::url;
use super::publish;
use crate::diagnostic::{Diagnostic, Edit, FileId, Fix, Place, Safety};
use crate::engine::WORDS;
use crate::fix;
use crate::model::{Format, Page};
use crate::suppress;
use crate::text::{Source, Span};
use lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, CreateFile, CreateFileOptions,
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    Range, ResourceOp, TextDocumentEdit, TextEdit, Url, WorkspaceEdit,
};
use std::collections::BTreeMap;

/// The action that repairs all that can be repaired safely.
pub(super) const FIX_ALL: &str = "source.fixAll.scholint";

/// So many findings at one place get actions of their own.
const MOST: usize = 16;

/// The rules that judge single words.
const OF_WORDS: &[&str] = &["typo/misspelling"];

/// The actions at a span of a page.
pub(super) fn at(
    desk: &Desk<'_>,
    page: &Page,
    span: Span,
    context: &CodeActionContext,
) -> Vec<CodeActionOrCommand> {
    // `source` asks for every action below it.
    let wants = |kind: &str| {
        context.only.as_ref().is_none_or(|only| {
            only.iter().any(|wanted| {
                kind.strip_prefix(wanted.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        })
    };
    let mut actions = Vec::new();
    if wants(CodeActionKind::QUICKFIX.as_str()) {
        let findings = desk
            .session
            .diagnostics_of(page.id)
            .iter()
            .filter(|each| each.place.span.start <= span.end && span.start <= each.place.span.end);
        for finding in findings.take(MOST) {
            let quick = [repair(desk, finding), learn(desk, finding), ignore(desk, page, finding)];
            actions.extend(quick.into_iter().flatten());
        }
    }
    if wants(FIX_ALL) {
        actions.extend(fix_all(desk, page));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn quick(desk: &Desk<'_>, finding: &Diagnostic, title: String, edit: WorkspaceEdit) -> CodeAction {
    CodeAction {
        title,
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![publish::diagnostic(desk.talk, desk.session, desk.root, finding)]),
        edit: Some(edit),
        ..CodeAction::default()
    }
}

/// The fix of a finding, when it leaves the rest of the page as it is.
fn repair(desk: &Desk<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let fix = finding.fix.as_ref()?;
    let site = desk.session.site();
    (fix::apply(site, std::slice::from_ref(finding), Safety::Ask).applied == 1).then_some(())?;
    let mut action = quick(desk, finding, sentence(&fix.title), edit_of(desk, &fix.edits)?);
    action.is_preferred = Some(fix.safety == Safety::Safe);
    Some(action)
}

/// All safe fixes whose edits stay on the page.
fn fix_all(desk: &Desk<'_>, page: &Page) -> Option<CodeAction> {
    let site = desk.session.site();
    let is_here = |fix: &Fix| fix.edits.iter().all(|edit| edit.place.file == page.id);
    let findings = desk.session.diagnostics_of(page.id).iter();
    let wanted: Vec<Diagnostic> =
        findings.filter(|each| each.fix.as_ref().is_some_and(is_here)).cloned().collect();
    let repaired = fix::apply(site, &wanted, Safety::Safe);
    let text = repaired.texts.get(&page.id)?;
    Some(CodeAction {
        title: format!("Fix all that scholint can fix safely ({})", repaired.applied),
        kind: Some(CodeActionKind::from(FIX_ALL)),
        edit: Some(edit_of(desk, &[difference(page.id, &page.source, text)])?),
        ..CodeAction::default()
    })
}

/// One edit that makes a text of another; what both begin and end with stays.
fn difference(file: FileId, old: &Source, new: &str) -> Edit {
    let alike = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let start = alike(&mut old.text().chars().zip(new.chars()));
    let (left, rest) = (old.slice(Span::new(start as u32, u32::MAX)), new.get(start..).unwrap_or_default());
    let behind = alike(&mut left.chars().rev().zip(rest.chars().rev()));
    Edit {
        place: Place { file, span: Span::at(start, start + left.len() - behind) },
        text: rest.get(..rest.len() - behind).unwrap_or_default().to_owned(),
    }
}

/// A comment that silences the rule here: at the end of the line, or above it. It is tried before it is offered.
fn ignore(desk: &Desk<'_>, page: &Page, finding: &Diagnostic) -> Option<CodeAction> {
    let span = finding.place.span;
    let source = &page.source;
    let in_front = page.doc.front.is_some_and(|front| front.content.contains(span));
    let (open, close) = match page.format {
        _ if in_front => ("# ", ""),
        Format::Markdown(_) | Format::Html => ("<!-- ", " -->"),
        Format::Yaml | Format::Toml => ("# ", ""),
        Format::Bibtex => ("% ", ""),
        Format::Json => return None,
    };
    let comment = format!("{open}scholint-ignore {}{close}", finding.rule);
    let last = source.line_span(source.line_index(span.end.saturating_sub(1).max(span.start)));
    let first = source.line_span(source.line_index(span.start));
    let indent = source.slice(first).chars().take_while(|character| matches!(character, ' ' | '\t'));
    let above = format!("{}{comment}\n", indent.collect::<String>());
    let edit =
        [(last.end, format!(" {comment}")), (first.start, above)].into_iter().find_map(|(at, text)| {
            let place = page.at(Span::new(at, at));
            let shifted = if at <= span.start { span.shift(text.len() as u32) } else { span };
            let edit = Edit { place, text };
            let fix = Fix { title: String::new(), safety: Safety::Ask, edits: vec![edit.clone()] };
            let tried = Diagnostic { fix: Some(fix), ..finding.clone() };
            let mut after = fix::apply(desk.session.site(), &[tried], Safety::Ask).texts;
            let text = after.remove(&page.id)?;
            let read = Page::read(page.id, Source::new(source.path().clone(), text), page.format);
            suppress::silences(&read, finding.rule, shifted).then_some(edit)
        })?;
    Some(quick(desk, finding, format!("Ignore {} here", finding.rule), edit_of(desk, &[edit])?))
}

/// Adds a word to those that are right on this site.
fn learn(desk: &Desk<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    OF_WORDS.contains(&finding.rule).then_some(())?;
    let word = desk.session.site().slice(finding.place);
    let is_word = !word.is_empty() && word.chars().all(|each| each.is_alphabetic() || "'’-".contains(each));
    is_word.then_some(())?;
    let url = url(desk.root, WORDS)?;
    let title = format!("Add `{word}` to {WORDS}");
    let known = desk.text_of(&url);
    let Some(text) = known else {
        // Where the editor cannot make files, this one has to be made by hand first.
        desk.talk.creates.then_some(())?;
        let options = Some(CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) });
        let create = CreateFile { uri: url.clone(), options, annotation_id: None };
        let insert = document_edit(desk, url, vec![insertion(Position::default(), format!("{word}\n"))]);
        let changes = vec![
            DocumentChangeOperation::Op(ResourceOp::Create(create)),
            DocumentChangeOperation::Edit(insert),
        ];
        let edit = WorkspaceEdit {
            document_changes: Some(DocumentChanges::Operations(changes)),
            ..WorkspaceEdit::default()
        };
        return Some(quick(desk, finding, title, edit));
    };
    let source = Source::new(WORDS, text);
    let whole = source.text();
    let gap = if whole.is_empty() || whole.ends_with('\n') { "" } else { "\n" };
    let end = desk.talk.position(&source, source.span().end);
    let edits = BTreeMap::from([(url, vec![insertion(end, format!("{gap}{word}\n"))])]);
    Some(quick(desk, finding, title, workspace_edit(desk, edits)))
}

fn insertion(at: Position, new_text: String) -> TextEdit {
    TextEdit { range: Range { start: at, end: at }, new_text }
}

/// Edits of files of the site as editors take them.
fn edit_of(desk: &Desk<'_>, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let site = desk.session.site();
    let mut by_file: BTreeMap<Url, Vec<TextEdit>> = BTreeMap::new();
    for edit in edits {
        let source = site.source(edit.place.file);
        let range = desk.talk.range(source, edit.place.span);
        let new_text = edit.text.clone();
        by_file.entry(url(desk.root, source.path())?).or_default().push(TextEdit { range, new_text });
    }
    Some(workspace_edit(desk, by_file))
}

fn workspace_edit(desk: &Desk<'_>, by_file: BTreeMap<Url, Vec<TextEdit>>) -> WorkspaceEdit {
    if desk.talk.creates {
        let edits = by_file.into_iter().map(|(url, edits)| document_edit(desk, url, edits)).collect();
        return WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(edits)),
            ..WorkspaceEdit::default()
        };
    }
    WorkspaceEdit { changes: Some(by_file.into_iter().collect()), ..WorkspaceEdit::default() }
}

/// Edits of one file; those of an open one are for its present version only.
fn document_edit(desk: &Desk<'_>, uri: Url, edits: Vec<TextEdit>) -> TextDocumentEdit {
    let version = desk.documents.get(&uri).map(|document| document.version);
    TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri, version },
        edits: edits.into_iter().map(OneOf::Left).collect(),
    }
}

/// A title as a menu shows it.
fn sentence(title: &str) -> String {
    let mut characters = title.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_edit_makes_the_new_text() {
        for (old, new) in
            [("aéb", "aèb"), ("aa", "aaa"), ("aaa", "a"), ("", "x"), ("ab\r\n", "ab\n"), ("x", "x")]
        {
            let source = Source::new("a.md", old);
            let edit = difference(FileId(0), &source, new);
            let mut text = old.to_owned();
            text.replace_range(edit.place.span.range(), &edit.text);
            assert_eq!(text, new);
        }
    }
}
