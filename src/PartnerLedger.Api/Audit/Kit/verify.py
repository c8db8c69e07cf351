#!/usr/bin/env python3
"""Verifies an audit kit with Python's standard library and openssl alone: python3 verify.py [--key PEM] [--older NOTE]

Give it the public key, and an earlier checkpoint note, that you kept yourself: what comes with the kit comes from whoever made it.
Prints VERIFIED and exits with 0 only if everything holds; else it names the first bad position and exits with 1.
"""
import argparse, base64, functools, hashlib, json, os, pathlib, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ED25519 = bytes.fromhex("302a300506032b6570032100")  # what precedes the 32 bytes of a key in DER (RFC 8410)

def fail(message):
    sys.exit(print("NOT VERIFIED: " + message) or 1)

def must(hold, message):
    return hold or fail(message)

def kit(name): return open(os.path.join(HERE, name), "rb")
def leaf(line): return hashlib.sha256(b"\0" + line).digest()
def node(left, right): return hashlib.sha256(b"\1" + left + right).digest()

class Tree:
    """A Merkle tree (RFC 6962) that grows leaf by leaf."""
    size, peaks = 0, ()

    def add(self, hash):
        bits = self.size
        while bits & 1:
            self.peaks, hash, bits = self.peaks[:-1], node(self.peaks[-1], hash), bits >> 1
        self.size, self.peaks = self.size + 1, self.peaks + (hash,)

    def root(self):
        return functools.reduce(lambda right, left: node(left, right), self.peaks[::-1]) if self.peaks else hashlib.sha256(b"").digest()

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
            pathlib.Path(name).write_bytes(content)
        how = (["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", files[0], "-sigfile", files[1]] if is_ed25519
               else ["dgst", "-sha256", "-verify", key, "-signature", files[1], files[0]])
        return subprocess.run(["openssl"] + how, capture_output=True).returncode == 0

def read_note(path, key):
    """Origin, size and root of a checkpoint note that this key signed (C2SP tlog-checkpoint and signed-note)."""
    text, _, signatures = pathlib.Path(path).read_bytes().decode().rpartition("\n\n")
    der = base64.b64decode(pathlib.Path(key).read_text().split("PUBLIC KEY-----")[1].rpartition("-----END")[0])
    lines = (text := text + "\n").split("\n")
    must(len(lines) > 3, f"{path} is no checkpoint note")
    is_ed25519 = der.startswith(ED25519)
    key_id = hashlib.sha256(f"{lines[0]}\n\1".encode() + der[len(ED25519):] if is_ed25519 else der).digest()[:4]
    found = [(match[1], base64.b64decode(match[2])) for match in re.finditer(r"^\u2014 (\S+) (\S+)$", signatures, re.MULTILINE)]
    ours = [openssl_accepts(key, is_ed25519, text.encode(), signed[4:]) for name, signed in found if name == lines[0] and signed[:4] == key_id]
    must(ours and all(ours), f"{path} is not signed by {key}")
    return lines[0], int(lines[1]), base64.b64decode(lines[2])

def commitments(value, at=""):
    """The hashes in an event's data to which texts were committed, by JSON pointer."""
    if isinstance(value, dict) and list(value) == ["sha256"]:
        return {at: value["sha256"]}
    members = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    return {pointer: hash for name, member in members for pointer, hash in commitments(member, f"{at}/{str(name).replace('/', '~1')}").items()}

def check_events(check, place):
    """Every line is in its place and checks, every stream's versions have no gap, every text is the one committed to or was erased."""
    count, versions, gone, texts = 0, {}, {}, map(json.loads, kit("texts.ndjson"))
    text = next(texts, None)
    for count, line in enumerate(kit("events.ndjson"), 1):
        try:
            event = json.loads(line)
            position, stream, version, data = event["position"], event["streamId"], event["version"], event["data"]
        except (ValueError, KeyError, TypeError):
            fail(f"position {place(count)}: line {count} of events.ndjson is no event")
        check(count, position, line.removesuffix(b"\n"))
        if version != versions.get(stream, 0) + 1:
            fail(f"position {position}: in stream {stream}, version {version} follows version {versions.get(stream, 0)}")
        versions[stream], owed = version, commitments(data) if b'"sha256"' in line else {}
        while text and text["position"] == position:
            if owed.pop(text["member"], None) != hashlib.sha256(bytes.fromhex(text["salt"]) + text["text"].encode()).hexdigest():
                fail(f"position {position}: the text of {text['member']} is not the one that was committed to")
            text = next(texts, None)
        if owed:
            gone.setdefault(stream, []).append((position, {version, data.get("version")}))
        if event["type"] == "text_erased":  # of these versions, and of their corrections
            gone[stream] = [one for one in gone.get(stream, []) if not one[1] & set(data["versions"])]
    must(not text, f"position {(text or {}).get('position')}: there is a text, but no event to which it belongs in its place")
    missing = min((position for stream in gone.values() for position, _ in stream), default=None)
    must(not missing, f"position {missing}: a text is gone, and nothing says that it was erased")
    return count, len(versions)

def main():
    options = argparse.ArgumentParser(description="Verifies an audit kit.")
    options.add_argument("--key", default=os.path.join(HERE, "key.pem"), help="the public key, by default the kit's")
    options.add_argument("--older", help="a checkpoint note that was fetched earlier")
    options.add_argument("--older-key", help="the key that signed it, where it is another")
    given = options.parse_args()
    origin, size, root = read_note(os.path.join(HERE, "checkpoint"), given.key)
    older_origin, older_size, older_root = read_note(given.older, given.older_key or given.key) if given.older else (origin, 0, None)
    must(older_origin == origin and older_size <= size, f"position {size + 1}: the older note signed {older_size} events of {older_origin}, the kit's {size} of {origin}")

    def check_proof(count, position, line):
        must(position == place(count), f"position {place(count)}: position {position} stands in its place")
        proof = kit(f"proofs/{position}.tlog-proof").read().decode().split("\n\n")[0].split("\n")
        end = end_of_path(leaf(line), position - 1, size, map(base64.b64decode, proof[2:]))
        must(proof[1] == f"index {position - 1}" and end == root, f"position {position}: the event is not in the signed ledger")

    if os.path.isdir(os.path.join(HERE, "proofs")):
        must(not given.older, "what came before an older note is in the kit of all events alone: hold the note against that")
        proved = sorted(int(name.split(".")[0]) for name in os.listdir(os.path.join(HERE, "proofs")))
        place = lambda count: proved[count - 1] if count <= len(proved) else None
        events = check_events(check_proof, place)[0]
        must(events == len(proved), f"position {place(events + 1)}: the event is missing")
        return print(f"VERIFIED: {events} events of one partnership are among the {size} that {origin} signed.")
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

    events, streams = check_events(check_leaf, int)
    where = f"{min(events + 1, size)}{'' if events < size else ' or one before'}"
    must(events == tree.size == size and tree.root() == root, f"position {where}: {size} events were signed, {events} are here, and their root is not the signed one")
    print(f"VERIFIED: {events} events in {streams} streams are those that {origin} signed{', the older note first' if older_root else ''}.")

try:
    main()
except (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
    fail(f"something in the kit, or what was given with it, cannot be read ({type(error).__name__}: {error})")
