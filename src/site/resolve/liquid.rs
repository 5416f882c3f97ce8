//! Folding the few Liquid expressions whose value the configuration fixes.

use crate::markup::Data;
use crate::site::Facts;

/// What a target with Liquid in it stands for.
pub(super) enum Folded {
    /// A target without Liquid.
    Target(String),
    /// The page or file of this source path: `{% link a/b.md %}`.
    Source(String),
    /// The post of this name: `{% post_url 2020-01-01-title %}`.
    Post(String),
    /// The page of Hugo of this path, from the page itself or from the content: `{{< relref "talk/a" >}}`.
    Reference(String),
}

/// Folds the Liquid of a target; `None` when it holds anything that is not known.
///
/// `site.url` becomes nothing, so that the rest is a path from the site's root.
pub(super) fn fold(target: &str, facts: &Facts) -> Option<Folded> {
    let mut out = String::new();
    let mut rest = target;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        if let Some(after) = after.strip_prefix('{') {
            // Three braces, or Hugo's `{{<` and `{{%`.
            if after.starts_with(['{', '<', '%']) {
                return reference(after).filter(|_| out.is_empty()).map(Folded::Reference);
            }
            let (expression, after) = after.split_once("}}")?;
            out.push_str(&output(expression.trim_matches(['-', ' ', '\n', '\t']), facts)?);
            rest = after;
        } else if let Some(after) = after.strip_prefix('%') {
            let (tag, after) = after.split_once("%}")?;
            let tag = tag.trim_matches(['-', ' ', '\n', '\t']);
            let (name, path) = tag.split_once(char::is_whitespace)?;
            let path = path.trim();
            let is_all = after.is_empty() || after.starts_with(['#', '?']);
            if path.contains(['{', ' ']) || !is_all || !out.trim_matches('/').is_empty() {
                return None;
            }
            let path = path.trim_start_matches('/').to_owned();
            return match name {
                "link" => Some(Folded::Source(path)),
                "post_url" => Some(Folded::Post(path)),
                _ => None,
            };
        } else {
            return None;
        }
    }
    out.push_str(rest);
    (!out.contains('}')).then_some(Folded::Target(out))
}

/// The path in `< ref "x.md#part" >}}`, which is all of a target but for what may follow `#`.
fn reference(after: &str) -> Option<String> {
    let close = if after.starts_with('<') { ">}}" } else { "%}}" };
    let (inner, rest) = after.get(1..)?.split_once(close)?;
    let inner = inner.trim();
    let path = inner.strip_prefix("relref").or_else(|| inner.strip_prefix("ref"))?;
    let path = path.strip_prefix(char::is_whitespace)?.trim().trim_matches(['"', '\'', '`']);
    let is_plain = !path.contains(['"', '\'', '=', ' ', '{']);
    (is_plain && (rest.is_empty() || rest.starts_with(['#', '?']))).then(|| path.to_owned())
}

/// The value of `{{ expression }}`.
fn output(expression: &str, facts: &Facts) -> Option<String> {
    let mut stages = split_stages(expression).into_iter();
    let mut value = atom(stages.next()?, facts)?;
    for stage in stages {
        let (name, argument) = match stage.split_once(':') {
            Some((name, argument)) => (name.trim(), Some(argument.trim())),
            None => (stage.trim(), None),
        };
        value = match (name, argument) {
            ("relative_url" | "absolute_url", None) => {
                format!("{}/{}", facts.baseurl, value.trim_start_matches('/'))
            }
            ("prepend", Some(argument)) => atom(argument, facts)? + &value,
            ("append", Some(argument)) => value + &atom(argument, facts)?,
            ("uri_escape" | "escape" | "strip" | "url_encode" | "escape_once" | "xml_escape", None) => value,
            _ => return None,
        };
    }
    Some(value)
}

/// Splits at the bars that stand outside quotes.
fn split_stages(expression: &str) -> Vec<&str> {
    let mut quote = None;
    expression
        .split(move |character| match (quote, character) {
            (None, '|') => true,
            (None, '"' | '\'') => {
                quote = Some(character);
                false
            }
            (Some(open), _) if open == character => {
                quote = None;
                false
            }
            _ => false,
        })
        .map(str::trim)
        .collect()
}

/// A literal, or a value of the configuration.
fn atom(text: &str, facts: &Facts) -> Option<String> {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return (!inner.contains(quote)).then(|| inner.to_owned());
        }
    }
    match text {
        "site.baseurl" | "base_path" | "site.github.baseurl" => return Some(facts.baseurl.clone()),
        "site.url" | "site.github.url" => return Some(String::new()),
        _ => {}
    }
    let mut value = facts.config.as_ref()?;
    for key in text.strip_prefix("site.")?.split('.') {
        value = value.get(key)?;
    }
    value.text().map(str::to_owned).filter(|text| !text.contains('{')).or_else(|| {
        // An empty value shows as nothing.
        matches!(value, Data { value: crate::markup::Value::Null, .. }).then(String::new)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::parse_yaml;
    use crate::text::Span;

    #[test]
    fn what_can_be_folded() {
        let config = "cv: /files/cv.pdf\nauthor: {github: ann}\nempty:\n";
        let facts = Facts {
            baseurl: "/lab".to_owned(),
            config: parse_yaml(config, Span::at(0, config.len())).ok(),
            ..Facts::default()
        };
        for (target, expected) in [
            ("{{ site.baseurl }}/x.pdf", Some("/lab/x.pdf")),
            ("{{site.url}}{{site.baseurl}}/x", Some("/lab/x")),
            ("{{ base_path }}/x", Some("/lab/x")),
            ("{{ '/x|y' | relative_url }}", Some("/lab/x|y")),
            ("{{ \"x\" | absolute_url }}#a", Some("/lab/x#a")),
            ("{{ '/x' | prepend: site.baseurl | prepend: site.url }}", Some("/lab/x")),
            ("{{- 'a' | append: '.pdf' -}}", Some("a.pdf")),
            ("{{ site.cv }}", Some("/files/cv.pdf")),
            ("https://github.com/{{ site.author.github }}", Some("https://github.com/ann")),
            ("{{ site.empty }}/x", Some("/x")),
            ("{{ site.nothing }}/x", None),
            ("{{ page.pdf }}", None),
            ("{{ post.url | relative_url }}", None),
            ("{{< ref x >}}", Some("reference x")),
            ("{{< ref x", None),
            ("{{ x", None),
            ("{x}", None),
            ("{% post_url 2020-01-01-x %}", Some("post 2020-01-01-x")),
            ("{% post_url 2020-01-01-x %}#a", Some("post 2020-01-01-x")),
            ("{% endif %}", None),
            ("{{< relref \"talk/a.md#b\" >}}", Some("reference talk/a.md#b")),
            ("{{% ref '/talk/a' %}}#b", Some("reference /talk/a")),
            ("{{< ref path=\"a\" lang=\"de\" >}}", None),
            ("{{< figure src=\"a\" >}}", None),
        ] {
            let found = fold(target, &facts).map(|folded| match folded {
                Folded::Target(target) => target,
                Folded::Source(path) => format!("source {path}"),
                Folded::Post(name) => format!("post {name}"),
                Folded::Reference(path) => format!("reference {path}"),
            });
            assert_eq!(found.as_deref(), expected, "{target}");
        }
        assert!(
            matches!(fold("{% link _pages/a.md %}#x", &facts), Some(Folded::Source(path)) if path == "_pages/a.md")
        );
    }
}
