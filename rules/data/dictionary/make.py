#!/usr/bin/env python3
"""Writes words.tsv, the dictionary: a word in lower case, a tab, how common it is.

  make.py SCOWL VOCABULARY > words.tsv

SCOWL is the folder `usr/share/dict/scowl` of Debian's package `scowl` (2020.12.07); its licence is LICENSE-SCOWL.
VOCABULARY is a table `word, papers, sites`: how many titles and abstracts of 155,635 research papers, and how many of 80
academic sites, use a word in lower case; its first line is a heading.

0  a name (it is known where it is capitalised)      4  ordinary
1  obscure (SCOWL 80 and 95)                         5  common
2  rare (60, 70)                                     6  very common
3  uncommon (50, 55)                                 7  among the words that all pages use
"""
import os, re, sys

scowl, vocabulary = sys.argv[1:3]
WORD = re.compile(r'[A-Za-z]+')
LEVELS = {10: 7, 20: 6, 35: 5, 40: 4, 50: 3, 55: 3, 60: 2, 70: 2, 80: 1, 95: 1}
SETS = {'english', 'american', 'british', 'british_z', 'canadian', 'variant_1', 'british_variant_1', 'variant_2'}
words, names, every = {}, set(), set()
for file in sorted(os.listdir(scowl)):
    name, level = file.rsplit('.', 1)
    part, kind = name.rsplit('-', 1) if not name.endswith('proper-names') else (name[:-len('-proper-names')], 'names')
    level = int(level)
    if part not in SETS or kind not in ('words', 'names', 'upper'):
        continue
    for word in open(os.path.join(scowl, file), encoding='latin-1'):
        word = word.strip()
        if not WORD.fullmatch(word) or len(word) < 2:
            continue
        if kind != 'words':
            if level <= 80 and len(word) > 2:
                names.add(word.lower())
            continue
        every.add(word)
        # Obscure short words are more often a slip for a common one, and obscure variants are slips.
        if level >= 80 and (len(word) < 7 or 'variant' in part):
            continue
        # Affixes are taken apart by scholint itself.
        if level >= 80 and re.search(r'(?:ness|nesses|like|less|lessly)$|^(?:non|un|over|super|inter|under|out|anti|counter|pseudo|semi|pre)', word):
            continue
        if level == 95 and re.search(r'(?:s|ly|ed|ing|er)$', word):
            continue
        if level == 95 and len(word) < 9:
            continue
        rank = LEVELS[level] if 'variant' not in part else min(LEVELS[level], 2)
        if word.islower():
            words[word] = max(words.get(word, 0), rank)

known = set(words)
suffixes = {w[i:] for w, r in words.items() if r > 2 for i in range(1, len(w) - 2)}
prefixes = {w[:i] for w, r in words.items() if r > 2 for i in range(3, len(w))}
for number, line in enumerate(open(vocabulary)):
    word, papers, sites = line.rstrip('\n').split('\t')
    if number == 0 or not word.isascii() or not word.isalpha() or len(word) < 3 or word in ('cid', 'xlink', 'mml', 'xmlns'):
        continue
    papers, sites = int(papers), int(sites)
    if word not in known:
        # What broken hyphenation left over is the end, the middle or the beginning of a word.
        fragment = word not in every and (word in suffixes or word in prefixes)
        if fragment and papers < 600 or papers < 5 and (len(word) < 5 or sites < 5) or len(word) < 5 and papers < 100 or word in ('magna', 'toend', 'endto'):
            continue
    rank = 7 if papers >= 5000 or sites >= 20 else 6 if papers >= 1200 or sites >= 9 else 5 if papers >= 120 or sites >= 4 else 4 if papers >= 25 else 3
    words[word] = max(words.get(word, 0), rank)
for line in open(os.path.join(os.path.dirname(__file__), 'more.txt')):
    if not line.startswith('#'):
        word, *rank = line.split()
        words[word] = max(words.get(word, 0), int(rank[0]) if rank else 3)
for name in names:
    words.setdefault(name, 0)
print('# How common English words are. Written by make.py from SCOWL (LICENSE-SCOWL) and from counts over titles and abstracts of papers.')
for word in sorted(words):
    print(f'{word}\t{words[word]}')
