#!/usr/bin/env python3
"""Checks real reports against the schemas of their formats, and with the validators that others use.

  formats.py SCHOLINT TOOLS FOLDER…

Each FOLDER is a site. One more is made here, whose page and path do their worst to break out of each format.
"""
import json, os, re, subprocess, sys, tempfile
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
from lxml import etree

SCHEMAS = Path(__file__).resolve().parent.parent / 'tests' / 'schemas'
HOSTILE = (
    '# A `x|y` ``` ]]> "\'><script>alert(1)</script>\n\n'
    'My [CV](files/`@ada`|]]><script>alert(1)</script>#1.pdf) was accpeted by the the \x1b[31m \u202e publicaitons.\n\n'
    '[x](#"><script>|`@ada`%0A::error::x) [y](/##[error]x.md) ![](no|`%0A::error::.png)\n\n'
    '::set-output name=x::y [a](http:/x) [b](https://example.org/x"onclick="alert(1)`|@ada ) [c](htps://a.b)\n\n'
    '- [p](/files/@ada.pdf)\n- [q](</files/it\'s & b.pdf>)\n- [r](</files/a\', b.pdf>)\n- <img src="x`|@ada#1.png" alt="]]>">\n'
)


def report(scholint, site, form):
    run = subprocess.run(
        [scholint, 'check', '--output-format', form, '--min-severity', 'hint', '--today', '2026-06-01', '.'],
        cwd=site, capture_output=True, timeout=120)
    assert run.returncode in (0, 1), (form, run.returncode, run.stderr[-300:])
    return run.stdout.decode('utf-8')


def schema(name):
    return json.loads((SCHEMAS / name).read_text())


def sarif(text, site, tools, found):
    log = json.loads(text)
    jsonschema.Draft7Validator(schema('sarif-2.1.0.json'), format_checker=jsonschema.FormatChecker()).validate(log)
    run = log['runs'][0]
    assert len(run['results']) == found
    assert run['columnKind'] == 'unicodeCodePoints'
    rules = run['tool']['driver']['rules']
    for result in run['results']:
        assert rules[result['ruleIndex']]['id'] == result['ruleId']
        places = result['locations'] + result.get('relatedLocations', [])
        for place in places:
            physical = place['physicalLocation']
            path = site / unquote(physical['artifactLocation']['uri'])
            region = physical['region']
            lines = path.read_bytes().decode('utf-8').split('\n')
            assert 1 <= region['startLine'] <= region['endLine'] <= len(lines)
            assert region['endColumn'] <= len(lines[region['endLine'] - 1]) + 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / 'report.sarif'
        file.write_text(text)
        out = Path(folder) / 'validation.sarif'
        run = subprocess.run(
            ['node', tools / 'node/node_modules/.bin/sarif-multitool', 'validate', file, '--output', out,
             '--rule-kind', 'Sarif;Ghas', '--log', 'ForceOverwrite'], capture_output=True, text=True, timeout=300)
        assert out.exists(), run.stdout + run.stderr
        said = json.loads(out.read_text(encoding='utf-8-sig'))['runs'][0].get('results', [])
        bad = [each for each in said if each.get('level', 'warning') == 'error']
        assert not bad, json.dumps(bad[:3])[:1500]
        return sorted({f"{each['ruleId']} ({each.get('level', 'warning')})" for each in said})


def junit(text, found):
    document = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(str(SCHEMAS / 'junit-10.xsd'))).assertValid(document)
    assert len(document.findall('.//failure')) == found
    ElementTree.fromstring(text)


def gitlab(text, found):
    issues = json.loads(text)
    jsonschema.validate(issues, schema('gitlab-code-quality.json'))
    assert len(issues) == found
    assert len({each['fingerprint'] for each in issues}) == found, 'fingerprints name findings'


def rdjson(text, site, tools, found):
    result = json.loads(text)
    jsonschema.validate(result, schema('rdjson.json'))
    assert len(result['diagnostics']) == found
    for each in result['diagnostics']:
        lines = (site / each['location']['path']).read_bytes().split(b'\n')
        for point in each['location']['range'].values():
            line = lines[point['line'] - 1]
            assert point['column'] <= len(line) + 1
            line[:point['column'] - 1].decode('utf-8')  # fails inside a character
    run = subprocess.run(['node', tools / 'node/node_modules/.bin/rdformat-validator', '--silent'], input=text,
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, (run.stdout + run.stderr)[:1500]


def github(text, found):
    lines = text.split('\n')
    assert lines.pop() == ''
    for line in lines:
        # As the runner reads it.
        command = re.fullmatch(r'::(error|warning|notice) ((?:\w+=[^,:\r\n]*)(?:,\w+=[^,:\r\n]*)*)::([^\r\n]*)', line)
        assert command, line
        assert not re.search('[\x00-\x1f\u202e]', line), line
    assert sum('title=scholint::' not in line for line in lines) == found


def markdown(text):
    assert len(text) <= 65536
    outside = re.sub(r'(`+) .*? \1', '', text)
    assert '<script' not in outside and '@ada' not in outside and '](/' not in outside, outside
    assert not re.search('[\x00-\x09\x0b-\x1f\u202e]', text)


def main():
    scholint, tools = (Path(arg).resolve() for arg in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        hostile = Path(folder) / 'hostile'
        (hostile / "a,b `%0A::error'").mkdir(parents=True)
        (hostile / '_config.yml').write_text('title: A\n')
        (hostile / "a,b `%0A::error'" / 'ü <script>&x.md').write_text(HOSTILE)
        (hostile / 'latin ##[error].md').write_bytes(b'\xe4\n')
        empty = Path(folder) / 'empty'
        empty.mkdir()
        (empty / 'index.md').write_text('Hello.\n')
        said = set()
        for site in [hostile, empty] + [Path(arg).resolve() for arg in sys.argv[3:]]:
            found = len(json.loads(report(scholint, site, 'json'))['diagnostics'])
            assert {empty: found == 0, hostile: found >= 8}.get(site, found > 0), f'{site.name}: {found} findings'
            said.update(sarif(report(scholint, site, 'sarif'), site, tools, found))
            junit(report(scholint, site, 'junit'), found)
            gitlab(report(scholint, site, 'gitlab'), found)
            rdjson(report(scholint, site, 'rdjson'), site, tools, found)
            github(report(scholint, site, 'github'), found)
            markdown(report(scholint, site, 'markdown'))
            print(f'{site.name}: {found} findings are well-formed in every format')
        print('the SARIF validator also said:', ', '.join(sorted(said)) or 'nothing')


main()
