#!/usr/bin/env python3
"""Checks a mirrored audit log. A second opinion beside onbehalf-verify, with nothing but Python's standard library.

usage: verify_log.py --policy FILE [--json] DIR...
       verify_log.py --policy FILE --open OPENING

Written from the specifications, not from the other verifier, so that both would need the same bug:
RFC 6962 section 2.1 (tree), RFC 8032 section 5.1 (Ed25519), FIPS 186-5 (ECDSA on P-256), RFC 8785 (canonical JSON), and from
c2sp.org: signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-policy.
Exit code: 0 proved, 1 not proved, 2 could not be checked; with several folders the highest.
"""
import argparse
import base64
import bisect
import functools
import hashlib
import hmac
import json
import pathlib
import re
import sys
import uuid
from datetime import datetime, timedelta, timezone

TOLERANCE = timedelta(seconds=60)
MACHINE_TOLERANCE = timedelta(hours=1)
SESSION_PATIENCE = timedelta(minutes=10)
LONGEST_SESSION = timedelta(hours=24)
BATCH = 4096


class Broken(Exception):
    """Something does not hold; the text says what and where."""


class Unusable(Exception):
    """The check itself cannot be done."""


# ---- RFC 8032: Ed25519 ----

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def edwards_add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e = (y1 - x1) * (y2 - x2) % P
    f = (y1 + x1) * (y2 + x2) % P
    g = 2 * t1 * t2 * D % P
    h = 2 * z1 * z2 % P
    return ((f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P)


def edwards_times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = edwards_add(result, point)
        point = edwards_add(point, point)
        scalar >>= 1
    return result


def edwards_point(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = edwards_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


@functools.lru_cache(maxsize=None)
def ed25519_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = edwards_point(public), edwards_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = edwards_times(scalar, BASE), edwards_add(commitment, edwards_times(challenge, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---- FIPS 186-5: ECDSA with SHA-256 on P-256 ----

PRIME = 2**256 - 2**224 + 2**192 + 2**96 - 1
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CURVE_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
GENERATOR = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
             0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)
SPKI_OF_P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")


def curve_add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0]:
        if (a[1] + b[1]) % PRIME == 0:
            return None
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, PRIME) % PRIME
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, PRIME) % PRIME
    x = (slope * slope - a[0] - b[0]) % PRIME
    return x, (slope * (a[0] - x) - a[1]) % PRIME


def curve_times(scalar, point):
    result = None
    while scalar:
        if scalar & 1:
            result = curve_add(result, point)
        point = curve_add(point, point)
        scalar >>= 1
    return result


def der_numbers(data):
    """The two numbers of an ASN.1 sequence, or None."""
    if len(data) < 8 or data[0] != 0x30 or data[1] != len(data) - 2 or data[1] > 127:
        return None
    numbers, rest = [], data[2:]
    while rest:
        if len(rest) < 3 or rest[0] != 2 or rest[1] == 0 or len(rest) < 2 + rest[1]:
            return None
        numbers.append(int.from_bytes(rest[2:2 + rest[1]], "big", signed=True))
        rest = rest[2 + rest[1]:]
    return numbers if len(numbers) == 2 else None


@functools.lru_cache(maxsize=None)
def ecdsa_holds(spki, message, signature):
    numbers = der_numbers(signature)
    if numbers is None or len(spki) != len(SPKI_OF_P256) + 65 or not spki.startswith(SPKI_OF_P256) or spki[len(SPKI_OF_P256)] != 4:
        return False
    point = int.from_bytes(spki[-64:-32], "big"), int.from_bytes(spki[-32:], "big")
    if (point[1] ** 2 - point[0] ** 3 + 3 * point[0] - CURVE_B) % PRIME:
        return False
    r, s = numbers
    if not (0 < r < ORDER and 0 < s < ORDER):
        return False
    inverse = pow(s, -1, ORDER)
    digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
    found = curve_add(curve_times(digest * inverse % ORDER, GENERATOR), curve_times(r * inverse % ORDER, point))
    return found is not None and found[0] % ORDER == r


# ---- c2sp.org: notes, checkpoints, policies ----

def strict_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None


def strict_number(text):
    return int(text) if re.fullmatch(r"0|[1-9][0-9]{0,18}", text, re.ASCII) else None


class Key:
    def __init__(self, vkey):
        parts = vkey.split("+", 2)
        data = strict_base64(parts[2]) if len(parts) == 3 else None
        if not data or not parts[0] or re.search(r"\s", parts[0]):
            raise Unusable(f"{vkey} is no key")
        self.vkey = vkey
        self.name, self.kind, self.data = parts[0], data[0], data[1:]
        hashed = self.data if self.kind == 2 else self.name.encode() + b"\n" + data
        self.id = hashlib.sha256(hashed).digest()[:4]
        if self.id.hex() != parts[1] or self.kind not in (1, 2, 4) or (self.kind != 2 and len(self.data) != 32):
            raise Unusable(f"{vkey} is no key")

    def holds(self, text, signature):
        if self.kind == 2:
            return ecdsa_holds(self.data, text.encode(), signature)
        if self.kind == 1:
            return ed25519_holds(self.data, text.encode(), signature)
        if len(signature) != 72 or signature[0] > 127:
            return False
        time = int.from_bytes(signature[:8], "big")
        return ed25519_holds(self.data, f"cosignature/v1\ntime {time}\n{text}".encode(), signature[8:])


class Note:
    def __init__(self, data):
        try:
            whole = data.decode("utf-8", "strict")
        except UnicodeDecodeError:
            raise Broken("this is no signed note: it is not UTF-8") from None
        text, blank, lines = whole.rpartition("\n\n")
        if not blank or not lines.endswith("\n") or any(ord(c) < 32 and c != "\n" for c in whole):
            raise Broken("this is no signed note")
        self.text, self.signatures = text + "\n", []
        for line in lines[:-1].split("\n"):
            match = re.fullmatch(r"\u2014 ([^\s+]+) (\S+)", line)
            blob = strict_base64(match[2]) if match else None
            if not blob or len(blob) < 5:
                raise Broken("this is no signed note: a line of a signature cannot be read")
            self.signatures.append((match[1], blob[:4], blob[4:]))

    def by(self, key):
        """True: signed; False: a signature in this name does not hold; None: not signed."""
        results = [key.holds(self.text, s) for name, key_id, s in self.signatures if name == key.name and key_id == key.id]
        return all(results) if results else None


class Checkpoint:
    def __init__(self, note):
        lines = note.text[:-1].split("\n")
        size = strict_number(lines[1]) if len(lines) >= 3 and all(lines) else None
        root = strict_base64(lines[2]) if size is not None else None
        if root is None or len(root) != 32:
            raise Broken("this is no checkpoint")
        self.origin, self.size, self.root = lines[0], size, root


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, None
        for line in text.split("\n"):
            words = re.findall(r"[^ \t]+", line)
            if not words or words[0].startswith("#"):
                continue
            if words[0] == "log" and len(words) in (2, 3):
                self.logs.append(Key(words[1]))
            elif words[0] == "witness" and len(words) in (3, 4):
                self.witnesses[words[1]] = Key(words[2])
            elif words[0] == "group" and len(words) > 3:
                members = words[3:]
                least = {"any": 1, "all": len(members)}.get(words[2]) or int(words[2])
                if not 1 <= least <= len(members) or not all(m in self.witnesses or m in self.groups for m in members):
                    raise Unusable(f"policy: {line}")
                self.groups[words[1]] = (least, members)
            elif words[0] == "quorum" and len(words) == 2 and self.quorum is None:
                self.quorum = words[1]
            else:
                raise Unusable(f"policy: {line}")
        if self.quorum is None or (self.quorum != "none" and self.quorum not in self.witnesses and self.quorum not in self.groups):
            raise Unusable("policy: no quorum")
        if any(k.kind == 4 for k in self.logs) or any(k.kind != 4 for k in self.witnesses.values()):
            raise Unusable("policy: a key of the wrong kind")

    def log_signed(self, note, origin):
        return any(key.name == origin and note.by(key) for key in self.logs)

    def met(self, note, name):
        if name == "none":
            return True
        if name in self.witnesses:
            return bool(note.by(self.witnesses[name]))
        least, members = self.groups[name]
        return sum(self.met(note, member) for member in members) >= least

    def believe(self, note):
        checkpoint = Checkpoint(note)
        if not self.log_signed(note, checkpoint.origin):
            raise Broken(f"no log of the policy signed it as {checkpoint.origin}")
        for name, key in self.witnesses.items():
            if note.by(key) is False:
                raise Broken(f"the cosignature of {name} does not hold")
        if not self.met(note, self.quorum):
            raise Broken(f"the quorum {self.quorum} is not met")
        return checkpoint


# ---- RFC 6962 ----

def sha256(data):
    return hashlib.sha256(data).digest()


class Tree:
    """MTH over ranges of leaf hashes, straight from the definition; whole blocks of 256 leaves are remembered."""

    def __init__(self, leaves):
        self.leaves, self.known = leaves, {}

    def mth(self, start, end):
        count = end - start
        if count == 0:
            return sha256(b"")
        if count == 1:
            return self.leaves[start]
        if (start, end) in self.known:
            return self.known[start, end]
        k = 1 << ((count - 1).bit_length() - 1)
        result = sha256(b"\x01" + self.mth(start, start + k) + self.mth(start + k, end))
        if count % 256 == 0:
            self.known[start, end] = result
        return result


# ---- c2sp.org/tlog-tiles ----

def tile_name(index):
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i:i + 3] for i in range(0, len(digits), 3)]
    return "/".join(["x" + g for g in groups[:-1]] + groups[-1:])


def read_tile(folder, level, index, width):
    """The name, the bytes, and whether it is the tile of exactly this width."""
    full = f"tile/{level}/{tile_name(index)}"
    for name in ([full] if width == 256 else [f"{full}.p/{width}", full]):
        if (folder / name).is_file():
            return name, (folder / name).read_bytes(), name != full or width == 256
    return (full if width == 256 else f"{full}.p/{width}"), None, True


def split_bundle(data):
    while len(data) >= 2 and len(data) - 2 >= int.from_bytes(data[:2], "big"):
        length = int.from_bytes(data[:2], "big")
        yield data[2:2 + length], data[2 + length:]
        data = data[2 + length:]


# ---- entries ----

def no_twins(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands there twice")
    return dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))


def read_entry(data):
    try:
        text = data.decode("utf-8", "strict")
        entry = json.loads(text, object_pairs_hook=no_twins)
    except ValueError as wrong:
        raise Broken(f"the entry is no JSON: {wrong}") from None
    if not isinstance(entry, dict) or json.dumps(entry, ensure_ascii=False, separators=(",", ":")) != text:
        raise Broken("the entry is not canonical JSON")
    try:
        ok = (type(entry["v"]) is int and entry["v"] == 1 and str(uuid.UUID(entry["id"])) == entry["id"] and entry["name"] != ""
              and isinstance(entry["name"], str) and entry["outcome"] in ("done", "refused")
              and re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z", entry["at"]) is not None)
        at = datetime.strptime(entry["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)
    except (KeyError, ValueError, TypeError, AttributeError):
        raise Broken("the entry lacks v, id, name, at or outcome, or they are not as they must be") from None
    if not ok or ("in-session" in entry) != ("n" in entry) or ("entries" in entry and "n" not in entry):
        raise Broken("the entry lacks v, id, name, at or outcome, or they are not as they must be")
    return entry, at


def read_time(text):
    if not isinstance(text, str) or re.fullmatch(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{6}Z", text) is None:
        raise Broken("a time is not written as it must be")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)


class Story:
    """What the log says of itself."""

    def __init__(self):
        self.last, self.kept_from, self.pruned_by, self.went_on = None, 0, None, {}

    def take(self, leaf, entry):
        if entry["name"] == "log.began" and leaf > 0:
            raise Broken("the log begins a second time")
        if entry["name"] in ("log.began", "log.resumed", "log.pruned"):
            self.last = leaf, entry.get("origin"), entry.get("key")
        if entry["name"] == "log.resumed":
            self.went_on[entry.get("before")] = leaf, entry.get("agrees", 0)
        if entry["name"] == "log.pruned" and entry.get("first", 0) > self.kept_from:
            self.kept_from, self.pruned_by = entry["first"], leaf
            if self.kept_from > leaf:
                raise Broken("it says that entries are gone that come after it")

    def fault(self, policy, origin):
        if self.last is None:
            return "leaf 0: no entry says under which name and key this log stands"
        leaf, name, key = self.last
        if name != origin or not any(log.name == origin and log.vkey == key for log in policy.logs):
            return f"leaf {leaf}: the log stands under {name} with the key {key}, and not as the policy has it"
        return None


def check_entries(leaves, story, is_cut):
    """What the entries say must fit together. Takes (leaf, bytes) and returns what is wrong, by leaf."""
    wrong, events, newest, sessions = [], set(), datetime.min.replace(tzinfo=timezone.utc), {}
    times, ends_at, began, first_at = [], {}, {}, None
    for leaf, data in leaves:
        try:
            entry, at = read_entry(data)
            if leaf == 0 and entry["name"] != "log.began":
                wrong.append((leaf, "the first entry of a log is log.began"))
            story.take(leaf, entry)
        except Broken as broken:
            wrong.append((leaf, str(broken)))
            continue
        if entry["id"] in events:
            wrong.append((leaf, f"event {entry['id']} is there twice"))
        events.add(entry["id"])
        if at + (MACHINE_TOLERANCE if "actor-part" in entry else TOLERANCE) < newest:
            wrong.append((leaf, f"event {entry['id']} is older than one before it"))
        newest = max(newest, at)
        first_at = first_at or at
        times.append(newest)
        if "in-session" in entry:
            sessions.setdefault(entry["in-session"], []).append((entry["n"], leaf, entry.get("entries")))
            began.setdefault(entry["in-session"], at)
            if entry["n"] == 1:
                try:
                    ends_at[entry["in-session"]] = read_time(entry.get("session-ends-at")), leaf
                except Broken:
                    wrong.append((leaf, f"session {entry['in-session']} does not say when it ends at the latest"))
    for session, (end, leaf) in ends_at.items():
        after = bisect.bisect_right(times, end)
        if not any(count is not None for _, _, count in sessions[session]) and after < len(times) and newest - times[after] > SESSION_PATIENCE:
            wrong.append((leaf, f"session {session} had to be over, and has no end"))
    for session, entries in sessions.items():
        seen, ends = {}, [(n, leaf, count) for n, leaf, count in entries if count is not None]
        for n, leaf, count in entries:
            if n in seen:
                wrong.append((leaf, f"session {session} has entry {n} twice"))
            seen.setdefault(n, leaf)
            if count is not None and count != n:
                wrong.append((leaf, f"session {session} ends with entry {n} and counts {count}"))
            if ends and n > ends[0][0]:
                wrong.append((leaf, f"session {session} has entry {n} after its end"))
        for _, leaf, _ in ends[1:]:
            wrong.append((leaf, f"session {session} ends twice"))
        last = max([max(seen)] + [count for _, _, count in ends])
        is_seen_later = is_cut and 1 not in seen and began[session] <= first_at + LONGEST_SESSION
        for n in range(min(seen) if is_seen_later else 1, last + 1):
            if n not in seen:
                later = [leaf for m, leaf, _ in entries if m > n] or [leaf for _, leaf, _ in ends]
                wrong.append((min(later), f"session {session}: entry {n} is missing before this one"))
                break
            if any(m > n and seen[n] - leaf > BATCH for m, leaf, _ in entries):
                wrong.append((seen[n], f"session {session}: entry {n} comes too late"))
    return sorted(wrong)


# ---- a log ----

def check_log(folder, policy):
    if not (folder / "checkpoint").is_file():
        raise Unusable(f"{folder} holds no log")
    faults = []
    try:
        note = Note((folder / "checkpoint").read_bytes())
        try:
            checkpoint = policy.believe(note)
        except Broken as broken:
            faults.append(f"checkpoint: {broken}")
            checkpoint = Checkpoint(note)
    except Broken as broken:
        return faults + [f"checkpoint: {broken}"], ""
    earlier = read_earlier(folder, policy, checkpoint, faults)
    size, hashes, entries, unseen = checkpoint.size, [], [], 0
    for index in range((size + 255) // 256):
        width = min(256, size - index * 256)
        name, data, exact = read_tile(folder, "entries", index, width)
        tile_path, tile, tile_exact = read_tile(folder, 0, index, width)
        if tile is None or (len(tile) != width * 32 if tile_exact else len(tile) != 8192):
            faults.append(f"{tile_path}: missing, or of the wrong length")
            tile = None
        if data is None and width == 256 and tile is not None and unseen == index * 256:
            # The beginning may be gone when the log says so, which is known at its end.
            hashes += [tile[i * 32:i * 32 + 32] for i in range(256)]
            unseen += 256
            continue
        taken, rest = [], data or b""
        for entry, rest_after in split_bundle(data or b""):
            if len(taken) == width:
                break
            taken.append(entry)
            rest = rest_after
        if len(taken) < width:
            faults.append(f"leaf {index * 256 + len(taken)}: {name} is missing, or ends before it")
        elif rest and exact:
            faults.append(f"{name}: something follows the last entry")
        for i in range(width):
            leaf = index * 256 + i
            expected = tile[i * 32:i * 32 + 32] if tile else None
            if i < len(taken):
                entries.append((leaf, taken[i]))
                hashes.append(sha256(b"\x00" + taken[i]))
                if expected and hashes[-1] != expected:
                    faults.append(f"leaf {leaf}: the entry and its hash in {tile_path} differ")
            else:
                hashes.append(expected or bytes(32))
    tree = Tree(hashes)
    level, span = 1, 256
    while size // span:
        count = size // span
        for index in range((count + 255) // 256):
            width = min(256, count - index * 256)
            path, tile, exact = read_tile(folder, level, index, width)
            wanted = b"".join(tree.mth((index * 256 + i) * span, (index * 256 + i + 1) * span) for i in range(width))
            if tile is None or tile[:len(wanted)] != wanted or len(tile) != (len(wanted) if exact else 8192):
                faults.append(f"{path}: missing, or not made from the leaves below it")
        level, span = level + 1, span * 256
    story = Story()
    said = [f"leaf {leaf}: {words}" for leaf, words in check_entries(entries, story, unseen > 0)]
    if unseen > story.kept_from:
        faults.append(f"leaf {story.kept_from}: tile/entries/{tile_name(story.kept_from // 256)} is missing, and no entry says that it is not kept any more")
    if entries and story.fault(policy, checkpoint.origin):
        faults.append(story.fault(policy, checkpoint.origin))
    agreed = 0
    for path, old in earlier:
        continued = old.size <= size and tree.mth(0, old.size) == old.root
        if old.origin != checkpoint.origin:
            if old.origin not in story.went_on:
                faults.append(f"{path}: of another log, {old.origin}, and no entry says that this one goes on from it")
            elif not continued and old.size <= story.went_on[old.origin][1]:
                faults.append(f"{path}: not continued, though leaf {story.went_on[old.origin][0]} says so")
        elif continued:
            agreed = old.size
        else:
            faults.append(f"{path}: not continued; something from leaf {agreed} to leaf {old.size - 1} is not what it was")
    if tree.mth(0, size) != checkpoint.root:
        faults.append("checkpoint: the entries do not give its root")
    faults += said
    return faults, f"{size} entries give the root that was signed." + (
        f" entries 0 to {unseen - 1} are not kept any more, as leaf {story.pruned_by} says: what they said could not be seen." if unseen else "")


def read_earlier(folder, policy, checkpoint, faults):
    earlier = []
    for path in sorted((folder / "checkpoints").glob("[!.]*")):
        name = f"checkpoints/{path.name}"
        try:
            note = Note(path.read_bytes())
            old = Checkpoint(note)
            if not policy.log_signed(note, old.origin):
                raise Broken("no log of the policy signed it")
        except Broken as broken:
            faults.append(f"{name}: {broken}")
            continue
        if old.size > checkpoint.size and old.origin == checkpoint.origin:
            faults.append(f"{name}: rolled back; leaf {checkpoint.size} up to {old.size - 1} are gone")
        else:
            earlier.append((name, old))
    return sorted(earlier, key=lambda pair: pair[1].size)


# ---- c2sp.org/tlog-proof, and what a shop disclosed ----

def inclusion_root(index, size, leaf, path):
    """RFC 9162, section 2.1.3.2."""
    if index >= size:
        raise Broken("the proof does not hold")
    node, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise Broken("the proof is too long")
        if node & 1 or node == last:
            result = sha256(b"\x01" + sibling + result)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            result = sha256(b"\x01" + result + sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Broken("the proof is too short")
    return result


def read_proof(text, policy):
    """The entry that a proof brings along, once it is proved."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    if len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise Broken("this is no proof with its entry")
    entry, index, path = strict_base64(lines[1][6:]), strict_number(lines[2][6:]), [strict_base64(line) for line in lines[3:]]
    if entry is None or index is None or any(one is None or len(one) != 32 for one in path):
        raise Broken("this is no proof with its entry")
    checkpoint = policy.believe(Note(note.encode()))
    if inclusion_root(index, checkpoint.size, sha256(b"\x00" + entry), path) != checkpoint.root:
        raise Broken("the entry does not stand in the log")
    return read_entry(entry)[0]


def open_values(path, policy_path):
    try:
        opening = json.loads(path.read_text("utf-8"))
        entry, words = read_proof(opening["proof"], Policy(pathlib.Path(policy_path).read_text("utf-8"))), []
        for value in opening["values"]:
            field = value["field"]
            if field + "#" not in entry:
                raise Broken(f"{field}: the entry has no such field")
            if value.get("gone"):
                words.append(f"  {field}: erased, or not kept any more")
                continue
            salt = strict_base64(value["salt"])
            digest = hmac.new(salt or b"", field.encode() + b"\x00" + value["value"].encode(), hashlib.sha256).digest()
            if salt is None or len(salt) != 32 or base64.b64encode(digest).decode() != entry[field + "#"]:
                raise Broken(f"{field}: the value is not the one to which the entry committed itself")
            words.append(f"  {field}: {value['value']}")
        print("PROVED.\n" + "\n".join(words))
        return 0
    except Broken as broken:
        print(f"NOT PROVED.\n  {broken}")
        return 1
    except (Unusable, OSError, ValueError, KeyError, TypeError) as unusable:
        print(f"COULD NOT BE CHECKED. {unusable}")
        return 2


def main():
    parser = argparse.ArgumentParser(description="Checks mirrored audit logs.")
    parser.add_argument("--policy", required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--open", type=pathlib.Path)
    parser.add_argument("folders", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    if options.open:
        return open_values(options.open, options.policy)
    highest = 0
    for folder in options.folders:
        try:
            faults, said = check_log(folder, Policy(pathlib.Path(options.policy).read_text("utf-8")))
            code, words = (1, "NOT PROVED.\n  " + "\n  ".join(faults)) if faults else (0, f"PROVED. {said}")
        except (Unusable, OSError) as unusable:
            code, words = 2, f"COULD NOT BE CHECKED. {unusable}"
        highest = max(highest, code)
        print(json.dumps({"folder": str(folder), "exit": code, "words": words}) if options.json else words)
    return highest


if __name__ == "__main__":
    sys.setrecursionlimit(10_000)
    sys.exit(main())
