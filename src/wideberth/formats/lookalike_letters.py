"""Characters that are seen as an ASCII one: our own table, by code point, short.

Kept to what is hard to tell apart in common typefaces, among the scripts that names here are
written in and those that copy Latin capitals: Cyrillic, Greek, Armenian, Cherokee, Hebrew, Arabic,
Latin outside ASCII, signs. What Unicode itself decomposes (full width, mathematical, presentation
forms) is folded before and not in it, nor are digits: those of any script stand for the ASCII digit
of the same value, for who writes either means the same number. 0 and O, and 1, I and l, are alike.
"""

from collections.abc import Mapping
from typing import Final

SEEN_AS: Final[Mapping[str, str]] = {
    '"': "05f4 201c 201d 2033",
    "'": "0060 00b4 02b9 02bc 02c8 05f3 2018 2019 201b 2032",
    "-": "02d7 05be 2010 2011 2012 2013 2014 2015 2212 30fc fe58 fe63 ff0d",
    ".": "00b7 2022 2027 2219 22c5",
    "/": "2044 2215 29f8",
    "3": "0417",
    ":": "02d0 0589 05c3 2236",
    "A": "0391 0410 13aa",
    "B": "0299 0392 0412 13f4",
    "C": "03f9 0421 13df 1d04",
    "D": "13a0",
    "E": "0395 0415",
    "G": "050c 13c0",
    "H": "029c 0397 041d 13bb",
    "J": "037f 0408 13ab",
    "K": "039a 041a 13e6",
    "L": "053c 13de",
    "M": "039c 041c 13b7",
    "N": "0274 039d",
    "O": "0030 039f 041e 0555",
    "P": "03a1 0420 13e2",
    "Q": "051a 0536",
    "R": "0280 13a1 13d2",
    "S": "0405 0533 054f 13da a731",
    "T": "03a4 0422 13a2",
    "U": "054d",
    "V": "0474 13d9 1d20",
    "W": "051c 13b3 13d4 1d21",
    "X": "03a7 0425",
    "Y": "028f 03a5 0423 04ae 13bd",
    "Z": "0396 13c3 1d22",
    "a": "0251 03b1 0430",
    "b": "042c 0432 044c",
    "c": "03f2 0441",
    "d": "0501",
    "e": "03b5 0435",
    "f": "0192",
    "g": "0261 050d 0581",
    "h": "04bb 0570 13c2",
    "i": "0131 0269 03b9 0456 13a5",
    "j": "0237 03f3 0458 0575",
    "k": "03ba 043a",
    "l": "0031 0049 007c 01c0 026a 0399 0406 04c0 04cf 05c0 05d5 05df 0627 2016 217c 2223",
    "m": "043c",
    "n": "03b7 03c0 043f 0578",
    "o": "03bf 03c3 043e 0585 05dd 05e1 0629 0647 06be 06c1 1d0f",
    "p": "03c1 0440",
    "q": "051b 0566",
    "r": "0433 050f",
    "s": "0455",
    "t": "03c4 0442",
    "u": "03c5 057d",
    "v": "03bd 0475",
    "w": "03c9 051d 0561",
    "x": "03c7 0445",
    "y": "03b3 0443 04af",
}
ASCII_OF: Final[Mapping[str, str]] = {
    chr(int(code, 16)): seen for seen, codes in SEEN_AS.items() for code in codes.split()
}
