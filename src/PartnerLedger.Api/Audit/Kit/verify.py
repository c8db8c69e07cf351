#!/usr/bin/env python3
"""Verifies an audit kit with Python's standard library and openssl alone: python3 verify.py [--key PEM] [--older NOTE]

Give it the public key, and an earlier checkpoint note, that you kept yourself: what comes with the kit comes from whoever made it.
Prints VERIFIED and exits with 0 only if everything holds; else it names the first bad position and exits with 1.
"""
import argparse, base64, hashlib, json, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ED25519 = bytes.fromhex("302a300506032b6570032100")  # what precedes the 32 bytes of a key in DER (RFC 8410)

def fail(message):
    print("NOT VERIFIED: " + message)
    sys.exit(1)

def kit(name):
    return open(os.path.join(HERE, name), "rb")

def leaf(line):
    return hashlib.sha256(b"\0" + line).digest()

def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()

class Tree:
    """A Merkle tree (RFC 6962) that grows leaf by leaf."""
    size, peaks = 0, ()

    def add(self, hash):
        bits = self.size
        while bits & 1:
            self.peaks, hash, bits = self.peaks[:-1], node(self.peaks[-1], hash), bits >> 1
        self.size, self.peaks = self.size + 1, self.peaks + (hash,)

    def root(self):
        root = self.peaks[-1] if self.peaks else hashlib.sha256(b"").digest()
        for peak in self.peaks[-2::-1]:
            root = node(peak, root)
        return root

def end_of_path(hash, index, size, path):
    """Where an inclusion proof leads (RFC 9162, 2.1.3.2); None where it does not fit a tree of this size."""
    last = size - 1
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            hash = node(sibling, hash)
            while not index & 1:
                index, last = index >> 1, last >> 1
        else:
            hash = node(hash, sibling)
        index, last = index >> 1, last >> 1
    return hash if last == 0 else None

def openssl_accepts(key, is_ed25519, text, signature):
    with tempfile.TemporaryDirectory() as folder:
        files = [os.path.join(folder, name) for name in ("text", "signature")]
        for name, content in zip(files, (text, signature)):
            with open(name, "wb") as file:
                file.write(content)
        how = (["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", files[0], "-sigfile", files[1]] if is_ed25519
               else ["dgst", "-sha256", "-verify", key, "-signature", files[1], files[0]])
        return subprocess.run(["openssl"] + how, capture_output=True).returncode == 0

def read_note(path, key):
    """Origin, size and root of a checkpoint note that this key signed (C2SP tlog-checkpoint and signed-note)."""
    with open(path, encoding="utf-8", newline="") as file:
        text, blank, signatures = file.read().rpartition("\n\n")
    with open(key) as file:
        der = base64.b64decode("".join(line for line in file if not line.startswith("-")))
    lines = (text := text + "\n").split("\n")
    if not blank or len(lines) < 4:
        fail(f"{path} is no checkpoint note")
    is_ed25519 = der.startswith(ED25519)
    key_id = hashlib.sha256(f"{lines[0]}\n\1".encode() + der[len(ED25519):] if is_ed25519 else der).digest()[:4]
    found = [(match[1], base64.b64decode(match[2])) for match in re.finditer(r"^\u2014 (\S+) (\S+)$", signatures, re.MULTILINE)]
    ours = [openssl_accepts(key, is_ed25519, text.encode(), signed[4:]) for name, signed in found if name == lines[0] and signed[:4] == key_id]
    if not ours or not all(ours):
        fail(f"{path} is not signed by {key}")
    return lines[0], int(lines[1]), base64.b64decode(lines[2])

def commitment(value, pointer):
    """The hash in an event's data at a JSON pointer, to which a text was committed."""
    for step in pointer.replace("~1", "/").split("/")[1:]:
        members = dict(zip(map(str, range(len(value))), value)) if isinstance(value, list) else value
        value = members.get(step) if isinstance(members, dict) else None
    return value.get("sha256") if isinstance(value, dict) else None

def check_events(check):
    """Every line is in its place and checks, every stream's versions have no gap, every text is the one committed to."""
    count, versions, texts = 0, {}, map(json.loads, kit("texts.ndjson"))
    text = next(texts, None)
    for count, line in enumerate(kit("events.ndjson"), 1):
        try:
            event = json.loads(line)
            position, stream, version, data = event["position"], event["streamId"], event["version"], event["data"]
        except (ValueError, KeyError, TypeError):
            fail(f"position {count}: line {count} of events.ndjson is no event")
        check(count, position, line[:-1])
        if version != versions.get(stream, 0) + 1:
            fail(f"position {position}: in stream {stream}, version {version} follows version {versions.get(stream, 0)}")
        versions[stream] = version
        while text and text["position"] == position:
            if commitment(data, text["member"]) != hashlib.sha256(bytes.fromhex(text["salt"]) + text["text"].encode()).hexdigest():
                fail(f"position {position}: the text of {text['member']} is not the one that was committed to")
            text = next(texts, None)
    if text:
        fail(f"position {text['position']}: there is a text, but no event to which it belongs in its place")
    return count, len(versions)

def main():
    options = argparse.ArgumentParser(description="Verifies an audit kit.")
    options.add_argument("--key", default=os.path.join(HERE, "key.pem"), help="the public key, by default the kit's")
    options.add_argument("--older", help="a checkpoint note that was fetched earlier")
    options.add_argument("--older-key", help="the key that signed it, where it is another")
    given = options.parse_args()
    origin, size, root = read_note(os.path.join(HERE, "checkpoint"), given.key)
    older_origin, older_size, older_root = read_note(given.older, given.older_key or given.key) if given.older else (origin, 0, None)
    if older_origin != origin or older_size > size:
        fail(f"position {size + 1}: the older note signed {older_size} events of {older_origin}, the kit's {size} of {origin}")

    def check_proof(count, position, line):
        with kit(f"proofs/{position}.tlog-proof") as file:
            proof = file.read().decode().split("\n\n")[0].split("\n")
        if proof[1] != f"index {position - 1}" or end_of_path(leaf(line), position - 1, size, map(base64.b64decode, proof[2:])) != root:
            fail(f"position {position}: the event is not in the signed ledger")

    if os.path.isdir(os.path.join(HERE, "proofs")):
        print(f"VERIFIED: {check_events(check_proof)[0]} events of one partnership are among the {size} that {origin} signed.")
        return
    leaves, tree = kit("leaves").read(), Tree()
    for at in range(0, len(leaves), 32):
        tree.add(leaves[at:at + 32])
        if tree.size == older_size and tree.root() != older_root:
            fail(f"position {older_size} or one before: up to there the history is not the one that the older note signed")

    def check_leaf(count, position, line):
        if position != count or count > size:
            fail(f"position {count}: position {position} stands in its place, of {size} that were signed")
        if leaf(line) != leaves[32 * count - 32:32 * count]:
            fail(f"position {position}: the event is not the one that was signed")

    events, streams = check_events(check_leaf)
    if events != size or tree.size != size or tree.root() != root:
        fail(f"position {min(events + 1, size)}: {size} events were signed, {events} are here, and their root is not the signed one")
    print(f"VERIFIED: {events} events in {streams} streams are those that {origin} signed{', the older note first' if older_root else ''}.")

main()
