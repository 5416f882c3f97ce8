//! XML as a tree of elements, for answers of a few kilobytes.

use crate::markup::decode_entities;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Deeper answers are none.
const DEPTH: usize = 64;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without the prefix.
    pub(super) name: String,
    /// Its text and that of all elements inside, white space folded.
    pub(super) text: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
}

impl Element {
    /// The elements inside it of a name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element inside it of a name, if it says anything.
    pub(super) fn text_of<'e>(&'e self, name: &'e str) -> Option<&'e str> {
        self.all(name).next().map(|child| &*child.text).filter(|text| !text.is_empty())
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The elements inside it.
    pub(super) fn children(&self) -> &[Element] {
        &self.children
    }
}

/// Reads a document; `None` for what is no XML.
pub(super) fn parse(text: &str) -> Option<Element> {
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if open.len() < DEPTH => open.push(begin(&tag)),
            Event::Start(_) | Event::Eof => return None,
            Event::Empty(tag) => open.last_mut()?.children.push(begin(&tag)),
            Event::Text(text) => {
                if let Some(top) = open.last_mut() {
                    top.text.push_str(&text.xml10_content());
                }
            }
            Event::CData(text) => open.last_mut()?.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => {
                let written: &str = &entity;
                open.last_mut()?.text.push_str(&decode_entities(&format!("&{written};"), 0).text);
            }
            Event::End(_) => {
                let mut closed = open.pop()?;
                let Some(parent) = open.last_mut() else {
                    closed.text = fold(&closed.text);
                    return Some(closed);
                };
                parent.text.push_str(&closed.text);
                closed.text = fold(&closed.text);
                parent.children.push(closed);
            }
            _ => {}
        }
    }
}

fn begin(tag: &BytesStart<'_>) -> Element {
    let attributes = tag
        .attributes()
        .flatten()
        .filter_map(|each| {
            let value = each.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((each.key.local_name().as_ref().to_owned(), value))
        })
        .collect();
    Element { name: tag.local_name().as_ref().to_owned(), attributes, ..Element::default() }
}

/// White space folded.
pub(super) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_entities() {
        let text = "<?xml version='1.0'?><!DOCTYPE r><r a='1 &amp; 2'><x:t>A<i>b</i>\n  &amp; &#252; &uuml;<br/></x:t><t>c</t></r>";
        let root = parse(text).expect("a tree");
        assert_eq!(root.attribute("a"), Some("1 & 2"));
        assert_eq!(root.text_of("t"), Some("Ab & ü ü"));
        assert_eq!(root.all("t").count(), 2);
        assert_eq!(root.children().len(), 2);
    }

    #[test]
    fn what_is_no_xml_is_none() {
        for text in ["", "Rate exceeded.", "<a><b></a>", "<a>", "{}", &"<a>".repeat(100_000)] {
            assert!(parse(text).is_none(), "{}", text.len());
        }
    }
}
