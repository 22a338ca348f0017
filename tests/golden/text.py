"""What Keras's TextVectorization, StringLookup, IntegerLookup, Hashing and CategoryEncoding make of data, transcribed from their rules (keras/src/layers/preprocessing of Keras 3: index_lookup.py,
text_vectorization.py, hashing.py, category_encoding.py, and the TensorFlow ops that these call). Writes text.json beside this file.

Rules: ASCII letters are lowered and the 32 signs of ASCII punctuation taken out; texts are cut at ASCII white space or between code points; n-grams
are joined with a space, width after width. A vocabulary is ordered by counts, then by the bytes of UTF-8, both descending; in "int" it begins with the
mask "" and "[UNK]", else with "[UNK]". idf = ln(1 + documents / (1 + documents with the token)), and of "[UNK]" the mean of all. Integers are ordered as such, and unknown ones have -1. Hashes are those of text_hashes.json, which
Google's own code made, of single values; with a salt, what Keras's documentation shows.

Counts, n-grams and document frequencies are compared here with scikit-learn's CountVectorizer, where it can do the same.
"""
import collections
import json
import math
import pathlib
import random
import string

from sklearn.feature_extraction.text import CountVectorizer

random.seed(17)
WORDS = ["good", "Bad", "film", "it's", "über", "Ärger", "naïve", "漢字", "😀", "﹗", "end.", "(a)", "x-y", "GOOD", "\u00a0", "b", "c", "d", "e"]
SPACES = [" ", "  ", "\t", "\n", "\r\n", "\x0b", "\x0c"]


def draw(count, longest):
    texts = []
    for _ in range(count):
        n = random.randint(0, longest)
        text = "".join(random.choice(WORDS) + random.choice(SPACES) for _ in range(n))
        texts.append(random.choice(["", " "]) + text)
    return texts


def standardize(text, how):
    if how in ("lower", "lower_and_strip_punctuation"):
        text = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in text)
    if how in ("strip_punctuation", "lower_and_strip_punctuation"):
        text = "".join(c for c in text if c not in string.punctuation)
    return text


def split(text, how):
    if how is None:
        return [text]
    if how == "character":
        return list(text)
    pieces = [""]
    for c in text:
        if c in " \t\n\r\x0b\x0c":
            pieces.append("")
        else:
            pieces[-1] += c
    return [piece for piece in pieces if piece]


def ngrams(pieces, widths):
    if widths is None:
        return pieces
    return [" ".join(pieces[i:i + w]) for w in widths for i in range(len(pieces) - w + 1)]


def learn(documents, max_tokens, start, mask, oov="[UNK]"):
    counts = collections.Counter(token for document in documents for token in document)
    for special in (oov, mask):
        counts.pop(special, None)
    ranked = sorted(counts, key=lambda token: (counts[token], token.encode() if isinstance(token, str) else token), reverse=True)
    tokens = ranked if max_tokens is None else ranked[:max_tokens - start]
    frequency = [sum(token in document for document in documents) for token in tokens]
    return tokens, [math.log(1 + len(documents) / (1 + df)) for df in frequency]


def vectors(documents, tokens, idf, mode, depth):
    rows = []
    weights = [sum(idf) / len(idf)] + idf
    for document in documents:
        row = [0.0] * depth
        for token in document:
            if token == "":
                continue
            at = tokens.index(token) + 1 if token in tokens else 0
            row[at] = 1.0 if mode == "multi_hot" else row[at] + 1
        rows.append([v * weights[i] if i < len(weights) else 0.0 for i, v in enumerate(row)] if mode == "tf_idf" else row)
    return rows


def case(name, options, count=9, longest=7):
    settings = {
        "maxTokens": None, "standardize": "lower_and_strip_punctuation", "split": "whitespace", "ngrams": None, "outputMode": "int",
        "outputSequenceLength": None, "padToMaxTokens": False, **options,
    }
    given = settings["ngrams"]
    widths = list(range(1, given + 1)) if isinstance(given, int) else given
    prepare = lambda text: ngrams(split(standardize(text, settings["standardize"]), settings["split"]), widths)
    learnt, shown = draw(count, longest), draw(5, longest)
    documents = [prepare(text) for text in learnt]
    mode = settings["outputMode"]
    tokens, idf = learn(documents, settings["maxTokens"], 2 if mode == "int" else 1, "")
    new = [prepare(text) for text in shown]
    if mode == "int":
        length = settings["outputSequenceLength"] or max(1, *(len(document) for document in new))
        index = lambda token: 0 if token == "" else tokens.index(token) + 2 if token in tokens else 1
        output = [([index(token) for token in document] + [0] * length)[:length] for document in new]
        vocabulary = ["", "[UNK]", *tokens]
    else:
        depth = settings["maxTokens"] if settings["padToMaxTokens"] else len(tokens) + 1
        output = vectors(new, tokens, idf, mode, depth)
        vocabulary = ["[UNK]", *tokens]
        if mode != "multi_hot" and settings["split"] == "whitespace" and widths in (None, [1, 2]):
            check(learnt, new, shown, settings, tokens, output, idf, mode, widths)
    return {"name": name, "layer": "text_vectorization", "options": options, "learnt": learnt, "vocabulary": vocabulary, "shown": shown, "output": output}


def check(learnt, new, shown, settings, tokens, output, idf, mode, widths):
    """scikit-learn counts the same, and finds the tokens in as many documents."""
    counter = CountVectorizer(
        vocabulary=tokens, ngram_range=(1, len(widths or [1])), lowercase=False,
        preprocessor=lambda text: standardize(text, settings["standardize"]), tokenizer=lambda text: split(text, "whitespace"), token_pattern=None,
    )
    found = counter.transform(shown).toarray()
    df = (counter.transform(learnt).toarray() > 0).sum(axis=0)
    for row, wanted in zip(output, found):
        for i, count in enumerate(wanted):
            weight = math.log(1 + len(learnt) / (1 + df[i])) if mode == "tf_idf" else 1
            assert abs(row[i + 1] - count * weight) < 1e-12, (tokens[i], row[i + 1], count)


def lookup(name, options, learnt, shown, layer="string_lookup"):
    settings = {"maskToken": None, "outputMode": "int", "maxTokens": None, "oovToken": "[UNK]" if layer == "string_lookup" else -1, **options}
    mode, mask = settings["outputMode"], settings["maskToken"]
    front = [mask] if mode == "int" and mask is not None else []
    tokens, idf = learn(learnt, settings["maxTokens"], len(front) + 1, mask, settings["oovToken"])
    vocabulary = [*front, settings["oovToken"], *tokens]
    place = {token: i for i, token in enumerate(vocabulary)}
    index = lambda token: -1 if token == mask and mode != "int" else place.get(token, len(front))
    rows = [[index(token) for token in row] for row in shown]
    weights = [sum(idf) / len(idf)] + idf
    size = len(vocabulary)
    if mode == "int":
        output = rows
    elif mode == "one_hot":
        output = [[[float(i == at) for i in range(size)] for at in row] for row in rows]
    else:
        output = []
        for row in rows:
            counts = [float(row.count(i)) for i in range(size)]
            output.append([min(c, 1.0) if mode == "multi_hot" else c * w if mode == "tf_idf" else c for c, w in zip(counts, weights)])
    return {"name": name, "layer": layer, "options": options, "learnt": learnt, "vocabulary": vocabulary, "shown": shown, "output": output}


def pick(count, length):
    return [[random.choice("abcdefg漢😀﹗") + random.choice(["", "a", "z"]) for _ in range(length)] for _ in range(count)]


def pick_integers(count, length):
    return [[random.choice([0, 1, -1, -7, 42, 2 ** 31, 2 ** 53 - 1, -(2 ** 53) + 1, 1234567890123]) for _ in range(length)] for _ in range(count)]


def hashing(name, options, shown, output):
    return {"name": name, "layer": "hashing", "options": options, "shown": shown, "output": output}


hashes = {text: int(value) for text, value in json.loads(pathlib.Path(__file__).with_name("text_hashes.json").read_text())}


def binned(name, options):
    bins, mask = options["numBins"], options.get("maskValue")
    rows = [list(hashes)[i:i + 4] for i in range(0, len(hashes) - 3, 4)]
    index = lambda text: hashes[text] % bins if mask is None else 0 if text == mask else 1 + hashes[text] % (bins - 1)
    indices = [[index(text) for text in row] for row in rows]
    mode = options.get("outputMode", "int")
    hot = [[[float(i == at) for i in range(bins)] for at in row] for row in indices]
    count = [[sum(one[i] for one in row) for i in range(bins)] for row in hot]
    several = [[min(c, 1.0) for c in row] for row in count]
    return hashing(name, options, rows, {"int": indices, "one_hot": hot, "count": count, "multi_hot": several}[mode])


def encoding(name, options, shape, weighted=False):
    n = options["numTokens"]
    mode = options.get("outputMode", "multi_hot")

    def draw_nested(shape, value):
        return value() if not shape else [draw_nested(shape[1:], value) for _ in range(shape[0])]

    shown = draw_nested(shape, lambda: random.randrange(n))
    weights = draw_nested(shape, lambda: random.randrange(-8, 9) / 8) if weighted else None

    def encode(x, w):
        if not isinstance(x, list):
            return [float(i == x) for i in range(n)]
        if isinstance(x[0], list):
            return [encode(one, w[i] if w else None) for i, one in enumerate(x)]
        hot = [encode(one, None) for one in x]
        if mode == "one_hot":
            return hot[0] if len(x) == 1 else hot
        sums = [sum(one[i] * (w[k] if w else 1) for k, one in enumerate(hot)) for i in range(n)]
        return [min(s, 1.0) for s in sums] if mode == "multi_hot" else sums

    output = [encode(x, weights[i] if weights else None) for i, x in enumerate(shown)]
    return {"name": name, "layer": "category_encoding", "options": options, "shown": shown, "weights": weights, "output": output}


letters = [["A"], ["B"], ["C"], ["D"], ["E"]]
cases = [
    case("defaults", {}),
    case("a length", {"outputSequenceLength": 4}),
    case("few tokens", {"maxTokens": 7, "outputSequenceLength": 9}),
    case("characters", {"split": "character", "standardize": "lower"}, longest=3),
    case("n-grams in int", {"ngrams": 2, "outputSequenceLength": 6}),
    case("whole texts", {"split": None, "standardize": "strip_punctuation"}, longest=1),
    case("several hot", {"outputMode": "multi_hot", "standardize": None}),
    case("several hot, padded", {"outputMode": "multi_hot", "maxTokens": 40, "padToMaxTokens": True}),
    case("counts", {"outputMode": "count", "maxTokens": 12}),
    case("counts of pairs", {"outputMode": "count", "ngrams": 2, "standardize": "lower"}),
    case("triples alone", {"outputMode": "count", "ngrams": [3]}),
    case("tf-idf", {"outputMode": "tf_idf"}, count=13),
    case("tf-idf of pairs, padded", {"outputMode": "tf_idf", "ngrams": 2, "maxTokens": 200, "padToMaxTokens": True}),
    case("one text", {"outputMode": "tf_idf"}, count=1, longest=40),
    lookup("lookup", {}, pick(7, 3), pick(5, 3)),
    lookup("lookup with a mask", {"maskToken": "a", "maxTokens": 6}, pick(7, 3), pick(5, 4)),
    lookup("lookup, one hot", {"outputMode": "one_hot", "maskToken": "b"}, pick(9, 2), pick(4, 3)),
    lookup("lookup, several hot", {"outputMode": "multi_hot"}, pick(9, 3), pick(4, 5)),
    lookup("lookup, counts", {"outputMode": "count", "maskToken": "c"}, pick(9, 3), pick(4, 5)),
    lookup("lookup, tf-idf", {"outputMode": "tf_idf"}, pick(11, 4), pick(1, 7)),
    lookup("integers", {}, pick_integers(7, 3), pick_integers(5, 3), "integer_lookup"),
    lookup("integers with a mask", {"maskToken": 0, "maxTokens": 6}, pick_integers(7, 3), pick_integers(5, 4), "integer_lookup"),
    lookup("integers, one hot", {"outputMode": "one_hot", "maskToken": 42}, pick_integers(9, 2), pick_integers(4, 3), "integer_lookup"),
    lookup("integers, several hot", {"outputMode": "multi_hot"}, pick_integers(2, 2), pick_integers(4, 5), "integer_lookup"),
    lookup("integers, counts", {"outputMode": "count", "oovToken": 1}, pick_integers(9, 3), pick_integers(4, 5), "integer_lookup"),
    lookup("integers, tf-idf", {"outputMode": "tf_idf"}, pick_integers(11, 4), pick_integers(1, 7), "integer_lookup"),
    hashing("letters", {"numBins": 3}, letters, [[1], [0], [1], [1], [2]]),
    hashing("letters and a mask", {"numBins": 3, "maskValue": ""}, [["A"], ["B"], [""], ["C"], ["D"]], [[1], [1], [0], [2], [2]]),
    hashing("letters and two salts", {"numBins": 3, "salt": [133, 137]}, letters, [[1], [2], [1], [0], [2]]),
    hashing("letters and a salt", {"numBins": 3, "salt": 133}, letters, [[0], [0], [2], [1], [0]]),
    binned("texts", {"numBins": 1000003}),
    binned("texts, one hot", {"numBins": 7, "outputMode": "one_hot"}),
    binned("texts, several hot", {"numBins": 5, "outputMode": "multi_hot", "maskValue": "b"}),
    binned("texts, counts", {"numBins": 2, "outputMode": "count"}),
    encoding("several hot", {"numTokens": 5}, [4, 3]),
    encoding("several hot, one number", {"numTokens": 3}, [2, 1]),
    encoding("several hot, more axes", {"numTokens": 4}, [2, 3, 2]),
    encoding("one hot", {"numTokens": 4, "outputMode": "one_hot"}, [5]),
    encoding("one hot, a last axis of 1", {"numTokens": 7, "outputMode": "one_hot"}, [3, 2, 1]),
    encoding("one hot, one more axis", {"numTokens": 6, "outputMode": "one_hot"}, [1, 5]),
    encoding("counts", {"numTokens": 3, "outputMode": "count"}, [4, 7]),
    encoding("counts with weights", {"numTokens": 4, "outputMode": "count"}, [3, 5], weighted=True),
    encoding("counts with weights, one number", {"numTokens": 2, "outputMode": "count"}, [3, 1], weighted=True),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text("[\n" + ",\n".join(json.dumps(one, ensure_ascii=True) for one in cases) + "\n]\n")
