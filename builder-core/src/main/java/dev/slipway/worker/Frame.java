package dev.slipway.worker;

/**
 * The messages between the two processes: a length, a kind, the number of the request, a body. The
 * client numbers requests; every request ends with one {@link #DONE} or {@link #FAILED}.
 */
enum Frame {
  // from the client
  START,
  RUN,
  KILL,
  UNPACK,
  READ,
  DELETE,
  /** No more bytes come, or of a {@link #READ} no more are wanted. */
  END,
  // from the worker
  OUTPUT,
  DONE,
  FAILED,
  // both ways: bytes of a stream, and how many more the receiver has room for
  BYTES,
  ROOM;

  /** How many bytes of a stream may be under way before the receiver says that there is room. */
  static final int WINDOW = 4 << 20;

  /** Bytes of a stream in one message. */
  static final int PIECE = 128 << 10;

  /** Larger messages are nonsense. */
  static final int LARGEST = 64 << 20;
}
