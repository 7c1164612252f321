"""Any language that can call C can use chainqual: here Python's ctypes, with nothing installed.

python3 grade.py path/to/libchainqual_c.so
"""

import ctypes
import sys


class Error(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_uint32),
        ("code", ctypes.c_int32),
        ("message", ctypes.c_char * 512),
        ("message_zh", ctypes.c_char * 512),
    ]


def main() -> int:
    library = ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "libchainqual_c.so.0")
    library.chainqual_stars.restype = ctypes.c_char_p
    library.chainqual_version.restype = ctypes.c_char_p
    grade_whole_scores = library.chainqual_grade_whole_scores
    bytes_in = ctypes.POINTER(ctypes.c_uint8)
    grade_whole_scores.argtypes = [
        ctypes.c_void_p,  # the standard's model
        bytes_in,
        bytes_in,
        bytes_in,
        ctypes.c_uint64,
        ctypes.c_void_p,  # no control
        ctypes.POINTER(ctypes.c_uint8),
        ctypes.POINTER(ctypes.c_uint16),
        ctypes.c_uint64,
        ctypes.POINTER(Error),
    ]

    rows = [(5, 4, 4), (4, 4, 3), (3, 3, 4), (2, 1, 2), (0, 0, 0)]
    count = len(rows)
    columns = [(ctypes.c_uint8 * count)(*column) for column in zip(*rows)]
    grade = (ctypes.c_uint8 * count)()
    total = (ctypes.c_uint16 * count)()
    error = Error(struct_size=ctypes.sizeof(Error))
    status = grade_whole_scores(None, *columns, count, None, grade, total, count, error)
    if status != 0:
        print(error.message.decode(), file=sys.stderr)
        return 1
    print("chainqual", library.chainqual_version().decode())
    for row, one_total, one_grade in zip(rows, total, grade):
        print(*row, f"{one_total / 100:.2f}", library.chainqual_stars(one_grade).decode())

    # What is wrong is told, and nothing is written.
    columns[0][1] = 6
    status = grade_whole_scores(None, *columns, count, None, grade, total, count, error)
    print("refused:", status, error.message.decode())
    return 0 if status == 2 else 1


if __name__ == "__main__":
    sys.exit(main())
