#!/usr/bin/env python3
"""Runs scholint over real sites and checks what must hold on any page.

  sites.py SCHOLINT FOLDER

For each folder in FOLDER: no crash, valid JSON, every span inside its file with the line and column of
its offset, and the same report twice.
"""
import json, subprocess, sys, time
from pathlib import Path

def report(scholint, site):
    run = subprocess.run(
        [scholint, 'check', '--output-format', 'json', '--min-severity', 'hint', '--today', '2026-06-01', '.'],
        cwd=site, capture_output=True, timeout=120)
    return run.returncode, run.stdout, run.stderr.decode('utf-8', 'replace')

def places(finding):
    yield finding
    yield from finding['related']
    yield from (finding['fix'] or {}).get('edits', [])

def position(text, offset):
    before = text[:offset].decode('utf-8')  # fails inside a character
    line = before.count('\n') + 1
    column = len(before.rsplit('\n', 1)[-1]) + 1
    if line == 1 and before.startswith('\ufeff'):
        column -= 1
    return line, column

def faults(scholint, site):
    code, out, err = report(scholint, site)
    if code not in (0, 1):
        yield f'exit code {code}: {err.strip()[-300:]}'
        return
    try:
        found = json.loads(out)
    except ValueError as error:
        yield f'no JSON: {error}'
        return
    texts = {}
    for finding in found['diagnostics']:
        for place in places(finding):
            path = place['path']
            if path not in texts:
                texts[path] = (site / path).read_bytes()
            text = texts[path]
            start, end = (place['span'][key] for key in ('start', 'end'))
            if not start['offset'] <= end['offset'] <= len(text):
                yield f"{finding['rule']} {path}: the span {start['offset']}..{end['offset']} is outside"
                continue
            for point in (start, end):
                try:
                    true = position(text, point['offset'])
                except UnicodeDecodeError:
                    yield f"{finding['rule']} {path}: {point['offset']} cuts a character"
                    continue
                if true != (point['line'], point['column']):
                    yield f"{finding['rule']} {path}: {point} stands at {true}"
    if report(scholint, site)[1] != out:
        yield 'two runs differ'

def main():
    scholint, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    sites = sorted(path for path in folder.iterdir() if path.is_dir())
    wrong, begin = 0, time.time()
    for site in sites:
        for fault in faults(scholint, site):
            wrong += 1
            print(f'{site.name}: {fault}')
    print(f'{len(sites)} sites, {wrong} faults, {time.time() - begin:.1f} s')
    sys.exit(1 if wrong or not sites else 0)

main()
